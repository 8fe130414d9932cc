package calico.preflight.facts.probe.flow;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What the packets of one session carry: a mark, a number, and a seal that only the other end of the session could have made.
 * Where the traffic is a tunnel, that stands inside a packet such as the tunnel has; on a host where such a tunnel is in use
 * already, the kernel drops it as belonging to nobody: a VXLAN network that Calico never has, an inner address that may not
 * travel, a type that WireGuard does not know.
 */
final class PacketForm {

    /** The longest IP packet that is ever sent, in bytes: more than any usual jumbo frame. */
    static final int LONGEST = 9216;

    private static final byte[] MARK = {'C', 'P', 'F', 'P'};
    private static final int SEAL = 16;

    /** Bytes that a greeting, or what is inside a datagram, has at least. */
    static final int LENGTH = 4 + Integer.BYTES + SEAL;

    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int UDP_HEADER = 8;
    private static final int VXLAN_HEADER = 8;
    private static final int ETHERNET_HEADER = 14;

    /** A flag and a network identifier (RFC 7348, section 5). Calico has 4096, flannel 1. */
    private static final byte[] VXLAN = {0x08, 0, 0, 0, (byte) 0xff, (byte) 0xff, (byte) 0xfe, 0};

    /** Between addresses that belong to nobody, of the type for local experiments (IEEE 802, 88B5). */
    private static final byte[] ETHERNET = {2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, (byte) 0x88, (byte) 0xb5};

    /** The protocol for experiments (RFC 3692). */
    private static final byte EXPERIMENT = (byte) 253;

    private final Seal session;

    PacketForm(Seal session) {
        this.session = session;
    }

    /** The bytes above IP, or above UDP or TCP where the traffic has ports. */
    byte[] payload(Traffic traffic, Side from, End.Packet packet, InetAddress peer) {
        int around = around(traffic);
        int length = Math.max(around + LENGTH, packet.bytes() - headers(traffic, peer));
        ByteBuffer payload = ByteBuffer.allocate(length);
        if (traffic.isVxlan()) {
            payload.put(VXLAN).put(ETHERNET);
        } else if (traffic.protocol() == Traffic.Protocol.IPIP) {
            payload.put(innerHeader(length));
        }
        payload.put(MARK).putInt(packet.number()).put(seal(traffic, from, packet.number()));
        return payload.array();
    }

    /** The headers before the payload, in bytes. */
    static int headers(Traffic traffic, InetAddress peer) {
        int ip = peer instanceof Inet4Address ? IPV4_HEADER : IPV6_HEADER;
        return traffic.protocol() == Traffic.Protocol.IPIP ? ip : ip + UDP_HEADER;
    }

    /** Is this the payload of the packet of this number, from that side of this session? */
    boolean is(byte[] payload, Traffic traffic, Side from, int number) {
        int around = around(traffic);
        if (payload.length < around + LENGTH) {
            return false;
        }
        ByteBuffer inside = ByteBuffer.wrap(payload, around, LENGTH);
        byte[] mark = new byte[MARK.length];
        inside.get(mark);
        if (!Arrays.equals(mark, MARK) || inside.getInt() != number) {
            return false;
        }
        byte[] seal = new byte[SEAL];
        inside.get(seal);
        return Seal.same(seal, seal(traffic, from, number));
    }

    private static int around(Traffic traffic) {
        if (traffic.protocol() == Traffic.Protocol.IPIP) {
            return IPV4_HEADER;
        }
        return traffic.isVxlan() ? VXLAN_HEADER + ETHERNET_HEADER : 0;
    }

    private byte[] seal(Traffic traffic, Side from, int number) {
        byte[] words = ByteBuffer.allocate(4 * Integer.BYTES)
                .putInt(traffic.protocol().number())
                .putInt(traffic.port())
                .putInt(from.code())
                .putInt(number)
                .array();
        return Arrays.copyOf(session.on("packet", words), SEAL);
    }

    /** From the loopback address to itself: where a tunnel takes it out, the kernel drops it as a martian. */
    private static byte[] innerHeader(int length) {
        ByteBuffer header = ByteBuffer.allocate(IPV4_HEADER);
        header.put((byte) 0x45).put((byte) 0).putShort((short) length);
        header.putInt(0);
        header.put((byte) 1).put(EXPERIMENT).putShort((short) 0);
        header.put(new byte[] {127, 0, 0, 1}).put(new byte[] {127, 0, 0, 1});
        header.putShort(10, checksum(header.array()));
        return header.array();
    }

    /** The checksum of an IP header (RFC 1071). */
    private static short checksum(byte[] header) {
        int sum = 0;
        for (int i = 0; i < header.length; i += 2) {
            sum += ((header[i] & 0xff) << 8) | (header[i + 1] & 0xff);
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return (short) ~sum;
    }
}
