package calico.preflight.facts.probe.flow;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Traffic of one sort between hosts.
 *
 * @param protocol the protocol above IP
 * @param port the destination port; 0 for a protocol without ports
 */
public record Traffic(Protocol protocol, int port) {

    /** 4789 is that of RFC 7348, 8472 the one that Linux had before and flannel kept. */
    private static final Set<Integer> VXLAN_PORTS = Set.of(4789, 8472);

    /** The highest port number. */
    static final int MOST_PORTS = 65_535;

    /** The protocols that can be sent, named as the packs name them. */
    public enum Protocol {
        TCP(6),
        UDP(17),
        /** IP in IP (RFC 2003). */
        IPIP(4);

        private final int number;

        Protocol(int number) {
            this.number = number;
        }

        /** Its number in the header of IP. */
        int number() {
            return number;
        }

        /** As it stands in packs and facts. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The traffic, unless there is none such: an unknown protocol, a port where none belongs, or none where one must be. */
    public static Optional<Traffic> of(String protocol, int port) {
        return Arrays.stream(Protocol.values())
                .filter(known -> known.label().equals(protocol))
                .filter(known -> known == Protocol.IPIP ? port == 0 : port > 0 && port <= MOST_PORTS)
                .map(known -> new Traffic(known, port))
                .findFirst();
    }

    /** Do its datagrams begin with a VXLAN header? */
    boolean isVxlan() {
        return protocol == Protocol.UDP && VXLAN_PORTS.contains(port);
    }

    /** As the reader would name it: {@code TCP 179}, {@code IP protocol 4}. */
    @Override
    public String toString() {
        return protocol == Protocol.IPIP ? "IP protocol 4" : protocol + " " + port;
    }
}
