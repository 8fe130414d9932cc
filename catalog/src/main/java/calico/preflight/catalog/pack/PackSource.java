package calico.preflight.catalog.pack;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** A pack as its file says it; what the file leaves out is empty. Requirements stay trees until they are resolved. */
record PackSource(
        String schema,
        String id,
        String calico,
        @JsonProperty("extends") String parent,
        String replaces,
        List<String> inference,
        Map<String, String> unsupported,
        Map<String, Map<String, JsonNode>> defaults,
        Map<String, Map<String, List<JsonNode>>> offers,
        String documentsAt,
        Map<String, Document> documents,
        List<ObjectNode> requirements,
        List<ObjectNode> override,
        List<ObjectNode> restore,
        List<ObjectNode> remove) {

    /**
     * A document that requirements name as their source, or what changes of one that an older pack names.
     *
     * @param url one address as text, or a map of platform to address; empty: it stays
     */
    record Document(String title, JsonNode url) {}
}
