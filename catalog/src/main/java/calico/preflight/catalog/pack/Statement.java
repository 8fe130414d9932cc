package calico.preflight.catalog.pack;

import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.yaml.YamlFile;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an entry below {@code requirements}, {@code override}, {@code restore} or {@code remove} of a pack says of one
 * requirement.
 *
 * @param id the requirement; an entry that names several is as many statements
 */
record Statement(YamlFile file, List<Object> path, ObjectNode tree, Draft.Given id) {

    /** The entries of one list. */
    static Stream<Statement> all(Pack pack, String list, List<ObjectNode> entries) {
        List<Statement> statements = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            ObjectNode tree = entries.get(i);
            List<Object> path = List.of(list, i);
            Draft.Given id = new Draft.Given(pack.yaml(), List.of(list, i, "id"), tree.path("id"));
            if (id.value().isArray()) {
                for (int j = 0; j < id.value().size(); j++) {
                    Draft.Given one = new Draft.Given(
                            pack.yaml(), List.of(list, i, "id", j), id.value().path(j));
                    statements.add(new Statement(pack.yaml(), path, tree, one));
                }
            } else {
                statements.add(new Statement(pack.yaml(), path, tree, id));
            }
        }
        return statements.stream();
    }

    /** All entries of a pack. */
    static Stream<Statement> all(Pack pack) {
        return Stream.of(
                        all(pack, "requirements", pack.source().requirements()),
                        all(pack, "override", pack.source().override()),
                        all(pack, "restore", pack.source().restore()),
                        all(pack, "remove", pack.source().remove()))
                .flatMap(list -> list);
    }

    Draft.Given field(String name) {
        List<Object> steps = new ArrayList<>(path);
        steps.add(name);
        return new Draft.Given(file, steps, tree.path(name));
    }

    /** The platforms that it names; empty where it names none and so means all. */
    List<String> platforms() {
        List<String> platforms = new ArrayList<>();
        for (JsonNode platform : tree.path("platforms")) {
            platforms.add(platform.asText());
        }
        return platforms;
    }

    /** The first patch version that it holds for. */
    Optional<CalicoVersion> since() {
        return CalicoVersion.parse(tree.path("since").asText());
    }

    /** The first patch version that it no longer holds for. */
    Optional<CalicoVersion> until() {
        return CalicoVersion.parse(tree.path("until").asText());
    }

    boolean holdsFor(CalicoVersion version) {
        return since().map(first -> first.compareTo(version) <= 0).orElse(true)
                && until().map(end -> version.compareTo(end) < 0).orElse(true);
    }
}
