package calico.preflight.cli.fleet;

/** Takes hosts as they are found. */
@FunctionalInterface
interface HostTaker {

    /**
     * Takes the next host; waits while there are too many that nobody has judged yet.
     *
     * @throws InterruptedException where no more hosts are wanted
     */
    void take(HostEvidence host) throws InterruptedException;
}
