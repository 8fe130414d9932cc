package calico.preflight.facts.datastore;

import calico.preflight.facts.Observed;
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
        return asked(path, reply).map(EtcdCluster::members);
    }

    private static List<EtcdMember> members(JsonNode body) {
        List<EtcdMember> members = new ArrayList<>();
        for (JsonNode member : body.path("members")) {
            if (members.size() == MOST_MEMBERS) {
                break;
            }
            List<String> urls = new ArrayList<>();
            for (JsonNode url : member.path("clientURLs")) {
                if (urls.size() < MOST_URLS) {
                    urls.add(url.asText());
                }
            }
            members.add(new EtcdMember(
                    EtcdTalk.hexadecimal(member.path("ID").asText()),
                    Words.line(member.path("name").asText()),
                    member.path("isLearner").asBoolean(),
                    urls));
        }
        return members;
    }

    /** The alarms that are raised, each as {@code NOSPACE of MEMBER}; asked only of a cluster that serves. */
    Observed<List<String>> alarms(List<EtcdMember> members) {
        String path = "/" + heard.api() + "/maintenance/alarm";
        return asked(path, conversation.post(path, "{\"action\":\"GET\"}")).map(body -> {
            List<String> alarms = new ArrayList<>();
            for (JsonNode alarm : body.path("alarms")) {
                String id = EtcdTalk.hexadecimal(alarm.path("memberID").asText());
                String who = members.stream()
                        .filter(member -> member.id().equals(id))
                        .map(EtcdMember::label)
                        .findFirst()
                        .orElse(id);
                if (alarms.size() < MOST_MEMBERS) {
                    alarms.add(Words.line(alarm.path("alarm").asText() + " of " + who));
                }
            }
            return alarms;
        });
    }

    private Observed<JsonNode> asked(String path, Reply reply) {
        String where = heard.heard().endpoint() + path;
        if (reply instanceof Failure failure) {
            return Observed.unknown("the endpoint " + failure.why(), vantage.origin(where));
        }
        Answer answer = (Answer) reply;
        if (answer.status() == OK) {
            return Observed.known(Json.of(answer.body()), vantage.origin(where));
        }
        EtcdError error = EtcdError.of(answer);
        String why = error.wantsUser() ? "etcd answers only to users: " + error.message() : error.message();
        return Observed.unknown(why, vantage.origin(where));
    }
}
