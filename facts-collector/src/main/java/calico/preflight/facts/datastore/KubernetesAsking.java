package calico.preflight.facts.datastore;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.datastore.Reply.Answer;
import calico.preflight.facts.datastore.Reply.Failure;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Asks a Kubernetes API server, as nobody in particular, and tells as facts what it says. Without an account it may refuse to
 * tell more than that it is one, which is an answer too.
 */
public final class KubernetesAsking {

    private static final String OPTION = "--kube-apiserver";
    private static final Pattern VERSION = Pattern.compile("v\\d{1,3}\\.\\d{1,4}[0-9A-Za-z.+-]{0,40}");
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int SERVER_ERRORS = 500;

    private final Endpoint endpoint;
    private final String way;
    private final Conversation conversation;

    private KubernetesAsking(Endpoint endpoint, Trust trust, Vantage vantage) {
        this.endpoint = endpoint;
        this.way = vantage.wayTo(endpoint);
        this.conversation = new Conversation(endpoint, trust, Clock.systemUTC());
    }

    /** Asks all of them at once; every fact of the API server that an answer gives is in the result. */
    public static List<Fact> ask(List<Endpoint> endpoints, Trust trust, Vantage vantage) {
        return ask(endpoints, trust, vantage, Parallel.USUAL);
    }

    static List<Fact> ask(List<Endpoint> endpoints, Trust trust, Vantage vantage, Parallel parallel) {
        List<Heard> heard = parallel.ask(
                endpoints, endpoint -> new KubernetesAsking(endpoint, trust, vantage).ask(), Heard::unasked);
        Origin origin = vantage.origin(OPTION);
        Optional<String> version = heard.stream()
                .map(Heard::version)
                .filter(told -> !told.isEmpty())
                .findFirst();
        return List.of(
                new Fact(
                        "kubernetes.api-server.endpoints",
                        Observed.known(
                                new FactValue.Rows(
                                        heard.stream().map(Heard::row).toList()),
                                origin)),
                new Fact(
                        "kubernetes.api-server.version",
                        version.<Observed<FactValue>>map(told -> Observed.known(new FactValue.Text(told), origin))
                                .orElseGet(() -> Observed.unknown("no API server told its version", origin))));
    }

    private Heard ask() {
        Optional<Failure> unreached = conversation.connect();
        if (unreached.isPresent()) {
            return Heard.nothing(endpoint, way, unreached.get());
        }
        Reply reply = conversation.get("/version");
        if (reply instanceof Failure failure) {
            return Heard.nothing(endpoint, way, failure);
        }
        Answer answer = (Answer) reply;
        JsonNode body = Json.of(answer.body());
        String told = body.path("gitVersion").asText();
        boolean denied = answer.status() == UNAUTHORIZED || answer.status() == FORBIDDEN;
        if (answer.status() == OK && VERSION.matcher(told).matches()) {
            return ready(answer, told.substring(1));
        }
        if (denied && isStatus(body)) {
            return state(
                    "serves",
                    "",
                    answer,
                    "is a Kubernetes API server, which tells nothing to strangers (HTTP status " + answer.status()
                            + ")");
        }
        if (denied) {
            return state(
                    "unasked",
                    "",
                    answer,
                    "answers with HTTP status " + answer.status()
                            + ", and does not show whether it is a Kubernetes API server");
        }
        if (answer.status() >= SERVER_ERRORS) {
            return state("not-serving", "", answer, "answers with HTTP status " + answer.status());
        }
        return state(
                "no-kubernetes",
                "",
                answer,
                "answers, but not as a Kubernetes API server does (HTTP status " + answer.status() + " for /version)");
    }

    /** Versions before 1.16 have no {@code /readyz}, and others may not tell it to strangers; but they all answer. */
    private Heard ready(Answer answer, String version) {
        Reply reply = conversation.get("/readyz");
        if (reply instanceof Failure failure) {
            return state(
                    "not-serving",
                    version,
                    answer,
                    "is a Kubernetes API server " + version + ", but when asked whether it is ready, it "
                            + failure.why());
        }
        boolean unready = reply instanceof Answer ready && ready.status() >= SERVER_ERRORS;
        return unready
                ? state("not-serving", version, answer, "is a Kubernetes API server " + version + ", but is not ready")
                : state("serves", version, answer, "is a Kubernetes API server " + version + " and answers");
    }

    private static boolean isStatus(JsonNode body) {
        return body.path("kind").asText().equals("Status")
                && body.path("apiVersion").asText().equals("v1");
    }

    private Heard state(String state, String version, Answer answer, String why) {
        return Heard.answer(endpoint, way, state, version, answer.skew(), why);
    }
}
