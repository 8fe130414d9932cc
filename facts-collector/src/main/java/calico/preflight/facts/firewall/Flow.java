package calico.preflight.facts.firewall;

import java.util.List;
import java.util.Optional;

/**
 * Traffic between this host and another one that begins now, so that no rule knows it yet.
 *
 * @param family the family of the addresses
 * @param protocol the number of the IP protocol: 6 TCP, 17 UDP, 4 IP in IP
 * @param port the port that it is sent to; 0 where the protocol has none
 * @param way does it come in or go out?
 * @param device the interface that it comes in or goes out by, where that is known
 */
public record Flow(IpFamily family, int protocol, int port, Way way, Optional<String> device) {

    static final int TCP = 6;
    static final int UDP = 17;

    /** Whoever opens a connection takes a port of these: those below are for services (ip_local_port_range in ip-sysctl). */
    private static final Span EPHEMERAL = new Span(1024, 65535);

    /** Families of addresses. */
    public enum IpFamily {
        IPV4,
        IPV6
    }

    /** Which way a flow or a packet goes, as this host sees it. */
    public enum Way {
        IN,
        OUT;

        Way back() {
            return this == IN ? OUT : IN;
        }
    }

    /**
     * The packets that must all pass for the flow to work: the first one; with TCP also the answer to it, and of the rest
     * one in each way. Encapsulated traffic is answered by flows of its own.
     */
    List<Packet> packets() {
        Packet first = forth(Packet.State.NEW, Packet.Flags.SYN);
        return protocol == TCP
                ? List.of(
                        first,
                        back(Packet.Flags.SYN_ACK),
                        forth(Packet.State.ESTABLISHED, Packet.Flags.ACK),
                        back(Packet.Flags.ACK))
                : List.of(first);
    }

    private Packet forth(Packet.State state, Packet.Flags flags) {
        return new Packet(family, protocol, EPHEMERAL, Span.of(port), way, state, false, flags, device);
    }

    private Packet back(Packet.Flags flags) {
        return new Packet(
                family, protocol, Span.of(port), EPHEMERAL, way.back(), Packet.State.ESTABLISHED, true, flags, device);
    }
}
