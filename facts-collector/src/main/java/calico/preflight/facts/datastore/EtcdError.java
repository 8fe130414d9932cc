package calico.preflight.facts.datastore;

import calico.preflight.facts.datastore.Reply.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What etcd says instead of an answer.
 *
 * @param status of HTTP
 * @param message in its words; {@code HTTP status N} where it has none
 */
record EtcdError(int status, String message) {

    /** etcd, {@code api/v3rpc/rpctypes/error.go}: what a client hears that is no user, or not the right one. */
    private static final List<String> OF_USERS = List.of(
            "user name is empty", "invalid auth token", "permission denied", "authentication failed", "root user");

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    static EtcdError of(Answer answer) {
        JsonNode body = Json.of(answer.body());
        String message = body.path("message").asText(body.path("error").asText());
        return new EtcdError(
                answer.status(), message.isEmpty() ? "HTTP status " + answer.status() : Words.line(message));
    }

    /** Is it that somebody has to say who asks? */
    boolean wantsUser() {
        return status == UNAUTHORIZED
                || status == FORBIDDEN
                || OF_USERS.stream().anyMatch(message::contains);
    }
}
