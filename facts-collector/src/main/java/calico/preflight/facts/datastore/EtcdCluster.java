package calico.preflight.facts.datastore;

import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.datastore.Reply.Answer;
import calico.preflight.facts.datastore.Reply.Failure;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Asks one endpoint of etcd of its whole cluster. */
final class EtcdCluster {

    /** etcd has no use for more, and the list is a stranger's. */
    private static final int MOST_MEMBERS = 64;

    private static final int MOST_URLS = 4;
    private static final int OK = 200;

    private final EtcdHeard heard;
    private final Vantage vantage;
    private final Conversation conversation;

    EtcdCluster(EtcdHeard heard, Trust trust, Vantage vantage) {
        this.heard = heard;
        this.vantage = vantage;
        this.conversation = new Conversation(heard.heard().endpoint(), trust, Clock.systemUTC());
    }

    /** Its members, learners among them. */
    Observed<List<EtcdMember>> members() {
        String path = "/" + heard.api() + "/cluster/member/list";
        Reply reply = conversation.post(path, "{}");
        boolean answered = reply instanceof Answer answer && answer.status() == OK;
        if (!answered && heard.heard().state().equals("not-serving")) {
            // Without a majority etcd 3.5 tells only what this member knows by itself, and older ones know no such
            // word.
            reply = conversation.post(path, "{\"linearizable\":false}");
        }
        Observed<JsonNode> body = asked(path, reply);
        return body instanceof Observed.Known<JsonNode> known
                ? members(known.value(), known.origin())
                : body.map(any -> List.of());
    }

    /** A cluster has members, each with a number: an answer without them is none, and a part of them is no count. */
    private static Observed<List<EtcdMember>> members(JsonNode body, Origin origin) {
        JsonNode list = body.path("members");
        if (list.isEmpty()) {
            return Observed.unknown("the answer lists no members", origin);
        }
        if (list.size() > MOST_MEMBERS) {
            return Observed.unknown("the answer lists more than " + MOST_MEMBERS + " members", origin);
        }
        List<EtcdMember> members = new ArrayList<>();
        for (JsonNode member : list) {
            String id = EtcdTalk.hexadecimal(member.path("ID").asText());
            if (id.isEmpty()) {
                return Observed.unknown("the answer lists a member without a number", origin);
            }
            List<String> urls = new ArrayList<>();
            member.path("clientURLs").forEach(url -> urls.add(url.asText()));
            if (urls.size() > MOST_URLS) {
                return Observed.unknown(
                        "the answer lists a member with more than " + MOST_URLS + " addresses for clients", origin);
            }
            members.add(new EtcdMember(
                    id,
                    Words.line(member.path("name").asText()),
                    member.path("isLearner").asBoolean(),
                    urls));
        }
        return Observed.known(members, origin);
    }

    /** The alarms that are raised, each as {@code NOSPACE of MEMBER}; asked only of a cluster that serves. */
    Observed<List<String>> alarms(List<EtcdMember> members) {
        String path = "/" + heard.api() + "/maintenance/alarm";
        Observed<JsonNode> body = asked(path, conversation.post(path, "{\"action\":\"GET\"}"));
        return body instanceof Observed.Known<JsonNode> known
                ? alarms(known.value(), members, known.origin())
                : body.map(any -> List.of());
    }

    private static Observed<List<String>> alarms(JsonNode body, List<EtcdMember> members, Origin origin) {
        JsonNode list = body.path("alarms");
        // where there are none, none are named
        if (!list.isMissingNode() && !list.isArray()) {
            return Observed.unknown("the answer is no list of alarms", origin);
        }
        if (list.size() > MOST_MEMBERS) {
            return Observed.unknown("the answer lists more than " + MOST_MEMBERS + " alarms", origin);
        }
        List<String> alarms = new ArrayList<>();
        for (JsonNode alarm : list) {
            String id = EtcdTalk.hexadecimal(alarm.path("memberID").asText());
            String who = members.stream()
                    .filter(member -> member.id().equals(id))
                    .map(EtcdMember::label)
                    .findFirst()
                    .orElse(id);
            alarms.add(Words.line(alarm.path("alarm").asText() + " of " + who));
        }
        return Observed.known(alarms, origin);
    }

    private Observed<JsonNode> asked(String path, Reply reply) {
        String where = heard.heard().endpoint() + path;
        if (reply instanceof Failure failure) {
            return Observed.unknown("the endpoint " + failure.why(), vantage.origin(where));
        }
        Answer answer = (Answer) reply;
        if (answer.status() == OK) {
            JsonNode body = Json.of(answer.body());
            return body.isObject()
                    ? Observed.known(body, vantage.origin(where))
                    : Observed.unknown("the answer is not in the JSON of etcd", vantage.origin(where));
        }
        EtcdError error = EtcdError.of(answer);
        String why = error.wantsUser() ? "etcd answers only to users: " + error.message() : error.message();
        return Observed.unknown(why, vantage.origin(where));
    }
}
