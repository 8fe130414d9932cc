package calico.preflight.facts.datastore;

import calico.preflight.facts.datastore.Reply.Answer;
import calico.preflight.facts.datastore.Reply.Failure;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Asks one endpoint of etcd by its JSON gateway (etcd documentation, "gRPC gateway"): {@code v3} since 3.4, {@code v3beta}
 * since 3.3, {@code v3alpha} before. It reads, and changes nothing.
 */
final class EtcdTalk {

    private static final List<String> APIS = List.of("v3", "v3beta", "v3alpha");
    private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.\\d{1,4}[0-9A-Za-z.+-]{0,40}");
    private static final Pattern ONLY_V2 = Pattern.compile("[012]\\..*");

    /** Reads a key that nobody has: "calico-preflight". Whatever is stored, it takes a majority of the members to answer. */
    private static final String READ = "{\"key\":\"Y2FsaWNvLXByZWZsaWdodA==\",\"keys_only\":true,\"limit\":\"1\"}";

    /** etcd elects within its --election-timeout, which is one second unless it is set. */
    private static final Duration ELECTION = Duration.ofMillis(1500);

    private static final int ELECTION_TRIES = 2;
    private static final int NOT_FOUND = 404;
    private static final int OK = 200;

    private final Endpoint endpoint;
    private final String way;
    private final Conversation conversation;
    private Optional<Answer> first = Optional.empty();
    private String version = "";
    private String api = "";
    private String health = "";
    private String cluster = "";
    private String member = "";

    private EtcdTalk(Endpoint endpoint, Trust trust, Vantage vantage) {
        this.endpoint = endpoint;
        this.way = vantage.wayTo(endpoint);
        this.conversation = new Conversation(endpoint, trust, Clock.systemUTC());
    }

    /** Asks the endpoint what it is, and whether it serves. */
    static EtcdHeard with(Endpoint endpoint, Trust trust, Vantage vantage) {
        return new EtcdTalk(endpoint, trust, vantage).ask();
    }

    private EtcdHeard ask() {
        Optional<Failure> unreached = conversation.connect();
        if (unreached.isPresent()) {
            return failed(unreached.get());
        }
        Reply reply = conversation.get("/version");
        if (reply instanceof Failure failure) {
            return failed(failure);
        }
        Answer answer = (Answer) reply;
        first = Optional.of(answer);
        String told = Json.of(answer.body()).path("etcdserver").asText();
        if (EtcdError.of(answer).wantsUser()) {
            return state("wants-user", "answers only to users (HTTP status " + answer.status() + ")");
        }
        if (!VERSION.matcher(told).matches()) {
            return state("no-etcd", "answers, but not as etcd does (HTTP status " + answer.status() + " for /version)");
        }
        version = told;
        return ask(APIS);
    }

    private EtcdHeard ask(List<String> apis) {
        for (String candidate : apis) {
            Reply reply = conversation.post("/" + candidate + "/maintenance/status", "{}");
            if (reply instanceof Failure failure) {
                return failed(failure);
            }
            Answer answer = (Answer) reply;
            if (answer.status() != NOT_FOUND) {
                api = candidate;
                return status(answer);
            }
        }
        if (ONLY_V2.matcher(version).matches()) {
            api = "v2";
            return state("api-v2", "is etcd " + version + ", which speaks only the v2 API");
        }
        return state(
                "unasked",
                "is etcd " + version + ", but does not offer its API as JSON: the gateway is switched off"
                        + " (--enable-grpc-gateway), or this is the port for peers");
    }

    private EtcdHeard status(Answer answer) {
        health = health();
        if (answer.status() != OK) {
            return refused(EtcdError.of(answer));
        }
        JsonNode status = Json.of(answer.body());
        cluster = hexadecimal(status.path("header").path("cluster_id").asText());
        member = hexadecimal(status.path("header").path("member_id").asText());
        if (status.path("isLearner").asBoolean()) {
            return state("not-serving", "is a learner of etcd " + version + ", which serves no clients");
        }
        EtcdHeard heard = read(status);
        for (int tries = 0; tries < ELECTION_TRIES && heard.heard().state().equals("not-serving"); tries++) {
            // A leader that has just gone is followed by another within a second or two, where enough members are left.
            if (!pause()) {
                return heard;
            }
            Reply again = conversation.post("/" + api + "/maintenance/status", "{}");
            if (again instanceof Answer later && later.status() == OK) {
                heard = read(Json.of(later.body()));
            }
        }
        return heard;
    }

    private EtcdHeard read(JsonNode status) {
        // A zero is left out of the JSON.
        if (status.path("leader").asText("0").matches("0?")) {
            return state(
                    "not-serving",
                    "is etcd " + version + " and speaks the v3 API, but its cluster has no leader: too few of its"
                            + " members are there, so that nothing can be read or written");
        }
        Reply read = conversation.post("/" + api + "/kv/range", READ);
        if (read instanceof Failure failure) {
            return state(
                    "not-serving",
                    "is etcd " + version + " and speaks the v3 API, but a read fails: it " + failure.why());
        }
        Answer got = (Answer) read;
        return got.status() == OK
                ? state("serves", "is etcd " + version + ", speaks the v3 API and answers a read")
                : refused(EtcdError.of(got));
    }

    /** Waits for an election; not where the time is up. */
    private static boolean pause() {
        try {
            Thread.sleep(ELECTION.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private EtcdHeard refused(EtcdError error) {
        return error.wantsUser()
                ? state(
                        "wants-user",
                        "is etcd " + version + " and speaks the v3 API, but answers only to users (\"" + error.message()
                                + "\"); whether the user of Calico may read and write was not seen")
                : state(
                        "not-serving",
                        "is etcd " + version + " and speaks the v3 API, but a read fails: " + error.message());
    }

    /** What {@code /health} says, such as {@code true}. */
    private String health() {
        if (conversation.get("/health") instanceof Answer answer) {
            JsonNode said = Json.of(answer.body());
            String reason = said.path("reason").asText();
            return Words.line(said.path("health").asText() + (reason.isEmpty() ? "" : ": " + reason));
        }
        return "";
    }

    private EtcdHeard state(String state, String why) {
        Heard heard =
                Heard.answer(endpoint, way, state, version, first.orElseThrow().skew(), why);
        return new EtcdHeard(heard, api, health, cluster, member);
    }

    private EtcdHeard failed(Failure failure) {
        return EtcdHeard.of(Heard.nothing(endpoint, way, failure));
    }

    /** A number of etcd as its own tools show it; empty where it is none. */
    static String hexadecimal(String number) {
        return number.matches("\\d{1,20}") ? new BigInteger(number).toString(16) : "";
    }
}
