package calico.preflight.facts.source;

/** What came of one command of a probe. */
public sealed interface ProbeAnswer {

    /**
     * It ran to its end.
     *
     * @param status its exit status
     * @param output what it wrote, standard output and standard error together
     */
    record Ended(int status, String output) implements ProbeAnswer {}

    /**
     * It says nothing on the kernel: its program is not there, it could not be started or did not end in time.
     *
     * @param why one clause for the reader
     */
    record Silent(String why) implements ProbeAnswer {}
}
