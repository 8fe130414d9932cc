package calico.preflight.facts.firewall;

import calico.preflight.facts.firewall.Flow.IpFamily;
import calico.preflight.facts.firewall.Flow.Way;
import java.util.Optional;
import java.util.Set;

/**
 * One packet of a flow, with what is known of it.
 *
 * @param family the family of its addresses
 * @param protocol the number of its IP protocol
 * @param source the port that it comes from, as far as known
 * @param destination the port that it goes to
 * @param way in or out
 * @param state what connection tracking says of it
 * @param reply it answers a packet that went the other way
 * @param flags the flags in its TCP header
 * @param device the interface that it comes in or goes out by, where that is known
 */
record Packet(
        IpFamily family,
        int protocol,
        Span source,
        Span destination,
        Way way,
        State state,
        boolean reply,
        Flags flags,
        Optional<String> device) {

    /** The states of connection tracking; which it is of a flow that some rule keeps from being tracked is open. */
    enum State {
        NEW,
        ESTABLISHED,
        RELATED,
        INVALID,
        UNTRACKED,
        OPEN
    }

    /**
     * The TCP flags of a packet: those that are set, and those that may be. A connection may begin with the two of ECN (RFC
     * 3168), and data may be pushed.
     */
    enum Flags {
        SYN(Set.of("SYN"), Set.of("ECE", "CWR")),
        SYN_ACK(Set.of("SYN", "ACK"), Set.of("ECE", "CWR")),
        ACK(Set.of("ACK"), Set.of("PSH", "ECE", "CWR"));

        @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable, but the checker cannot see it
        private final Set<String> set;

        @SuppressWarnings("ImmutableEnumChecker")
        private final Set<String> open;

        Flags(Set<String> set, Set<String> open) {
            this.set = set;
            this.open = open;
        }

        /** Are, of the flags in the mask, exactly these set? */
        Truth are(Set<String> mask, Set<String> wanted) {
            Truth truth = Truth.YES;
            for (String flag : mask) {
                truth = truth.and(
                        open.contains(flag) ? Truth.MAYBE : Truth.of(set.contains(flag) == wanted.contains(flag)));
            }
            return mask.containsAll(wanted) ? truth : Truth.NO;
        }
    }

    boolean hasPorts() {
        return protocol == Flow.TCP || protocol == Flow.UDP;
    }

    Packet untracked() {
        return new Packet(family, protocol, source, destination, way, State.OPEN, reply, flags, device);
    }
}
