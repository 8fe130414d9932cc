package calico.preflight.catalog.pack;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.Problem;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.yaml.RulesFiles;
import calico.preflight.catalog.yaml.Schema;
import calico.preflight.catalog.yaml.Wording;
import calico.preflight.catalog.yaml.YamlFile;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The advisories of all rules folders, laid over each other: an upper folder may add some, and replaces one only where its
 * file says {@code replaces: [ID]}.
 */
public final class AdvisoryFiles {

    /** None at all. */
    public static final AdvisoryFiles NONE = new AdvisoryFiles(List.of(), List.of());

    private final List<AdvisoryStatement> statements;
    private final List<byte[]> contents;

    private AdvisoryFiles(Collection<AdvisoryStatement> statements, List<byte[]> contents) {
        this.statements = List.copyOf(statements);
        this.contents = List.copyOf(contents);
    }

    /**
     * A file of advisories that was found.
     *
     * @param folder the number of its folder, the lowest first
     * @param trusted it belongs to the installation
     */
    public record Found(Path path, int folder, boolean trusted) {}

    /**
     * Reads them.
     *
     * @param found lowest folder first
     * @throws InvalidRulesException with all that is wrong with any of the files alone
     */
    public static AdvisoryFiles read(List<Found> found, RulesFiles files) throws InvalidRulesException {
        Map<String, AdvisoryStatement> statements = new LinkedHashMap<>();
        List<byte[]> contents = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Found one : found) {
            try {
                YamlFile yaml = files.read(one.path(), Schema.ADVISORIES, one.trusted());
                contents.add(yaml.bytes());
                overlay(yaml, one.folder(), statements, problems);
            } catch (InvalidRulesException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidRulesException(problems);
        }
        return new AdvisoryFiles(statements.values(), contents);
    }

    /** All advisories, in the order in which they apply. */
    List<AdvisoryStatement> statements() {
        return statements;
    }

    /** The bytes of the files, lowest folder first. */
    List<byte[]> contents() {
        return contents;
    }

    private static void overlay(
            YamlFile yaml, int folder, Map<String, AdvisoryStatement> statements, List<Problem> problems) {
        List<String> replaces = new ArrayList<>();
        yaml.tree().path("replaces").forEach(id -> replaces.add(id.asText()));
        Set<String> used = new HashSet<>();
        JsonNode list = yaml.tree().path("advisories");
        for (int i = 0; i < list.size(); i++) {
            AdvisoryStatement statement = new AdvisoryStatement(yaml, List.of("advisories", i), list.path(i), folder);
            checkVersions(statement, problems);
            String id = statement.id();
            Optional<AdvisoryStatement> before = Optional.ofNullable(statements.put(id, statement));
            if (before.isPresent() && before.get().folder() == folder) {
                problems.add(yaml.at(
                        statement.path("id"),
                        "there is an advisory " + Wording.quoted(id) + " already, in "
                                + before.get().file().name()));
            } else if (before.isPresent()) {
                used.add(id);
                if (!replaces.contains(id)) {
                    problems.add(yaml.at(
                            statement.path("id"),
                            "there is an advisory " + Wording.quoted(id) + " already: "
                                    + before.get().file().name() + "; to replace it, add \"replaces: [" + id
                                    + "]\" to this file"));
                }
            }
        }
        for (int i = 0; i < replaces.size(); i++) {
            if (!used.contains(replaces.get(i))) {
                problems.add(yaml.at(
                        List.of("replaces", i),
                        Wording.quoted(replaces.get(i))
                                + " does not stand both here and in a folder below, so nothing is replaced"));
            }
        }
    }

    private static void checkVersions(AdvisoryStatement statement, List<Problem> problems) {
        Optional<CalicoVersion> from = statement.from();
        if (statement
                .until()
                .filter(until ->
                        from.filter(first -> until.compareTo(first) <= 0).isPresent())
                .isPresent()) {
            problems.add(statement
                    .file()
                    .at(
                            statement.path("affects", "until"),
                            "\"until\" must be later than \"from\", or this never holds"));
        }
    }
}
