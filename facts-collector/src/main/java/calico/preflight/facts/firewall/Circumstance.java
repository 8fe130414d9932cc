package calico.preflight.facts.firewall;

/**
 * What rules can ask of a packet beside what is in it.
 *
 * @param hook where it is now
 * @param mark its mark
 * @param untracked a rule has kept it from being tracked
 */
record Circumstance(Hook hook, PacketMark mark, Truth untracked) {

    /** What connection tracking says of the packet here. */
    Packet.State state(Packet packet) {
        if (untracked != Truth.NO) {
            return untracked == Truth.YES ? Packet.State.UNTRACKED : Packet.State.OPEN;
        }
        return switch (hook.beforeTracking()) {
            // A packet without an entry counts as invalid (xt_conntrack.c, nft_ct.c).
            case YES -> Packet.State.INVALID;
            case MAYBE -> Packet.State.OPEN;
            case NO -> packet.state();
        };
    }

    Circumstance with(PacketMark other) {
        return new Circumstance(hook, other, untracked);
    }

    Circumstance notTracked() {
        // Once a packet is tracked, that it should not be comes too late.
        return new Circumstance(hook, mark, untracked.or(hook.beforeTracking()));
    }

    Circumstance at(Hook other) {
        return new Circumstance(other, mark, untracked);
    }
}
