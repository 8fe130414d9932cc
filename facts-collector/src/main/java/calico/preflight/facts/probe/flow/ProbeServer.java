package calico.preflight.facts.probe.flow;

import calico.preflight.facts.probe.flow.Message.Verb;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Waits for hosts that hold the key, and does for them what {@link FlowProbe} asks: listens for traffic of the allowed sorts,
 * and sends such traffic back to the host that asks and to no other. Nothing is answered to packets as such.
 */
public final class ProbeServer implements AutoCloseable {

    /** Connections at a time, whether they have proved to hold the key or not; more are hung up on. */
    public static final int MOST_CONNECTIONS = 16;

    /** Packets that one session may ask for. */
    public static final int MOST_PACKETS = 1000;

    /** How long one session may last. */
    public static final Duration LONGEST_SESSION = Duration.ofMinutes(5);

    /** How long a host may say nothing in its session. */
    public static final Duration IDLE = Duration.ofSeconds(30);

    private static final Duration HANDSHAKE = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final Duration TICK = Duration.ofMillis(500);
    private static final int MOST_COMPLAINTS = 20;
    private static final String NOT_ALLOWED = "no requirement in the rules of that host speaks of such traffic";

    private final ServerSocket server;
    private final Settings settings;
    private final Set<Traffic> allowed;
    private final Consumer<String> log;
    private final Semaphore turn = new Semaphore(1, true);
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicInteger complaints = new AtomicInteger();

    /**
     * How to serve.
     *
     * @param listen the address to listen on; nothing: every address of this host
     * @param port the port of the control connection
     * @param allowed the only traffic that a host may ask for
     * @param once end after the first session
     * @param limit end after this long
     */
    public record Settings(
            Optional<InetAddress> listen, int port, ProbeKey key, Set<Traffic> allowed, boolean once, Duration limit) {}

    private ProbeServer(ServerSocket server, Settings settings, Consumer<String> log) {
        this.server = server;
        this.settings = settings;
        this.log = log;
        this.allowed = new HashSet<>(settings.allowed());
        // The length of packets is measured with these where no tunnel can be used for it.
        allowed.add(new Traffic(Traffic.Protocol.UDP, server.getLocalPort()));
    }

    /**
     * Begins to listen.
     *
     * @param log is told of each host that came
     * @throws IOException if the address or port cannot be had
     */
    public static ProbeServer open(Settings settings, Consumer<String> log) throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.bind(
                    settings.listen()
                            .map(address -> new InetSocketAddress(address, settings.port()))
                            .orElseGet(() -> new InetSocketAddress(settings.port())),
                    MOST_CONNECTIONS);
        } catch (IOException e) {
            server.close();
            throw e;
        }
        return new ProbeServer(server, settings, log);
    }

    /** The port of the control connection. */
    public int port() {
        return server.getLocalPort();
    }

    /** How many sessions there were. */
    public int sessions() {
        return sessions.get();
    }

    /** Serves until the time is up, this is closed, or with {@code once} the first session has ended. */
    public void serve() throws IOException {
        ControlChannel.Deadline deadline = ControlChannel.Deadline.in(settings.limit());
        ThreadPoolExecutor connections = new ThreadPoolExecutor(
                0, MOST_CONNECTIONS, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), ProbeServer::daemon);
        try {
            server.setSoTimeout(Math.toIntExact(TICK.toMillis()));
            while (!over.get() && !deadline.isOver()) {
                accept(connections);
            }
        } catch (IOException e) {
            if (!over.get()) {
                throw e;
            }
        } finally {
            close();
            connections.shutdownNow();
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "probe");
        thread.setDaemon(true);
        return thread;
    }

    private void accept(ThreadPoolExecutor connections) throws IOException {
        Socket socket;
        try {
            socket = server.accept();
        } catch (SocketTimeoutException e) {
            return;
        }
        try {
            connections.execute(() -> session(socket));
        } catch (RejectedExecutionException e) {
            socket.close();
        }
    }

    private void session(Socket socket) {
        String name = socket.getInetAddress().getHostAddress();
        try (socket;
                ControlChannel channel = greeted(socket)) {
            if (!turn.tryAcquire(LONGEST_SESSION.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            try (LocalEnd here = LocalEnd.of(channel)) {
                if (over.get()) {
                    return;
                }
                log.accept(name + " probes");
                channel.send(Message.of(Verb.WELCOME));
                new Session(channel, here).answerAll();
                log.accept(name + " is done");
            } finally {
                sessions.incrementAndGet();
                turn.release();
                if (settings.once()) {
                    close();
                }
            }
        } catch (ProbeException e) {
            complain(name + " was hung up on: " + e.getMessage());
        } catch (IOException e) {
            complain(name + " went away: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ControlChannel greeted(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        return ControlChannel.serve(socket, settings.key(), HANDSHAKE);
    }

    /** Strangers cannot fill a log. */
    private void complain(String words) {
        int count = complaints.incrementAndGet();
        if (count < MOST_COMPLAINTS) {
            log.accept(words);
        } else if (count == MOST_COMPLAINTS) {
            log.accept(words + "; no more is said of such connections");
        }
    }

    /** Stops listening; {@link #serve} ends. */
    @Override
    public void close() throws IOException {
        over.set(true);
        server.close();
    }

    /** Answers what one host asks. */
    private final class Session {
        private final ControlChannel channel;
        private final LocalEnd here;
        private int packets;

        Session(ControlChannel channel, LocalEnd here) {
            this.channel = channel;
            this.here = here;
        }

        void answerAll() throws IOException {
            ControlChannel.Deadline deadline = ControlChannel.Deadline.in(LONGEST_SESSION);
            while (!over.get() && !deadline.isOver()) {
                Message question = channel.receive(IDLE);
                if (question.verb() == Verb.BYE) {
                    return;
                }
                channel.send(answer(question));
            }
        }

        private Message answer(Message question) throws IOException {
            return switch (question.verb()) {
                case LISTEN -> {
                    Optional<Traffic> traffic = traffic(question);
                    Readiness ready = traffic.isPresent() ? here.listen(traffic.get()) : Readiness.cannot(NOT_ALLOWED);
                    yield Message.of(Verb.LISTENING, ready.mode(), ready.why());
                }
                case SEND -> {
                    if (++packets > MOST_PACKETS) {
                        throw new ProbeException("it asks for more than " + MOST_PACKETS + " packets");
                    }
                    Optional<Traffic> traffic = traffic(question);
                    End.Packet packet = new End.Packet(
                            question.number(2, Integer.MAX_VALUE),
                            question.number(3, PacketForm.LONGEST),
                            question.flag(4),
                            question.flag(5));
                    Sending sending = traffic.isPresent()
                            ? here.send(traffic.get(), packet)
                            : new Sending(Sending.Result.CANNOT, NOT_ALLOWED);
                    yield Message.of(Verb.SENDING, sending.result(), sending.why());
                }
                case ARRIVED ->
                    Message.of(
                            Verb.ANSWER,
                            here.arrived(
                                    question.number(0, Integer.MAX_VALUE),
                                    Duration.ofMillis(question.number(1, Math.toIntExact(LONGEST_WAIT.toMillis())))));
                case STOP -> {
                    here.stop();
                    yield Message.of(Verb.DONE);
                }
                default -> throw new ProbeException("it says " + question.verb() + ", which is not for it to say");
            };
        }

        private Optional<Traffic> traffic(Message question) throws ProbeException {
            return Traffic.of(question.word(0), question.number(1, Traffic.MOST_PORTS))
                    .filter(allowed::contains);
        }
    }
}
