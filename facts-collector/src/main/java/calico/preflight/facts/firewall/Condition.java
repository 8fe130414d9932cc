package calico.preflight.facts.firewall;

import calico.preflight.facts.Cidr;
import calico.preflight.facts.firewall.Flow.IpFamily;
import calico.preflight.facts.firewall.Flow.Way;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a rule asks of a packet. */
sealed interface Condition {

    /** Does it hold? */
    Truth holds(Packet packet, Circumstance now);

    /** What of it leaves the answer open, for the reader. */
    default String open(Packet packet, Circumstance now) {
        return toString();
    }

    /** Holds for every packet. */
    record Always() implements Condition {
        @Override
        public Truth holds(Packet packet, Circumstance now) {
            return Truth.YES;
        }
    }

    /** Something that this model has no word for. */
    record NotModelled(String construct) implements Condition {
        @Override
        public Truth holds(Packet packet, Circumstance now) {
            return Truth.MAYBE;
        }

        @Override
        public String toString() {
            return construct;
        }
    }

    /** The contrary. */
    record Not(Condition condition) implements Condition {
        @Override
        public Truth holds(Packet packet, Circumstance now) {
            return condition.holds(packet, now).not();
        }

        @Override
        public String open(Packet packet, Circumstance now) {
            return condition.open(packet, now);
        }
    }

    /** All of them hold. */
    record All(List<Condition> conditions) implements Condition {
        public All {
            conditions = List.copyOf(conditions);
        }

        @Override
        public Truth holds(Packet packet, Circumstance now) {
            return conditions.stream()
                    .map(condition -> condition.holds(packet, now))
                    .reduce(Truth.YES, Truth::and);
        }

        @Override
        public String open(Packet packet, Circumstance now) {
            return firstOpen(conditions, packet, now);
        }
    }

    /** At least one of them holds. */
    record Any(List<Condition> conditions) implements Condition {
        public Any {
            conditions = List.copyOf(conditions);
        }

        @Override
        public Truth holds(Packet packet, Circumstance now) {
            return conditions.stream()
                    .map(condition -> condition.holds(packet, now))
                    .reduce(Truth.NO, Truth::or);
        }

        @Override
        public String open(Packet packet, Circumstance now) {
            return firstOpen(conditions, packet, now);
        }
    }

    private static String firstOpen(List<Condition> conditions, Packet packet, Circumstance now) {
        return conditions.stream()
                .filter(condition -> condition.holds(packet, now) == Truth.MAYBE)
                .findFirst()
                .map(condition -> condition.open(packet, now))
                .orElse("");
    }

    /** Its IP protocol is one of these. */
    record Protocol(List<Span> numbers) implements Condition {
        static Protocol number(int number) {
            return new Protocol(List.of(Span.of(number)));
        }

        @Override
        public Truth holds(Packet packet, Circumstance now) {
            return Span.of(packet.protocol()).within(numbers);
        }
    }

    /** Its port is one of these; of a packet without ports the kernel would read something else as one. */
    record Port(Side side, List<Span> ports) implements Condition {
        public Port {
            ports = List.copyOf(ports);
        }

        @Override
        public Truth holds(Packet packet, Circumstance now) {
            if (!packet.hasPorts()) {
                return Truth.MAYBE;
            }
            Truth source = packet.source().within(ports);
            Truth destination = packet.destination().within(ports);
            return switch (side) {
                case SOURCE -> source;
                case DESTINATION -> destination;
                case EITHER -> source.or(destination);
            };
        }

        @Override
        public String toString() {
            return "the " + (side == Side.EITHER ? "" : side.word() + " ") + "port of the packet";
        }
    }

    /** Which end of a packet is meant. */
    enum Side {
        SOURCE,
        DESTINATION,
        EITHER;

        String word() {
            return this == SOURCE ? "source" : "destination";
        }
    }

    /** Its addresses are of this family. */
    record Family(IpFamily family) implements Condition {
        @Override
        public Truth holds(Packet packet, Circumstance now) {
            return Truth.of(packet.family() == family);
        }
    }

    /** Connection tracking has put it in one of these states. */
    record Tracked(Set<Packet.State> states) implements Condition {
        public Tracked {
            states = Set.copyOf(states);
        }

