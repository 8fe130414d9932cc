package calico.preflight.catalog;

import java.nio.file.Path;

/**
 * A folder of rules: {@code packs/}, {@code inference/}, {@code knowledge/}, {@code advisories/}, {@code fleet/}.
 *
 * @param trusted it belongs to the installation
 */
public record RulesFolder(Path directory, boolean trusted) {

    /** Where the packs stand. */
    public Path packs() {
        return directory.resolve("packs");
    }

    /** Where the rule files stand. */
    public Path inference() {
        return directory.resolve("inference");
    }

    /** Where the knowledge files stand. */
    public Path knowledge() {
        return directory.resolve("knowledge");
    }

    /** Where the advisories stand. */
    public Path advisories() {
        return directory.resolve("advisories");
    }

    /** What is compared across the hosts of a fleet. */
    public Path fleet() {
        return directory.resolve("fleet").resolve("comparisons.yaml");
    }
}
