package calico.preflight.facts.datastore;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Rows;
import calico.preflight.facts.Observed;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Datastores that answer late, in part, or with something else. */
class DatastoreAnswersTest {

    private static final Vantage HOST = new Vantage("here", true);
    private static final String HEADER = "\"header\":{\"cluster_id\":\"7\",\"member_id\":\"1\"}";
    private static final String LIST = "/v3/cluster/member/list";
    private static final String ALARMS = "/v3/maintenance/alarm";

    private final Map<String, String> answers = new TreeMap<>(Map.of(
            "/version",
            "{\"etcdserver\":\"3.5.9\",\"gitVersion\":\"v1.28.3\"}",
            "/v3/maintenance/status",
            "{" + HEADER + ",\"leader\":\"1\"}",
            "/v3/kv/range",
            "{" + HEADER + "}",
            LIST,
            "{" + HEADER + ",\"members\":[{\"ID\":\"1\",\"name\":\"m1\"}]}",
            ALARMS,
            "{" + HEADER + "}",
            "/readyz",
            "ok"));

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private volatile Duration delay = Duration.ZERO;
    private volatile String hangingUpAt = "";

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try {
                Thread.sleep(delay.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            String path = exchange.getRequestURI().getPath();
            String answer = answers.getOrDefault(path, "");
            if (!path.equals(hangingUpAt)) {
                byte[] body = answer.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(
                        answers.containsKey(path) ? 200 : 404, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private List<Endpoint> endpoints() {
        return List.of(new Endpoint("http", "127.0.0.1", server.getAddress().getPort()));
    }

    private List<Fact> etcd(Parallel parallel) {
        return EtcdAsking.ask(endpoints(), Trust.USUAL, HOST, parallel);
    }

    private List<Fact> kubernetes(Parallel parallel) {
        return KubernetesAsking.ask(endpoints(), Trust.USUAL, HOST, parallel);
    }

    private static Observed<FactValue> fact(List<Fact> facts, String name) {
        return facts.stream()
                .filter(fact -> fact.name().equals(name))
                .map(Fact::observed)
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> row(Observed<FactValue> endpoints) {
        return ((Rows) endpoints.known().orElseThrow()).rows().get(0);
    }

    private static String why(Observed<FactValue> observed) {
        return observed instanceof Observed.Unknown<FactValue> unknown ? unknown.why() : "known: " + observed;
    }

    @Test
    void an_endpoint_that_was_not_asked_to_the_end_is_no_endpoint_that_was_not_reached() {
        delay = Duration.ofSeconds(2);
        Parallel impatient = new Parallel(Duration.ofMillis(300));

        List<Fact> etcd = etcd(impatient);

        assertThat(row(fact(etcd, "etcd.endpoints")))
                .containsEntry("state", "unasked")
                .containsEntry("way", "")
                .containsEntry("why", "was not asked to the end, as the time was up");
        assertThat(why(fact(etcd, "etcd.reachable")))
                .isEqualTo(endpoints().get(0) + " was not asked to the end, as the time was up");
        assertThat(row(fact(kubernetes(impatient), "kubernetes.api-server.endpoints")))
                .containsEntry("state", "unasked");
    }

    @Test
    void an_api_server_that_does_not_say_whether_it_is_ready_does_not_serve() {
        assertThat(row(fact(kubernetes(Parallel.USUAL), "kubernetes.api-server.endpoints")))
                .containsEntry("state", "serves");

        hangingUpAt = "/readyz";

        assertThat(row(fact(kubernetes(Parallel.USUAL), "kubernetes.api-server.endpoints")))
                .containsEntry("state", "not-serving")
                .containsEntry("version", "1.28.3");
    }

    @Test
    void a_cluster_is_counted_only_by_a_whole_list_of_its_members() {
        assertThat(fact(etcd(Parallel.USUAL), "etcd.members").known()).contains(new FactValue.Whole(1));

        answers.put(LIST, "<html>200</html>");
        assertThat(why(fact(etcd(Parallel.USUAL), "etcd.members"))).isEqualTo("the answer is not in the JSON of etcd");
        answers.put(LIST, "{" + HEADER + ",\"members\":[]}");
        assertThat(why(fact(etcd(Parallel.USUAL), "etcd.members"))).isEqualTo("the answer lists no members");
        answers.put(LIST, "{" + HEADER + "}");
        assertThat(why(fact(etcd(Parallel.USUAL), "etcd.learners"))).isEqualTo("the answer lists no members");
        answers.put(LIST, "{\"members\":[{\"name\":\"m1\"}]}");
        assertThat(why(fact(etcd(Parallel.USUAL), "etcd.members")))
                .isEqualTo("the answer lists a member without a number");
        answers.put(
                LIST,
                IntStream.rangeClosed(1, 65)
                        .mapToObj(id -> "{\"ID\":\"" + id + "\"}")
                        .collect(Collectors.joining(",", "{\"members\":[", "]}")));
        assertThat(why(fact(etcd(Parallel.USUAL), "etcd.members"))).isEqualTo("the answer lists more than 64 members");
    }

    @Test
    void that_there_are_no_alarms_is_told_only_by_an_answer_to_that() {
        assertThat(fact(etcd(Parallel.USUAL), "etcd.alarms")).isInstanceOf(Observed.Absent.class);

        answers.put(ALARMS, "");
        assertThat(why(fact(etcd(Parallel.USUAL), "etcd.alarms"))).isEqualTo("the answer is not in the JSON of etcd");
        answers.put(ALARMS, "{\"alarms\":\"many\"}");
        assertThat(why(fact(etcd(Parallel.USUAL), "etcd.alarms"))).isEqualTo("the answer is no list of alarms");
    }
}