        @Override
        public Truth holds(Packet packet, Circumstance now) {
            Packet.State state = now.state(packet);
            return state == Packet.State.OPEN ? Truth.MAYBE : Truth.of(states.contains(state));
        }

        @Override
        public String toString() {
            return "the state of a connection that may not be tracked";
        }
    }

    /** It answers, or it is the one that is answered. */
    record Answering(boolean reply) implements Condition {
        @Override
        public Truth holds(Packet packet, Circumstance now) {
            return switch (now.state(packet)) {
                case NEW, ESTABLISHED -> Truth.of(packet.reply() == reply);
                default -> Truth.MAYBE;
            };
        }

        @Override
        public String toString() {
            return "the direction of a connection that may not be tracked";
        }
    }

    /**
     * It comes in, or goes out, by such an interface.
     *
     * @param way which of its two interfaces is meant
     * @param name its name, or how that begins
     * @param begins only the beginning is given
     */
    record Device(Way way, String name, boolean begins) implements Condition {

        /** Behind these is no other host: pods and containers (the names that Calico, Docker and the CNI give). */
        private static final List<String> OF_WORKLOADS = List.of("cali", "docker", "virbr", "cni0");

        @Override
        public Truth holds(Packet packet, Circumstance now) {
            if (begins && name.isEmpty()) {
                return Truth.YES;
            }
            if (way != packet.way()) {
                return Truth.NO;
            }
            Optional<String> device = packet.device();
            if (device.isPresent()) {
                return Truth.of(
                        begins ? device.get().startsWith(name) : device.get().equals(name));
            }
            if ((!begins && name.equals("lo")) || OF_WORKLOADS.stream().anyMatch(name::startsWith)) {
                return Truth.NO;
            }
            return Truth.MAYBE;
        }

        @Override
        public String toString() {
            return "whether the interface is " + name + (begins ? "*" : "");
        }
    }

    /** It has such an interface where it is now. What a comparison makes of one that is not there, kernels differ in. */
    record HasDevice(Way way) implements Condition {
        @Override
        public Truth holds(Packet packet, Circumstance now) {
            return way == packet.way() ? Truth.YES : Truth.MAYBE;
        }

        @Override
        public String toString() {
            return "an interface that the packet does not have there";
        }
    }

    /** An address of it is in this range; only those that no packet between hosts has, or that all have, are decided. */
    record Address(Side side, Cidr range) implements Condition {

        @Override
        public Truth holds(Packet packet, Circumstance now) {
            IpFamily family = range.family() == Cidr.Family.IPV4 ? IpFamily.IPV4 : IpFamily.IPV6;
            if (family != packet.family()) {
                return Truth.NO;
            }
            if (range.length() == 0) {
                return Truth.YES;
            }
            return NOT_OF_HOSTS.stream().anyMatch(this::lies) ? Truth.NO : Truth.MAYBE;
        }

        private boolean lies(Cidr other) {
            int free = other.family().bits() - other.length();
            return range.family() == other.family()
                    && range.length() >= other.length()
                    && range.network().shiftRight(free).equals(other.network().shiftRight(free));
        }

        @Override
        public String toString() {
            return "whether the " + side.word() + " address is in " + text();
        }

