package calico.preflight.facts.probe.flow;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A socket of Linux between this host and one other address. JNA is loaded when the first one is opened.
 *
 * <p>A raw socket gets a copy of each packet of its protocol after the firewall of the host has let it in, and takes nothing
 * away from anybody (raw(7); {@code raw_local_deliver} in net/ipv4/ip_input.c). A packet socket would see it before, which
 * proves nothing.
 */
final class NativeSocket implements AutoCloseable {

    static final int PROTOCOL_IPIP = 4;
    static final int PROTOCOL_UDP = 17;

    private static final int FAMILY_IPV4 = 2;
    private static final int FAMILY_IPV6 = 10;
    private static final int DATAGRAM = 2;
    private static final int RAW = 3;
    private static final int CLOSE_ON_EXEC = 0x80000;

    private static final int LEVEL_IP = 0;
    private static final int LEVEL_IPV6 = 41;
    private static final int IP_MTU_DISCOVER = 10;
    private static final int IPV6_MTU_DISCOVER = 23;
    private static final int IPV6_DONT_FRAGMENT = 62;

    /** Never cut in pieces, and never believe what the kernel remembers of the path (ip(7), IP_PMTUDISC_PROBE). */
    private static final int DISCOVER_BY_PROBE = 3;

    private static final int DO_NOT_WAIT = 0x40;
    private static final short READABLE = 1;

    private final LibC libc;
    private final int socket;

    private NativeSocket(LibC libc, int socket) {
        this.libc = libc;
        this.socket = socket;
    }

    /** A raw socket that sees what comes from the peer to this address, and sends the other way. */
    static NativeSocket raw(int protocol, InetAddress here, InetAddress peer) throws NativeException {
        return open(RAW, protocol, here, peer, 0);
    }

    /** A socket that sends datagrams from this address to a port of the peer. */
    static NativeSocket datagram(InetAddress here, InetAddress peer, int port) throws NativeException {
        return open(DATAGRAM, 0, here, peer, port);
    }

    private static NativeSocket open(int type, int protocol, InetAddress here, InetAddress peer, int port)
            throws NativeException {
        LibC libc = Loaded.libc();
        int family = peer instanceof Inet4Address ? FAMILY_IPV4 : FAMILY_IPV6;
        int number;
        try {
            number = libc.socket(family, type | CLOSE_ON_EXEC, protocol);
        } catch (LastErrorException e) {
            throw e.getErrorCode() == NativeException.NOT_PERMITTED
                    ? new NativeException(e.getErrorCode(), "a raw socket needs root (CAP_NET_RAW)")
                    : refused(e);
        }
        NativeSocket socket = new NativeSocket(libc, number);
        try {
            byte[] local = address(family, here, 0);
            byte[] remote = address(family, peer, port);
            libc.bind(number, local, local.length);
            libc.connect(number, remote, remote.length);
            return socket;
        } catch (LastErrorException e) {
            socket.close();
            throw refused(e);
        }
    }

    /** From now on packets stay whole, however long. */
    NativeSocket keepWhole(InetAddress peer) throws NativeException {
        try {
            if (peer instanceof Inet4Address) {
                set(LEVEL_IP, IP_MTU_DISCOVER, DISCOVER_BY_PROBE);
            } else {
                set(LEVEL_IPV6, IPV6_MTU_DISCOVER, DISCOVER_BY_PROBE);
                set(LEVEL_IPV6, IPV6_DONT_FRAGMENT, 1);
            }
            return this;
        } catch (LastErrorException e) {
            throw refused(e);
        }
    }

    private void set(int level, int option, int value) {
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .array();
        libc.setsockopt(socket, level, option, bytes, bytes.length);
    }

    void send(byte[] payload) throws NativeException {
        try {
            libc.send(socket, payload, new NativeLong(payload.length), 0);
        } catch (LastErrorException e) {
            throw refused(e);
        }
    }

    /**
     * The next packet; a raw one of IPv4 begins with its IP header. Nothing where none comes in time, or word comes instead
     * that some other packet to the peer was refused.
     */
    Optional<byte[]> receive(Duration patience) {
        byte[] poll = ByteBuffer.allocate(8)
                .order(ByteOrder.nativeOrder())
                .putInt(socket)
                .putShort(READABLE)
                .putShort((short) 0)
                .array();
        try {
            if (libc.poll(poll, new NativeLong(1), Math.toIntExact(patience.toMillis())) == 0) {
                return Optional.empty();
            }
            byte[] bytes = new byte[PacketForm.LONGEST];
            int length = libc.recv(socket, bytes, new NativeLong(bytes.length), DO_NOT_WAIT)
                    .intValue();
            return Optional.of(Arrays.copyOf(bytes, length));
        } catch (LastErrorException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        try {
            libc.close(socket);
        } catch (LastErrorException e) {
            // It is closed all the same (close(2)).
        }
    }

    private static NativeException refused(LastErrorException e) {
        // JNA puts the number before the words of the system: [90] Message too long.
        String words = String.valueOf(e.getMessage()).replaceFirst("^\\[\\d+] ", "");
        return new NativeException(e.getErrorCode(), words.toLowerCase(Locale.ROOT));
    }

    /** The address as the calls take it: {@code sockaddr_in} or {@code sockaddr_in6}. */
    private static byte[] address(int family, InetAddress address, int port) {
        ByteBuffer bytes = ByteBuffer.allocate(family == FAMILY_IPV4 ? 16 : 28);
        bytes.order(ByteOrder.nativeOrder()).putShort((short) family);
        bytes.order(ByteOrder.BIG_ENDIAN).putShort((short) port);
        if (address instanceof Inet6Address six) {
            bytes.putInt(0).put(six.getAddress());
            bytes.order(ByteOrder.nativeOrder()).putInt(six.getScopeId());
        } else {
            bytes.put(address.getAddress());
        }
        return bytes.array();
    }

    /** The library, loaded once; what kept it from being loaded is said each time. */
    private static final class Loaded {
        private static final Optional<LibC> LIBC;
        private static final String WHY_NOT;

        static {
            Optional<LibC> libc = Optional.empty();
            String whyNot = "";
            if (System.getProperty("os.name", "").equals("Linux")) {
                try {
                    libc = Optional.of(Native.load("c", LibC.class));
                } catch (LinkageError e) {
                    whyNot = "native code cannot be loaded here, for example as java.io.tmpdir is mounted noexec: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
                }
            } else {
                whyNot = "this takes Linux";
            }
            LIBC = libc;
            WHY_NOT = whyNot;
        }

        static LibC libc() throws NativeException {
            return LIBC.orElseThrow(() -> new NativeException(0, WHY_NOT));
        }
    }
}
