package calico.preflight.facts.probe.flow;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.facts.probe.flow.FlowResult.Result;
import calico.preflight.facts.probe.flow.Traffic.Protocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code probe serve} does for those with the key, and for those without; all on the loopback interface. */
@Timeout(120)
class ProbeServerTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final String KEY = "a key for this test";

    private final Queue<String> log = new ConcurrentLinkedQueue<>();

    @Test
    void only_traffic_that_requirements_speak_of_is_listened_for() throws Exception {
        int allowed = freePort();
        int other = freePort();
        try (Served served = serve(Set.of(new Traffic(Protocol.UDP, allowed)), false)) {
            PeerResults results = probe(served, KEY)
                    .with(
                            LOOPBACK,
                            List.of(
                                    flow("port/yes", Protocol.UDP, allowed, Way.OUT),
                                    flow("port/no", Protocol.UDP, other, Way.OUT)));

            assertThat(results.flows()).extracting(FlowResult::result).containsExactly(Result.PASSED, Result.NOT_TRIED);
            assertThat(results.flows().get(1).detail()).contains("no requirement in the rules of that host");
        }
    }

    @Test
    void a_port_that_another_program_holds_is_left_to_it() throws Exception {
        try (ServerSocket tcp = new ServerSocket(0, 5, LOOPBACK);
                DatagramSocket udp = new DatagramSocket(0, LOOPBACK);
                Served served = serve(
                        Set.of(
                                new Traffic(Protocol.TCP, tcp.getLocalPort()),
                                new Traffic(Protocol.UDP, udp.getLocalPort())),
                        false)) {
            PeerResults results = probe(served, KEY)
                    .with(LOOPBACK, List.of(flow("port/tcp", Protocol.TCP, tcp.getLocalPort(), Way.OUT)));

            assertThat(results.flows()).singleElement().satisfies(flow -> {
                assertThat(flow.result()).isEqualTo(Result.PASSED);
                assertThat(flow.detail()).contains("the program that listens there");
            });
            udp.setSoTimeout(5000);
            udp.send(new DatagramPacket(new byte[] {1}, 1, LOOPBACK, udp.getLocalPort()));
            DatagramPacket still = new DatagramPacket(new byte[10], 10);
            udp.receive(still);
            assertThat(still.getLength()).isEqualTo(1);
        }
    }

    @Test
    void a_host_without_the_key_is_told_so_and_tries_nothing() throws Exception {
        try (Served served = serve(Set.of(), false)) {
            PeerResults results = probe(served, "not the key of this test")
                    .with(LOOPBACK, List.of(flow("port/bgp", Protocol.TCP, 179, Way.OUT)));

            assertThat(results.flows()).singleElement().satisfies(flow -> {
                assertThat(flow.result()).isEqualTo(Result.NOT_TRIED);
                assertThat(flow.detail()).contains("does not have the same key");
            });
        }
        assertThat(log).anyMatch(line -> line.contains("does not have the same key"));
    }

    @Test
    void bytes_from_strangers_cost_nothing() throws Exception {
        Random random = new Random(7179);
        int allowed = freePort();
        try (Served served = serve(Set.of(new Traffic(Protocol.UDP, allowed)), false)) {
            for (int round = 0; round < 200; round++) {
                try (Socket socket = new Socket(LOOPBACK, served.server().port())) {
                    byte[] bytes = new byte[random.nextInt(200)];
                    random.nextBytes(bytes);
                    socket.getOutputStream().write(bytes);
                } catch (IOException e) {
                    // Hung up on already.
                }
            }

            PeerResults results =
                    probe(served, KEY).with(LOOPBACK, List.of(flow("port/yes", Protocol.UDP, allowed, Way.OUT)));

            assertThat(results.flows()).extracting(FlowResult::result).containsExactly(Result.PASSED);
        }
        assertThat(log).hasSizeLessThan(40);
    }

    @Test
    void once_is_one_session() throws Exception {
        Served served = serve(Set.of(), true);
        probe(served, KEY).with(LOOPBACK, List.of());

        served.end().get();

        assertThat(served.server().sessions()).isEqualTo(1);
        assertThat(probe(served, KEY)
                        .with(LOOPBACK, List.of(flow("port/bgp", Protocol.TCP, 179, Way.IN)))
                        .flows())
                .singleElement()
                .satisfies(flow -> assertThat(flow.detail()).contains("no control connection to 127.0.0.1"));
    }

    @Test
    void what_was_seen_stays_seen_where_the_other_host_hangs_up_first() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
            CompletableFuture<Void> peer = CompletableFuture.runAsync(() -> {
                try (Socket socket = server.accept()) {
                    ControlChannel channel = ControlChannel.serve(socket, ProbeKey.of(KEY), Duration.ofSeconds(10));
                    channel.send(Message.of(Message.Verb.WELCOME));
                    channel.receive(Duration.ofSeconds(10));
                    // the next words to it are answered by a reset
                    socket.setSoLinger(true, 0);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });

            PeerResults results = new FlowProbe(
                            ProbeKey.of(KEY), server.getLocalPort(), Duration.ofMinutes(1), words -> {})
                    .with(LOOPBACK, List.of(flow("port/bgp", Protocol.TCP, 179, Way.OUT)));

            peer.get();
            assertThat(results.flows()).singleElement().satisfies(flow -> assertThat(flow.detail())
                    .contains("the control connection broke"));
            assertThat(results.path()).isPresent();
        }
    }

    private record Served(ProbeServer server, CompletableFuture<Void> end) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            server.close();
            end.join();
        }
    }

    private Served serve(Set<Traffic> allowed, boolean once) throws IOException {
        ProbeServer server = ProbeServer.open(
                new ProbeServer.Settings(
                        Optional.of(LOOPBACK), freePort(), ProbeKey.of(KEY), allowed, once, Duration.ofMinutes(1)),
                log::add);
        return new Served(server, CompletableFuture.runAsync(() -> {
            try {
                server.serve();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }

    private static FlowProbe probe(Served served, String key) throws ProbeException {
        return new FlowProbe(ProbeKey.of(key), served.server().port(), Duration.ofMinutes(1), words -> {});
    }

    private static PlannedFlow flow(String requirement, Protocol protocol, int port, Way way) {
        return new PlannedFlow(requirement, new Traffic(protocol, port), Set.of(way));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }
}
