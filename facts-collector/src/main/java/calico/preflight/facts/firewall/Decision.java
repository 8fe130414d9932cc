package calico.preflight.facts.firewall;

/** What a firewall does with a flow. */
public sealed interface Decision {

    /** All of its packets are let through. */
    record Passes() implements Decision {}

    /**
     * A packet of it is dropped or rejected.
     *
     * @param by what drops it
     */
    record Dropped(Place by) implements Decision {}

    /**
     * The end depends on something that is not understood, or not known of the packets.
     *
     * @param construct what that is, as the rule has it
     * @param at the rule
     */
    record NotUnderstood(String construct, Place at) implements Decision {}
}
