package calico.preflight.catalog.pack;

import calico.preflight.catalog.yaml.YamlFile;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A requirement on its way along the packs.
 *
 * @param origin its id, where it was first stated
 * @param fields what it is: each field with the place that said it last
 */
record Draft(Given origin, Map<String, Given> fields) {

    /** What says which requirement is meant and when; the rest says what it is. */
    private static final Set<String> SELECTION = Set.of("id", "platforms", "since", "until");

    /** One field and where it stands. */
    record Given(YamlFile file, List<Object> path, JsonNode value) {}

    static Draft of(Statement statement) {
        Map<String, Given> fields = new LinkedHashMap<>();
        statement.tree().properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !SELECTION.contains(name))
                .forEach(name -> fields.put(name, statement.field(name)));
        return new Draft(statement.id(), fields);
    }

    /** This requirement with the fields that the other gives put in the place of its own. */
    Draft with(Draft other) {
        Map<String, Given> merged = new LinkedHashMap<>(fields);
        merged.putAll(other.fields);
        return new Draft(origin, merged);
    }

    String id() {
        return origin.value().asText();
    }

    /** The field, or an empty one at the place of the requirement. */
    Given field(String name) {
        return fields.getOrDefault(name, new Given(origin.file(), origin.path(), MissingNode.getInstance()));
    }

    /** The text of the field; empty where it is not given. */
    String text(String name) {
        return field(name).value().asText();
    }
}
