package calico.preflight.catalog.fleet;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.Problem;
import calico.preflight.catalog.RulesFolder;
import calico.preflight.catalog.pack.ResolvedPack.RuleFile;
import calico.preflight.catalog.requirement.Check;
import calico.preflight.catalog.requirement.Level;
import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.catalog.requirement.SettledBy;
import calico.preflight.catalog.requirement.Source;
import calico.preflight.catalog.yaml.Binder;
import calico.preflight.catalog.yaml.RulesFiles;
import calico.preflight.catalog.yaml.Schema;
import calico.preflight.catalog.yaml.Wording;
import calico.preflight.catalog.yaml.YamlFile;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The comparisons of all rules folders, laid over each other: an upper folder may add some, and replaces one only where its
 * file says {@code replaces: [ID]}; rule files that it names take the place of those below.
 */
public final class FleetFiles {

    private final List<RulesFolder> folders;
    private final Set<String> facts;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> interfaces = new LinkedHashSet<>();
    private final Set<String> ranges = new LinkedHashSet<>();
    private final Map<String, Requirement> comparisons = new LinkedHashMap<>();
    private final Map<String, RuleFile> inference = new LinkedHashMap<>();

    private FleetFiles(List<RulesFolder> folders, Set<String> facts) {
        this.folders = folders;
        this.facts = facts;
    }

    /**
     * Reads them.
     *
     * @param folders lowest first
     * @param facts the names of the facts that can be compared; empty: any
     * @throws InvalidRulesException with all that is wrong with any of the files
     */
    public static FleetRules read(List<RulesFolder> folders, RulesFiles files, Set<String> facts)
            throws InvalidRulesException {
        FleetFiles overlay = new FleetFiles(folders, facts);
        for (int i = 0; i < folders.size(); i++) {
            Path path = folders.get(i).fleet();
            if (Files.exists(path)) {
                try {
                    YamlFile file =
                            files.read(path, Schema.FLEET, folders.get(i).trusted());
                    overlay.lay(i, file);
                } catch (InvalidRulesException e) {
                    overlay.problems.addAll(e.problems());
                }
            }
        }
        if (!overlay.problems.isEmpty()) {
            throw new InvalidRulesException(overlay.problems);
        }
        return new FleetRules(
                List.copyOf(overlay.interfaces),
                List.copyOf(overlay.ranges),
                List.copyOf(overlay.comparisons.values()),
                List.copyOf(overlay.inference.values()));
    }

    private void lay(int folder, YamlFile file) throws InvalidRulesException {
        JsonNode tree = file.tree();
        interfaces.addAll(texts(tree.path("leftOut").path("interfaces")));
        ranges.addAll(texts(tree.path("leftOut").path("ranges")));
        List<String> replaces = texts(tree.path("replaces"));
        Set<String> below = Set.copyOf(comparisons.keySet());
        Set<String> own = new LinkedHashSet<>();
        for (int i = 0; i < tree.path("comparisons").size(); i++) {
            JsonNode comparison = tree.path("comparisons").path(i);
            List<Object> path = List.of("comparisons", i, "id");
            String id = comparison.path("id").asText();
            if (!own.add(id)) {
                problems.add(file.at(path, Wording.quoted(id) + " stands here a second time"));
            } else if (below.contains(id) && !replaces.contains(id)) {
                problems.add(file.at(
                        path,
                        "there is " + id + " already; to replace it, add \"replaces: [" + id + "]\" to this file"));
            }
            Check.AcrossHosts check = Binder.bind(
                    file, List.of("comparisons", i, "compares"), comparison.path("compares"), Check.AcrossHosts.class);
            checkFacts(file, i, check);
            comparisons.put(id, requirement(comparison, check));
        }
        for (int i = 0; i < replaces.size(); i++) {
            if (!below.contains(replaces.get(i)) || !own.contains(replaces.get(i))) {
                problems.add(file.at(
                        List.of("replaces", i),
                        Wording.quoted(replaces.get(i))
                                + " does not stand both here and in a folder below, so nothing is replaced"));
            }
        }
        List<String> names = texts(tree.path("inference"));
        for (int i = 0; i < names.size(); i++) {
            rules(folder, file, i, names.get(i));
        }
    }

    private void checkFacts(YamlFile file, int number, Check.AcrossHosts check) {
        if (!check.fact().isEmpty()) {
            checkFact(file, List.of("comparisons", number, "compares", "fact"), check.fact());
        }
        for (int i = 0; i < check.within().size(); i++) {
            checkFact(
                    file,
                    List.of("comparisons", number, "compares", "within", i),
                    check.within().get(i));
        }
    }

    private void checkFact(YamlFile file, List<Object> path, String name) {
        if (!facts.isEmpty() && facts.stream().noneMatch(fact -> name.equals(fact) || name.startsWith(fact + "."))) {
            problems.add(file.at(path, "there is no fact " + Wording.quoted(name) + Wording.known(name, facts)));
        }
    }

    private void rules(int folder, YamlFile file, int number, String name) {
        Optional<RulesFolder> holder = Optional.empty();
        for (int i = folder; i >= 0 && holder.isEmpty(); i--) {
            holder = Optional.of(folders.get(i))
                    .filter(one -> Files.exists(one.inference().resolve(name)));
        }
        if (holder.isEmpty()) {
            problems.add(file.at(List.of("inference", number), "there is no rule file " + Wording.quoted(name)));
            return;
        }
        Path path = holder.get().inference().resolve(name);
        try {
            inference.put(name, RuleFile.read(path, holder.get().trusted()));
        } catch (InvalidRulesException e) {
            problems.addAll(e.problems());
        }
    }

    private static Requirement requirement(JsonNode comparison, Check.AcrossHosts check) {
        Map<String, List<String>> appliesTo = new LinkedHashMap<>();
        comparison
                .path("appliesTo")
                .properties()
                .forEach(condition -> appliesTo.put(condition.getKey(), texts(condition.getValue())));
        JsonNode source = comparison.path("source");
        return new Requirement(
                comparison.path("id").asText(),
                Arrays.stream(Level.values())
                        .filter(level ->
                                level.label().equals(comparison.path("level").asText()))
                        .findFirst()
                        .orElseThrow(),
                comparison.path("title").asText(),
                Arrays.stream(SettledBy.values())
                        .filter(settler -> settler.label()
                                .equals(comparison.path("settledBy").asText()))
                        .findFirst()
                        .orElseThrow(),
                appliesTo,
                check,
                new Source(
                        source.path("document").asText(),
                        source.path("section").asText(),
                        source.path("url").asText()),
                texts(comparison.path("notes")),
                comparison.path("remedy").asText());
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
