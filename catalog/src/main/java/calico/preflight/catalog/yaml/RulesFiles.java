package calico.preflight.catalog.yaml;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.Problem;
import java.nio.file.Path;
import java.util.List;

/** Reads files that must follow a schema. */
public final class RulesFiles {

    private final boolean thorough;

    /**
     * Creates a reader.
     *
     * @param thorough check every file with the full validator, even one of the installation that looks right at a glance
     */
    public RulesFiles(boolean thorough) {
        this.thorough = thorough;
    }

    /** The file, if it follows the schema; otherwise all that is wrong with it. */
    public YamlFile read(Path path, Schema schema, boolean trusted) throws InvalidRulesException {
        YamlFile file = YamlReader.read(path);
        boolean accepted = QuickCheck.accepts(schema, file.tree());
        if (accepted && trusted && !thorough) {
            return file;
        }
        List<Problem> problems = SchemaCheck.check(file, schema);
        if (!problems.isEmpty()) {
            throw new InvalidRulesException(problems);
        }
        if (!accepted) {
            throw new InvalidRulesException(
                    List.of(new Problem(file.name(), 0, 0, "does not follow " + schema.file())));
        }
        return file;
    }
}
