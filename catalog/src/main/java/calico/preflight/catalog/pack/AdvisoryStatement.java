package calico.preflight.catalog.pack;

import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.yaml.YamlFile;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One advisory as its file says it.
 *
 * @param folder the number of the folder that holds the file
 */
record AdvisoryStatement(YamlFile file, List<Object> place, JsonNode tree, int folder) {

    String id() {
        return tree.path("id").asText();
    }

    /** The place of a field. */
    List<Object> path(Object... steps) {
        return RequirementMaker.step(place, steps);
    }

    Draft.Given field(String name) {
        return new Draft.Given(file, path(name), tree.path(name));
    }

    String text(String name) {
        return tree.path(name).asText();
    }

    /** The ids or beginnings of ids that it amends; none where it adds a requirement. */
    List<String> amends() {
        JsonNode amends = tree.path("amends");
        if (amends.isTextual()) {
            return List.of(amends.asText());
        }
        return RequirementMaker.texts(amends);
    }

    /** The place of one of them. */
    List<Object> pathOfAmended(int number) {
        return tree.path("amends").isArray() ? path("amends", number) : path("amends");
    }

    /** The first version that it holds for. */
    Optional<CalicoVersion> from() {
        return bound("from");
    }

    /** The first version that it no longer holds for. */
    Optional<CalicoVersion> until() {
        return bound("until");
    }

    boolean affects(CalicoVersion version) {
        return from().map(first -> first.compareTo(version) <= 0).orElse(true)
                && until().map(end -> version.compareTo(end) < 0).orElse(true);
    }

    /** Does it affect any patch of this minor version? */
    boolean affectsSome(CalicoVersion minor) {
        CalicoVersion oldest = new CalicoVersion(minor.major(), minor.minor(), 0);
        return from().map(first -> first.compareTo(minor.minorVersion()) <= 0).orElse(true)
                && until().map(end -> oldest.compareTo(end) < 0).orElse(true);
    }

    /** The id of the requirement that it adds, where it adds one. */
    Optional<String> added() {
        return Optional.of(tree.path("adds").path("id").asText()).filter(id -> !id.isEmpty());
    }

    boolean isFor(Platform platform) {
        List<String> platforms = RequirementMaker.texts(tree.path("platforms"));
        return platforms.isEmpty() || platforms.contains(platform.label());
    }

    /** The bounds at which it begins and ends. */
    List<CalicoVersion> turningPoints() {
        List<CalicoVersion> points = new ArrayList<>();
        from().ifPresent(points::add);
        until().ifPresent(points::add);
        return points;
    }

    /** A bare minor version as a bound is its first patch, so that "until 3.21" takes in no patch of 3.21. */
    private Optional<CalicoVersion> bound(String name) {
        return CalicoVersion.parse(tree.path("affects").path(name).asText())
                .map(version -> version.patch() == CalicoVersion.NEWEST_PATCH
                        ? new CalicoVersion(version.major(), version.minor(), 0)
                        : version);
    }
}
