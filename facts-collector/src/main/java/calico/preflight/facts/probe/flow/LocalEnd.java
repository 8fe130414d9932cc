package calico.preflight.facts.probe.flow;

import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;

/** This host as one end of a session: it sends to the other end alone, and listens where that one reached it. */
final class LocalEnd implements End, AutoCloseable {

    /** The kernel asks a second time after one second. */
    private static final Duration CONNECT = Duration.ofMillis(2500);

    private final InetAddress here;
    private final InetAddress peer;
    private final Side side;
    private final PacketForm form;
    private final Listeners listeners;
    private Optional<Listener> listening = Optional.empty();

    private LocalEnd(InetAddress here, InetAddress peer, Side side, PacketForm form) {
        this.here = here;
        this.peer = peer;
        this.side = side;
        this.form = form;
        this.listeners = new Listeners(here, peer, side.other(), form);
    }

    /** The end that this is in the session of a control connection. */
    static LocalEnd of(ControlChannel channel) {
        Socket socket = channel.socket();
        return new LocalEnd(
                socket.getLocalAddress(), socket.getInetAddress(), channel.side(), new PacketForm(channel.session()));
    }

    @Override
    public Readiness listen(Traffic traffic) {
        stop();
        Listeners.Opened opened = listeners.open(traffic);
        if (opened instanceof Listeners.Opened.Open open) {
            listening = Optional.of(open.listener());
            return Readiness.of(open.listener().mode());
        }
        return ((Listeners.Opened.Not) opened).readiness();
    }

    @Override
    public boolean arrived(int number, Duration patience) throws IOException {
        return listening.isPresent() && listening.get().arrived(number, patience);
    }

    @Override
    public void stop() {
        listening.ifPresent(Listener::close);
        listening = Optional.empty();
    }

    @Override
    public void close() {
        stop();
    }

    @Override
    public Sending send(Traffic traffic, Packet packet) {
        byte[] payload = form.payload(traffic, side, packet, peer);
        try {
            return switch (traffic.protocol()) {
                case TCP -> connect(traffic.port(), packet.greet() ? payload : new byte[0]);
                case UDP -> packet.whole() ? whole(traffic, payload) : datagram(traffic.port(), payload);
                case IPIP -> raw(packet.whole(), payload);
            };
        } catch (IOException e) {
            return sending(e);
        }
    }

    private Sending connect(int port, byte[] greeting) throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(here, 0));
            socket.connect(new InetSocketAddress(peer, port), Math.toIntExact(CONNECT.toMillis()));
            socket.getOutputStream().write(greeting);
            return Sending.of(Sending.Result.SENT);
        } catch (SocketTimeoutException e) {
            return Sending.of(Sending.Result.SILENT);
        } catch (NoRouteToHostException | ConnectException e) {
            String words = String.valueOf(e.getMessage());
            return words.contains("timed out")
                    ? Sending.of(Sending.Result.SILENT)
                    : new Sending(Sending.Result.REFUSED, words);
        }
    }

    private Sending datagram(int port, byte[] payload) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(here, 0))) {
            socket.send(new DatagramPacket(payload, payload.length, new InetSocketAddress(peer, port)));
            return Sending.of(Sending.Result.SENT);
        }
    }

    private Sending whole(Traffic traffic, byte[] payload) throws NativeException {
        try (NativeSocket socket = NativeSocket.datagram(here, peer, traffic.port())) {
            socket.keepWhole(peer).send(payload);
            return Sending.of(Sending.Result.SENT);
        }
    }

    private Sending raw(boolean whole, byte[] payload) throws NativeException {
        try (NativeSocket socket = NativeSocket.raw(NativeSocket.PROTOCOL_IPIP, here, peer)) {
            if (whole) {
                socket.keepWhole(peer);
            }
            socket.send(payload);
            return Sending.of(Sending.Result.SENT);
        }
    }

    /** What netfilter drops on the way out is not permitted to be sent (nf_hook_slow in net/netfilter/core.c). */
    private static Sending sending(IOException e) {
        String words = String.valueOf(e.getMessage());
        if (e instanceof NativeException refused && refused.number() == NativeException.MESSAGE_TOO_LONG) {
            return Sending.of(Sending.Result.TOO_LONG);
        }
        boolean opened = !words.contains("CAP_NET_RAW");
        if (opened && words.toLowerCase(java.util.Locale.ROOT).contains("operation not permitted")) {
            return new Sending(Sending.Result.FORBIDDEN, words);
        }
        return new Sending(Sending.Result.CANNOT, words);
    }
}
