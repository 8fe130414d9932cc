package calico.preflight.facts.datastore;

import calico.preflight.facts.parse.JsonTree;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/** Answers in JSON. */
final class Json {

    private Json() {}

    /** The answer as a tree; a missing node where it is no JSON. */
    static JsonNode of(String body) {
        try {
            return JsonTree.of(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