        private String text() {
            byte[] bytes = new byte[range.family().bits() / 8];
            BigInteger rest = range.network();
            for (int i = bytes.length - 1; i >= 0; i--) {
                bytes[i] = rest.byteValue();
                rest = rest.shiftRight(8);
            }
            try {
                return java.net.InetAddress.getByAddress(bytes).getHostAddress() + "/" + range.length();
            } catch (java.net.UnknownHostException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /**
     * Loopback, multicast, broadcast and no address at all (RFC 6890); of IPv6 also what stands for IPv4 within a host (RFC
     * 4291), and 6to4 of addresses of IPv4 that are nobody's own (RFC 3056, section 2).
     */
    List<Cidr> NOT_OF_HOSTS = List.of(
                    "127.0.0.0/8",
                    "224.0.0.0/4",
                    "255.255.255.255/32",
                    "0.0.0.0/8",
                    "::/96",
                    "::ffff:0:0/96",
                    "ff00::/8",
                    "2002::/24",
                    "2002:a00::/24",
                    "2002:7f00::/24",
                    "2002:a9fe::/32",
                    "2002:ac10::/28",
                    "2002:c0a8::/32",
                    "2002:e000::/19")
            .stream()
            .map(Cidr::of)
            .flatMap(Optional::stream)
            .toList();

    /** The kernel counts an address of it among the local ones, those of others, of groups, ... (RTN_LOCAL, ...). */
    record AddressType(Side side, Set<String> types) implements Condition {
        public AddressType {
            types = Set.copyOf(types);
        }

        @Override
        public Truth holds(Packet packet, Circumstance now) {
            boolean local = (side == Side.DESTINATION) == (packet.way() == Way.IN);
            if (packet.family() == IpFamily.IPV6) {
                // There a local address is a unicast address too (xt_addrtype.c), but not to nft_fib.
                return local && types.contains("LOCAL") && types.size() == 1 ? Truth.YES : Truth.MAYBE;
            }
            return Truth.of(types.contains(local ? "LOCAL" : "UNICAST"));
        }

        @Override
        public String toString() {
            return "the type of the " + side.word() + " address";
        }
    }

    /** It was sent to this host alone, to all, to a group, or is not for this host ({@code pkttype}). */
    record SentTo(Set<String> types) implements Condition {
        public SentTo {
            types = Set.copyOf(types);
        }

        @Override
        public Truth holds(Packet packet, Circumstance now) {
            if (packet.way() == Way.OUT) {
                return Truth.MAYBE;
            }
            return Truth.of(types.contains("host") || types.contains("unicast"));
        }

        @Override
        public String toString() {
            return "the type of an outgoing packet";
        }
    }

    /**
     * An address of it is in a set in which Felix keeps the addresses of all nodes, and the other host is one of them
     * ({@code IPSetIDAllHostNets} and {@code IPSetIDAllVXLANSourceNets} of {@code felix/rules/rule_defs.go}).
     */
    record OfNodes(Side side) implements Condition {

        private static final Pattern SETS = Pattern.compile("cali[46]0all-(hosts|hosts-net|vxlan-net)");

        /** Is a set of this name one of those? */
        static boolean isSet(String name) {
            return SETS.matcher(name).matches();
        }

        @Override
        public Truth holds(Packet packet, Circumstance now) {
            boolean ofThePeer = (side == Side.SOURCE) == (packet.way() == Way.IN);
            return ofThePeer ? Truth.YES : Truth.MAYBE;
        }

        @Override
        public String toString() {
            return "whether the own address is in a set of Calico";
        }
    }

    /** The way back to where it comes from leads by the interface that it came in by, which is how hosts are connected. */
    record WayBack() implements Condition {
        @Override
        public Truth holds(Packet packet, Circumstance now) {
            return packet.way() == Way.IN ? Truth.YES : Truth.MAYBE;
        }

        @Override
        public String toString() {
            return "the way back of an outgoing packet";
        }
    }

    /** It has an extension header of IPv6, which no packet between hosts needs. A rule that asks for a value in one asks for it. */
    record ExtensionHeader() implements Condition {
        @Override
        public Truth holds(Packet packet, Circumstance now) {
            return Truth.NO;
        }
    }

    /** Of the bits of its mark these are as given. */
    record Marked(long value, long mask) implements Condition {
        @Override
        public Truth holds(Packet packet, Circumstance now) {
            return now.mark().is(value, mask);
        }

        @Override
        public String toString() {
            return "the mark of the packet";
        }
    }

    /** Of the flags in the mask exactly these are set in its TCP header. */
    record TcpFlags(Set<String> mask, Set<String> flags) implements Condition {
        public TcpFlags {
            mask = Set.copyOf(mask);
            flags = Set.copyOf(flags);
        }

        @Override
        public Truth holds(Packet packet, Circumstance now) {
            return packet.protocol() == Flow.TCP ? packet.flags().are(mask, flags) : Truth.NO;
        }

        @Override
        public String toString() {
            return "the TCP flags of the packet";
        }
    }
}
