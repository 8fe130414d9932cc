package calico.preflight.catalog.pack;

import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.target.TargetOptions;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What changed in the requirements from one pack to another, over some platforms. What changed alike on several stands once,
 * with the platforms that it concerns. That a document has another version and address is no change, nor are other words for
 * the same demand.
 *
 * @param added requirements of the later pack alone
 * @param removed requirements of the earlier pack alone
 * @param changed requirements of both that demand another thing, or elsewhere
 * @param options what is default or offered for the options of a target, where that changed
 */
public record PackDiff(
        List<On<Added>> added, List<On<Removed>> removed, List<On<Changed>> changed, List<On<Field>> options) {

    public PackDiff {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        changed = List.copyOf(changed);
        options = List.copyOf(options);
    }

    /**
     * A change and where it holds.
     *
     * @param platforms in their usual order
     */
    public record On<T>(T change, List<Platform> platforms) {}

    /**
     * A requirement of the form that {@link PackWriter} gives one, without the address, the notes and the remedy, which differ
     * among the platforms where the demand is one and the same.
     */
    public record Added(String id, JsonNode requirement) {}

    /**
     * A requirement that is gone.
     *
     * @param requirement as it was
     * @param removal why; nothing where no pack says so, as on the way back to an older version
     */
    public record Removed(String id, JsonNode requirement, Optional<Removal> removal) {}

    /**
     * A requirement that changed.
     *
     * @param title as it is now
     */
    public record Changed(String id, String title, List<Field> fields) {}

    /**
     * A field that changed.
     *
     * @param name its path: {@code level}, {@code parameters.minimum}, {@code appliesTo.encapsulation}, {@code
     *     source.section}, {@code defaults.datastore}
     * @param from missing where there was none
     * @param to missing where there is none any more
     */
    public record Field(String name, JsonNode from, JsonNode to) {}

    /** Does nothing differ? */
    public boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty() && changed.isEmpty() && options.isEmpty();
    }

    /**
     * The changes.
     *
     * @param from the earlier pack on some platforms
     * @param to the later pack on the same platforms, in the same order
     */
    public static PackDiff of(List<ResolvedPack> from, List<ResolvedPack> to) {
        Gathering<Added> added = new Gathering<>();
        Gathering<Removed> removed = new Gathering<>();
        Gathering<Changed> changed = new Gathering<>();
        Gathering<Field> options = new Gathering<>();
        for (int i = 0; i < from.size(); i++) {
            ResolvedPack before = from.get(i);
            ResolvedPack after = to.get(i);
            Map<String, ObjectNode> old = demands(before);
            Map<String, ObjectNode> now = demands(after);
            now.forEach((id, demand) -> {
                if (!old.containsKey(id)) {
                    added.add(new Added(id, demand), after.platform());
                } else {
                    List<Field> fields = fields(old.getOrDefault(id, demand), demand);
                    if (!fields.isEmpty()) {
                        changed.add(new Changed(id, demand.path("title").asText(), fields), after.platform());
                    }
                }
            });
            old.forEach((id, demand) -> {
                if (!now.containsKey(id)) {
                    Optional<Removal> why = Optional.ofNullable(after.removed().get(id));
                    removed.add(new Removed(id, demand, why), after.platform());
                }
            });
            compare("", options(before), options(after)).forEach(field -> options.add(field, after.platform()));
        }
        return new PackDiff(added.all(), removed.all(), changed.all(), options.all());
    }

    /** Puts together what is alike on several platforms. */
    private static final class Gathering<T> {
        private final Map<T, List<Platform>> platforms = new LinkedHashMap<>();

        void add(T change, Platform platform) {
            platforms.computeIfAbsent(change, any -> new ArrayList<>()).add(platform);
        }

        List<On<T>> all() {
            List<On<T>> all = new ArrayList<>();
            platforms.forEach((change, where) -> all.add(new On<>(change, List.copyOf(where))));
            return all;
        }
    }

    private static Map<String, ObjectNode> demands(ResolvedPack pack) {
        Map<String, ObjectNode> demands = new LinkedHashMap<>();
        for (Requirement requirement : pack.requirements()) {
            ObjectNode tree = PackWriter.requirement(requirement);
            tree.withObjectProperty("source").remove("url");
            tree.remove(List.of("notes", "remedy"));
            demands.put(requirement.id(), tree);
        }
        return demands;
    }

    private static ObjectNode options(ResolvedPack pack) {
        ObjectNode options = JsonNodeFactory.instance.objectNode();
        ObjectNode written = PackWriter.options(pack);
        for (String kind : List.of("defaults", "offers")) {
            for (String option : TargetOptions.VALUES.keySet()) {
                JsonNode value = written.path(kind).path(option);
                if (!value.isMissingNode()) {
                    options.set(kind + "." + option, value);
                }
            }
        }
        return options;
    }

    private static List<Field> fields(ObjectNode from, ObjectNode to) {
        List<Field> fields = new ArrayList<>();
        for (String name : List.of("kind", "level", "settledBy")) {
            compare(name, from.path(name), to.path(name), fields);
        }
        for (String name : List.of("parameters", "appliesTo")) {
            fields.addAll(compare(name + ".", from.path(name), to.path(name)));
        }
        if (!title(from).equals(title(to))) {
            compare("source.document", from.at("/source/document"), to.at("/source/document"), fields);
        }
        compare("source.section", from.at("/source/section"), to.at("/source/section"), fields);
        return fields;
    }

    /** The title of the document without the version, which is another each time. */
    private static String title(ObjectNode requirement) {
        return requirement.at("/source/document").asText().replaceAll("\\bv?\\d+\\.\\d+(\\.\\d+)?\\b", "");
    }

    private static List<Field> compare(String prefix, JsonNode from, JsonNode to) {
        Set<String> names = new LinkedHashSet<>();
        from.properties().forEach(field -> names.add(field.getKey()));
        to.properties().forEach(field -> names.add(field.getKey()));
        List<Field> fields = new ArrayList<>();
        names.forEach(name -> compare(prefix + name, from.path(name), to.path(name), fields));
        return fields;
    }

    private static void compare(String name, JsonNode from, JsonNode to, List<Field> fields) {
        if (!orMissing(from).equals(orMissing(to))) {
            fields.add(new Field(name, orMissing(from), orMissing(to)));
        }
    }

    private static JsonNode orMissing(JsonNode value) {
        return value.isMissingNode() || (value.isContainerNode() && value.isEmpty())
                ? MissingNode.getInstance()
                : value;
    }
}
