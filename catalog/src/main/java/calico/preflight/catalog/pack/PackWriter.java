package calico.preflight.catalog.pack;

import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.catalog.target.TargetOptions;
import calico.preflight.catalog.yaml.Binder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;

/** A resolved pack as a tree of the form {@code calico-preflight/pack/1}, for JSON and YAML. Stable for the same pack. */
public final class PackWriter {

    private PackWriter() {}

    /** The pack as a tree. */
    public static ObjectNode write(ResolvedPack pack) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("schema", "calico-preflight/pack/1");
        tree.put("id", pack.id());
        tree.put("calico", pack.calico().toString());
        tree.put("platform", pack.platform().label());
        tree.put("digest", pack.digest());
        ObjectNode defaults = tree.putObject("defaults");
        TargetOptions.VALUES.keySet().stream()
                .filter(pack.defaults()::containsKey)
                .forEach(option -> defaults.put(option, pack.defaults().get(option)));
        ArrayNode inference = tree.putArray("inference");
        pack.inference().forEach(file -> inference.add(fileName(file.name())));
        ArrayNode requirements = tree.putArray("requirements");
        pack.requirements().forEach(requirement -> requirements.add(requirement(requirement)));
        return tree;
    }

    private static ObjectNode requirement(Requirement requirement) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("id", requirement.id());
        tree.put("kind", requirement.kind());
        tree.put("level", requirement.level().label());
        tree.put("title", requirement.title());
        tree.put("settledBy", requirement.settledBy().label());
        ObjectNode conditions = tree.putObject("appliesTo");
        requirement.appliesTo().forEach((option, values) -> values.forEach(conditions.putArray(option)::add));
        tree.set("parameters", withoutEmpty(Binder.tree(requirement.check())));
        ObjectNode source = tree.putObject("source");
        source.put("document", requirement.source().document());
        source.put("section", requirement.source().section());
        source.put("url", requirement.source().url());
        ArrayNode notes = tree.putArray("notes");
        requirement.notes().forEach(notes::add);
        tree.put("remedy", requirement.remedy());
        return tree;
    }

    /** Leaves out what the pack did not say: empty texts and lists, 0 and false. */
    private static JsonNode withoutEmpty(JsonNode value) {
        if (value.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            value.forEach(item -> array.add(withoutEmpty(item)));
            return array;
        }
        if (!value.isObject()) {
            return value;
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        value.properties().forEach(field -> {
            if (!saysNothing(field.getValue())) {
                object.set(field.getKey(), withoutEmpty(field.getValue()));
            }
        });
        return object;
    }

    private static boolean saysNothing(JsonNode value) {
        return value.isContainerNode()
                ? value.isEmpty()
                : value.asText().isEmpty()
                        || (value.isNumber() && value.asInt() == 0)
                        || (value.isBoolean() && !value.asBoolean());
    }

    private static String fileName(String path) {
        Path name = Path.of(path).getFileName();
        return name == null ? path : name.toString();
    }
}
