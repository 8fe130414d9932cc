package calico.preflight.facts.probe.flow;

/**
 * What became of one sort of traffic, one way between this host and a peer.
 *
 * @param requirement the id of the requirement that asks for it
 * @param peer the address of the peer; empty where the requirement asks for a peer that nobody named
 * @param detail what there is to say beyond the result: why it was not tried, how it was refused
 */
public record FlowResult(String requirement, Traffic traffic, Way way, String peer, Result result, String detail) {

    /** What can become of it. */
    public enum Result {
        /** It arrived. */
        PASSED("passed"),
        /** It was sent, the other end listened for it, and it did not arrive. */
        BLOCKED("blocked"),
        /** It could not be sent, or not be listened for: nothing is known of it. */
        NOT_TRIED("not-tried");

        private final String label;

        Result(String label) {
            this.label = label;
        }

        /** As it stands in facts. */
        public String label() {
            return label;
        }
    }
}
