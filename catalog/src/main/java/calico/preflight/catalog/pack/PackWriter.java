package calico.preflight.catalog.pack;

import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.catalog.target.Profile;
import calico.preflight.catalog.target.TargetOptions;
import calico.preflight.catalog.yaml.Binder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;

/** A resolved pack as a tree of the form {@code calico-preflight/pack/1}, for JSON and YAML. Stable for the same pack. */
public final class PackWriter {

    private PackWriter() {}

    /** The pack as a tree, as the documents have it. */
    public static ObjectNode write(ResolvedPack pack) {
        return write(pack, Profile.DOCUMENTED);
    }

    /**
     * The pack as a tree. In the practical profile it has the requirements that advisories add, each with the advisory's id
     * as {@code addedBy}, and the ids of the advisories that may amend a requirement as {@code amendedBy}.
     */
    public static ObjectNode write(ResolvedPack pack, Profile profile) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("schema", "calico-preflight/pack/1");
        tree.put("id", pack.id());
        tree.put("calico", pack.calico().toString());
        tree.put("platform", pack.platform().label());
        tree.put("digest", pack.digest());
        tree.setAll(options(pack));
        ArrayNode inference = tree.putArray("inference");
        pack.inference().forEach(file -> inference.add(fileName(file.name())));
        ArrayNode requirements = tree.putArray("requirements");
        for (Requirement requirement : pack.requirements(profile)) {
            ObjectNode written = requirement(requirement);
            if (profile == Profile.PRACTICAL) {
                advice(written, pack, requirement);
            }
            requirements.add(written);
        }
        return tree;
    }

    /** What is default and what is offered for the options of a target. */
    static ObjectNode options(ResolvedPack pack) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        ObjectNode defaults = tree.putObject("defaults");
        TargetOptions.VALUES.keySet().stream()
                .filter(pack.defaults()::containsKey)
                .forEach(option -> defaults.put(option, pack.defaults().get(option)));
        if (!pack.offers().isEmpty()) {
            ObjectNode offers = tree.putObject("offers");
            TargetOptions.VALUES.keySet().stream()
                    .filter(pack.offers()::containsKey)
                    .forEach(option ->
                            pack.offers().getOrDefault(option, List.of()).forEach(offers.putArray(option)::add));
        }
        return tree;
    }

    private static void advice(ObjectNode written, ResolvedPack pack, Requirement requirement) {
        ArrayNode amendedBy = JsonNodeFactory.instance.arrayNode();
        for (Advisory advisory : pack.advisories()) {
            if (advisory.added().filter(requirement::equals).isPresent()) {
                written.put("addedBy", advisory.id());
            } else if (advisory.amended()
                    .filter(amends -> amends.speaksOf(requirement.id()))
                    .isPresent()) {
                amendedBy.add(advisory.id());
            }
        }
        if (!amendedBy.isEmpty()) {
            written.set("amendedBy", amendedBy);
        }
    }

    /** One requirement. */
    static ObjectNode requirement(Requirement requirement) {
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
