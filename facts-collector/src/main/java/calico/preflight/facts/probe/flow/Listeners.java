package calico.preflight.facts.probe.flow;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Opens listeners at one address for packets from another. Nothing is taken away from a program that holds the port already:
 * no address is bound twice.
 */
final class Listeners {

    private static final int BACKLOG = 16;
    private static final Duration WORD = Duration.ofMillis(500);
    private static final int UDP_HEADER = 8;

    private final InetAddress here;
    private final InetAddress peer;
    private final Side from;
    private final PacketForm form;

    /**
     * Listeners of one session.
     *
     * @param from the side that sends what is listened for
     */
    Listeners(InetAddress here, InetAddress peer, Side from, PacketForm form) {
        this.here = here;
        this.peer = peer;
        this.from = from;
        this.form = form;
    }

    /** A listener, or why there can be none; what is said to hold the port is a program that takes connections. */
    sealed interface Opened {
        /** It listens. */
        record Open(Listener listener) implements Opened {}

        /** It does not. */
        record Not(Readiness readiness) implements Opened {}
    }

    Opened open(Traffic traffic) {
        try {
            return switch (traffic.protocol()) {
                case TCP -> tcp(traffic);
                case UDP -> udp(traffic);
                case IPIP -> raw(traffic, NativeSocket.PROTOCOL_IPIP);
            };
        } catch (IOException e) {
            return new Opened.Not(Readiness.cannot(String.valueOf(e.getMessage())));
        }
    }

    private Opened tcp(Traffic traffic) throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.bind(new InetSocketAddress(here, traffic.port()), BACKLOG);
            return new Opened.Open(new Connections(traffic, server));
        } catch (BindException e) {
            server.close();
            return new Opened.Not(
                    isTaken(e) ? Readiness.of(Readiness.Mode.TAKEN) : Readiness.cannot(reason(traffic, e)));
        }
    }

    private Opened udp(Traffic traffic) throws IOException {
        DatagramSocket socket = new DatagramSocket(null);
        try {
            socket.bind(new InetSocketAddress(here, traffic.port()));
            return new Opened.Open(new Datagrams(traffic, socket));
        } catch (BindException e) {
            socket.close();
            return isTaken(e) ? watch(traffic) : new Opened.Not(Readiness.cannot(reason(traffic, e)));
        }
    }

    private Opened watch(Traffic traffic) {
        try {
            return raw(traffic, NativeSocket.PROTOCOL_UDP);
        } catch (NativeException e) {
            return new Opened.Not(Readiness.cannot(traffic
                    + " is held by another program or by the kernel, and to look on beside it " + e.getMessage()));
        }
    }

    private Opened raw(Traffic traffic, int protocol) throws NativeException {
        return new Opened.Open(new Copies(traffic, NativeSocket.raw(protocol, here, peer)));
    }

    private Listener.PayloadTest packetsOf(Traffic traffic) {
        return (payload, number) -> form.is(payload, traffic, from, number);
    }

    private static boolean isTaken(BindException e) {
        return String.valueOf(e.getMessage()).contains("in use");
    }

    private static String reason(Traffic traffic, BindException e) {
        String words = String.valueOf(e.getMessage());
        return words.contains("ermission denied")
                ? traffic + " needs root to be listened on"
                : "cannot listen on " + traffic + ": " + words;
    }

    /** TCP connections, and the first words on them. */
    private final class Connections extends Listener {
        private final ServerSocket server;

        Connections(Traffic traffic, ServerSocket server) {
            super(packetsOf(traffic));
            this.server = server;
        }

        @Override
        Readiness.Mode mode() {
            return Readiness.Mode.BOUND;
        }

        @Override
        Optional<byte[]> next(Duration patience) throws IOException {
            server.setSoTimeout(Math.toIntExact(patience.toMillis()));
            try (Socket accepted = server.accept()) {
                if (!accepted.getInetAddress().equals(peer)) {
                    return Optional.empty();
                }
                accepted.setSoTimeout(Math.toIntExact(WORD.toMillis()));
                return Optional.of(accepted.getInputStream().readNBytes(PacketForm.LENGTH));
            } catch (SocketTimeoutException e) {
                return Optional.empty();
            } catch (IOException e) {
                if (server.isClosed()) {
                    throw e;
                }
                return Optional.empty();
            }
        }

        @Override
        public void close() {
            try {
                server.close();
            } catch (IOException e) {
                // Nobody listens on it any longer in any case.
            }
        }
    }

    /** UDP datagrams on a port of our own. */
    private final class Datagrams extends Listener {
        private final DatagramSocket socket;

        Datagrams(Traffic traffic, DatagramSocket socket) {
            super(packetsOf(traffic));
            this.socket = socket;
        }

        @Override
        Readiness.Mode mode() {
            return Readiness.Mode.BOUND;
        }

        @Override
        Optional<byte[]> next(Duration patience) throws IOException {
            DatagramPacket packet = new DatagramPacket(new byte[PacketForm.LONGEST], PacketForm.LONGEST);
            socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
            try {
                socket.receive(packet);
            } catch (SocketTimeoutException e) {
                return Optional.empty();
            }
            SocketAddress sender = packet.getSocketAddress();
            return sender instanceof InetSocketAddress internet && peer.equals(internet.getAddress())
                    ? Optional.of(Arrays.copyOf(packet.getData(), packet.getLength()))
                    : Optional.empty();
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    /** Copies of what comes in, from a raw socket. */
    private final class Copies extends Listener {
        private final Traffic traffic;
        private final NativeSocket socket;

        Copies(Traffic traffic, NativeSocket socket) {
            super(packetsOf(traffic));
            this.traffic = traffic;
            this.socket = socket;
        }

        @Override
        Readiness.Mode mode() {
            return Readiness.Mode.WATCHING;
        }

        @Override
        Optional<byte[]> next(Duration patience) {
            return socket.receive(patience).flatMap(this::payload);
        }

        /** What is above IP, and for UDP to the right port above UDP. */
        private Optional<byte[]> payload(byte[] packet) {
            // The length of the header is in words of four bytes; a raw socket of IPv6 gives none (raw(7), ipv6(7)).
            int header = peer instanceof Inet4Address && packet.length > 0 ? (packet[0] & 0xf) * Integer.BYTES : 0;
            if (traffic.protocol() == Traffic.Protocol.UDP) {
                if (packet.length < header + UDP_HEADER
                        || Short.toUnsignedInt(ByteBuffer.wrap(packet).getShort(header + Short.BYTES))
                                != traffic.port()) {
                    return Optional.empty();
                }
                header += UDP_HEADER;
            }
            return packet.length < header
                    ? Optional.empty()
                    : Optional.of(Arrays.copyOfRange(packet, header, packet.length));
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
