package calico.preflight.facts.probe.flow;

/**
 * What became of sending a packet, as the end sees it that sent it.
 *
 * @param result what became of it
 * @param why the words of the system; empty where there are none
 */
record Sending(Result result, String why) {

    /** What can become of it. */
    enum Result {
        /** It left; for TCP: the connection was made. */
        SENT,
        /** The other end, or something before it, said no. */
        REFUSED,
        /** TCP: nobody answered. */
        SILENT,
        /** The firewall of the host that sends did not let it out. */
        FORBIDDEN,
        /** It is longer than the interface takes. */
        TOO_LONG,
        /** It could not be tried. */
        CANNOT
    }

    static Sending of(Result result) {
        return new Sending(result, "");
    }
}
