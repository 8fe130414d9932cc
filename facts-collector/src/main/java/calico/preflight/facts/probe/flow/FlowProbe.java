package calico.preflight.facts.probe.flow;

import calico.preflight.facts.probe.flow.FlowResult.Result;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Tries traffic between this host and peers on which {@link ProbeServer} waits. Everything is bounded: each packet is sent at
 * most {@link #TRIES} times, a path is measured in at most {@link LengthSearch#MOST_STEPS} steps each way, and nothing begins after the
 * time is up.
 */
public final class FlowProbe {

    /** How often a packet is sent that does not arrive. */
    public static final int TRIES = 3;

    /** How long a peer may take to answer, and to let this host have its turn. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration TURN = Duration.ofSeconds(60);

    private static final Duration ARRIVAL = Duration.ofMillis(400);
    private static final int TRIES_OF_A_LENGTH = 2;

    /** What every path carries: RFC 791, section 3.2; RFC 8200, section 5. */
    private static final int LEAST_IPV4 = 576;

    private static final int LEAST_IPV6 = 1280;

    private final ProbeKey key;
    private final int port;
    private final ControlChannel.Deadline deadline;
    private final Consumer<String> progress;

    /**
     * A probe.
     *
     * @param port the port of the control connection
     * @param limit after this long nothing more is begun
     * @param progress is told what is being tried
     */
    public FlowProbe(ProbeKey key, int port, Duration limit, Consumer<String> progress) {
        this.key = key;
        this.port = port;
        this.deadline = ControlChannel.Deadline.in(limit);
        this.progress = progress;
    }

    /** Tries these flows with the peer; what goes wrong on the way is in the results. */
    public PeerResults with(InetAddress peer, List<PlannedFlow> flows) {
        String name = peer.getHostAddress();
        if (deadline.isOver()) {
            return nothing(name, flows, "the time was up");
        }
        progress.accept(name);
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(peer, port), Math.toIntExact(PATIENCE.toMillis()));
            try (ControlChannel channel = ControlChannel.run(socket, key, PATIENCE)) {
                channel.receive(TURN);
                try (LocalEnd here = LocalEnd.of(channel)) {
                    Session session = new Session(name, here, new RemoteEnd(channel), peer);
                    PeerResults results = session.all(flows, channel);
                    sayGoodbye(channel);
                    return results;
                }
            }
        } catch (IOException e) {
            return nothing(name, flows, "no control connection to " + name + " port " + port + ": " + e.getMessage());
        }
    }

    private static void sayGoodbye(ControlChannel channel) {
        try {
            channel.send(Message.of(Message.Verb.BYE));
        } catch (IOException e) {
            // It hung up first. What was seen until then is seen.
        }
    }

    private static PeerResults nothing(String peer, List<PlannedFlow> flows, String why) {
        List<FlowResult> results = new ArrayList<>();
        for (PlannedFlow flow : flows) {
            inOrder(flow)
                    .forEach(way -> results.add(
                            new FlowResult(flow.requirement(), flow.traffic(), way, peer, Result.NOT_TRIED, why)));
        }
        return new PeerResults(peer, results, Optional.empty());
    }

    /**
     * In before out: for a stateful firewall, IP in IP that goes out makes what comes in an answer to it. So what this host
     * lets in is seen as it is; what the other host lets in is best seen by a probe from there.
     */
    private static List<Way> inOrder(PlannedFlow flow) {
        return flow.ways().stream().sorted(Comparator.reverseOrder()).toList();
    }

    /** One way of one sort of traffic; several requirements may ask for the same. */
    private record Try(Traffic traffic, Way way) {}

    /** What became of it. */
    private record Outcome(Result result, String detail) {}

    /** The exchange with one peer. */
    private final class Session {
        private final String name;
        private final LocalEnd here;
        private final RemoteEnd there;
        private final InetAddress peer;
        private final Map<Try, Outcome> tried = new HashMap<>();
        private int number;

        Session(String name, LocalEnd here, RemoteEnd there, InetAddress peer) {
            this.name = name;
            this.here = here;
            this.there = there;
            this.peer = peer;
        }

        PeerResults all(List<PlannedFlow> flows, ControlChannel channel) {
            String broken = "";
            List<FlowResult> results = new ArrayList<>();
            for (PlannedFlow flow : flows) {
                for (Way way : inOrder(flow)) {
                    Outcome outcome;
                    try {
                        outcome = broken.isEmpty()
                                ? once(new Try(flow.traffic(), way))
                                : new Outcome(Result.NOT_TRIED, broken);
                    } catch (IOException e) {
                        broken = "the control connection broke: " + e.getMessage();
                        outcome = new Outcome(Result.NOT_TRIED, broken);
                    }
                    results.add(new FlowResult(
                            flow.requirement(), flow.traffic(), way, name, outcome.result(), outcome.detail()));
                }
            }
            return new PeerResults(
                    name, results, Optional.of(path(channel.socket().getLocalAddress(), broken)));
        }

        private Outcome once(Try one) throws IOException {
            Outcome known = tried.get(one);
            if (known != null) {
                return known;
            }
            if (deadline.isOver()) {
                return new Outcome(Result.NOT_TRIED, "the time was up");
            }
            progress.accept(name + ": " + one.traffic() + " " + one.way().label());
            Outcome outcome = exchange(one.traffic(), sender(one.way()), receiver(one.way()));
            tried.put(one, outcome);
            return outcome;
        }

        private End sender(Way way) {
            return way == Way.OUT ? here : there;
        }

        private End receiver(Way way) {
            return way == Way.OUT ? there : here;
        }

        private Outcome exchange(Traffic traffic, End sender, End receiver) throws IOException {
            Readiness ready = receiver.listen(traffic);
            if (ready.mode() == Readiness.Mode.CANNOT) {
                return new Outcome(Result.NOT_TRIED, side(receiver) + " cannot listen: " + ready.why());
            }
            boolean taken = ready.mode() == Readiness.Mode.TAKEN;
            try {
                int sent = 0;
                while (sent < TRIES) {
                    End.Packet packet = new End.Packet(++number, 0, false, !taken);
                    Sending sending = sender.send(traffic, packet);
                    sent++;
                    switch (sending.result()) {
                        case SENT -> {
                            if (taken) {
                                return new Outcome(Result.PASSED, "the program that listens there took the connection");
                            }
                            if (receiver.arrived(packet.number(), ARRIVAL.multipliedBy(sent))) {
                                return new Outcome(Result.PASSED, "");
                            }
                        }
                        case REFUSED -> {
                            return taken
                                    ? new Outcome(
                                            Result.NOT_TRIED,
                                            "the port is held by a program of " + side(receiver)
                                                    + " that takes no such connection: " + sending.why())
                                    : new Outcome(
                                            Result.BLOCKED, "refused, though it was listened for: " + sending.why());
                        }
                        case SILENT -> {
                            return new Outcome(Result.BLOCKED, "no answer to the opening of a connection");
                        }
                        case FORBIDDEN -> {
                            return new Outcome(
                                    Result.BLOCKED, "the firewall of " + side(sender) + " did not let it out");
                        }
                        case TOO_LONG, CANNOT -> {
                            return new Outcome(
                                    Result.NOT_TRIED, side(sender) + " cannot send: " + words(sending, "too long"));
                        }
                    }
                }
                return new Outcome(Result.BLOCKED, sent + " packets were sent, and none arrived");
            } finally {
                receiver.stop();
            }
        }

        private static String words(Sending sending, String otherwise) {
            return sending.why().isEmpty() ? otherwise : sending.why();
        }

        private String side(End end) {
            return end == here ? "this host" : name;
        }

        // ---- the length of packets ----

        private PathMtu path(InetAddress local, String broken) {
            Traffic carrier = carrier();
            String device = "";
            int mtu = 0;
            try {
                NetworkInterface leads = NetworkInterface.getByInetAddress(local);
                if (leads != null) {
                    device = leads.getName();
                    mtu = leads.getMTU();
                }
            } catch (IOException e) {
                // Without its MTU nothing is measured, which is said below.
            }
            if (mtu == 0 || !broken.isEmpty()) {
                return new PathMtu(
                        name,
                        carrier.toString(),
                        device,
                        mtu,
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        broken.isEmpty() ? "the interface that leads there cannot be told" : broken);
            }
            progress.accept(name + ": length of packets");
            List<String> details = new ArrayList<>();
            OptionalInt in = longest(carrier, Way.IN, mtu, details);
            OptionalInt out = longest(carrier, Way.OUT, mtu, details);
            return new PathMtu(name, carrier.toString(), device, mtu, out, in, String.join("; ", details));
        }

        /** A tunnel that was seen to work, or datagrams to the port number of the control connection. */
        private Traffic carrier() {
            return tried.keySet().stream()
                    .map(Try::traffic)
                    .filter(traffic -> traffic.protocol() != Traffic.Protocol.TCP)
                    .filter(traffic -> passed(traffic, Way.IN) && passed(traffic, Way.OUT))
                    .min(Comparator.comparing(Traffic::protocol).reversed().thenComparingInt(Traffic::port))
                    .orElseGet(() -> new Traffic(Traffic.Protocol.UDP, port));
        }

        private boolean passed(Traffic traffic, Way way) {
            Outcome outcome = tried.get(new Try(traffic, way));
            return outcome != null && outcome.result() == Result.PASSED;
        }

        private OptionalInt longest(Traffic carrier, Way way, int mtu, List<String> details) {
            String label = way.label() + ": ";
            try {
                if (deadline.isOver()) {
                    details.add(label + "the time was up");
                    return OptionalInt.empty();
                }
                End receiver = receiver(way);
                Readiness ready = receiver.listen(carrier);
                if (ready.mode() == Readiness.Mode.CANNOT) {
                    details.add(label + side(receiver) + " cannot listen: " + ready.why());
                    return OptionalInt.empty();
                }
                try {
                    int least = peer instanceof Inet4Address ? LEAST_IPV4 : LEAST_IPV6;
                    LengthSearch search =
                            new LengthSearch(carrier.toString(), bytes -> passes(carrier, way, bytes), deadline);
                    return OptionalInt.of(search.longest(least, Math.min(mtu, PacketForm.LONGEST)));
                } catch (NotMeasuredException e) {
                    details.add(label + e.getMessage());
                    return OptionalInt.empty();
                } finally {
                    receiver.stop();
                }
            } catch (IOException e) {
                details.add(label + "the control connection broke: " + e.getMessage());
                return OptionalInt.empty();
            }
        }

        private boolean passes(Traffic carrier, Way way, int bytes) throws IOException, NotMeasuredException {
            for (int attempt = 1; attempt <= TRIES_OF_A_LENGTH; attempt++) {
                End.Packet packet = new End.Packet(++number, bytes, true, false);
                Sending sending = sender(way).send(carrier, packet);
                switch (sending.result()) {
                    case SENT -> {
                        if (receiver(way).arrived(packet.number(), ARRIVAL)) {
                            return true;
                        }
                    }
                    case TOO_LONG -> {
                        return false;
                    }
                    default ->
                        throw new NotMeasuredException(
                                side(sender(way)) + " cannot send: " + words(sending, "refused"));
                }
            }
            return false;
        }
    }
}
