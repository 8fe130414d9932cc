package calico.preflight.catalog.pack;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.Problem;
import calico.preflight.catalog.knowledge.Knowledge;
import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.catalog.requirement.Source;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.yaml.Wording;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Makes the advisories of a pack, and checks what they refer to. */
final class AdvisoryMaker {

    private final RequirementMaker requirements;
    private final Knowledge knowledge;
    private final Set<Problem> problems;
    private final Function<AdvisoryStatement, Set<String>> ids;

    /**
     * Creates a maker.
     *
     * @param ids the ids of the requirements, on any platform, of all the packs that an advisory affects
     */
    AdvisoryMaker(
            RequirementMaker requirements,
            Knowledge knowledge,
            Set<Problem> problems,
            Function<AdvisoryStatement, Set<String>> ids) {
        this.requirements = requirements;
        this.knowledge = knowledge;
        this.problems = problems;
        this.ids = ids;
    }

    /**
     * The advisories for a platform.
     *
     * @param statements those that affect the version
     * @param there the ids of the pack's requirements on the platform
     */
    List<Advisory> advisories(List<AdvisoryStatement> statements, Platform platform, Set<String> there) {
        Set<String> known = new TreeSet<>(there);
        Set<String> amendable = new TreeSet<>(there);
        statements.forEach(statement -> statement.added().ifPresent(amendable::add));
        List<Advisory> made = new ArrayList<>();
        for (AdvisoryStatement statement : statements) {
            Optional<Advisory.Effect> effect = statement.added().isPresent()
                    ? adds(statement, platform, known, amendable)
                    : amends(statement, amendable);
            if (statement.isFor(platform)) {
                effect.ifPresent(what -> made.add(new Advisory(
                        statement.id(),
                        statement.text("title"),
                        statement.text("because"),
                        source(statement),
                        statement.text("note"),
                        what)));
            }
        }
        return made;
    }

    private Optional<Advisory.Effect> adds(
            AdvisoryStatement statement, Platform platform, Set<String> known, Set<String> there) {
        JsonNode tree = statement.tree().path("adds");
        Map<String, Draft.Given> fields = new LinkedHashMap<>();
        tree.properties()
                .forEach(field -> fields.put(
                        field.getKey(),
                        new Draft.Given(statement.file(), statement.path("adds", field.getKey()), field.getValue())));
        fields.put("appliesTo", statement.field("appliesTo"));
        Draft.Given id = new Draft.Given(statement.file(), statement.path("adds", "id"), tree.path("id"));
        if (statement.isFor(platform) && !known.add(id.value().asText())) {
            problems.add(statement
                    .file()
                    .at(
                            id.path(),
                            "there is a requirement "
                                    + Wording.quoted(id.value().asText()) + " already on " + platform.label()
                                    + "; give this one another id"));
        }
        Optional<Requirement> added = requirements.added(new Draft(id, fields), source(statement));
        List<Advisory.Condition> provided = provided(statement, there);
        return added.map(requirement -> new Advisory.Adds(requirement, provided));
    }

    private Optional<Advisory.Effect> amends(AdvisoryStatement statement, Set<String> there) {
        List<String> amended = statement.amends();
        for (int i = 0; i < amended.size(); i++) {
            checkRequirement(statement, statement.pathOfAmended(i), amended.get(i), there);
        }
        List<Advisory.Condition> provided = provided(statement, there);
        Map<String, String> changes = new LinkedHashMap<>();
        statement
                .tree()
                .path("changes")
                .properties()
                .forEach(
                        change -> changes.put(change.getKey(), change.getValue().asText()));
        return Optional.of(new Advisory.Amends(
                amended,
                changes,
                RequirementMaker.conditions(statement.tree().path("appliesTo")),
                RequirementMaker.conditions(statement.tree().path("unless")),
                provided,
                statement.text("remedy")));
    }

    private List<Advisory.Condition> provided(AdvisoryStatement statement, Set<String> there) {
        List<Advisory.Condition> provided = new ArrayList<>();
        JsonNode conditions = statement.tree().path("provided");
        for (int i = 0; i < conditions.size(); i++) {
            condition(statement, i, conditions.path(i), there).ifPresent(provided::add);
        }
        return provided;
    }

    private Optional<Advisory.Condition> condition(
            AdvisoryStatement statement, int number, JsonNode tree, Set<String> there) {
        List<Object> path = statement.path("provided", number);
        if (tree.has("requirement")) {
            String id = tree.path("requirement").asText();
            checkRequirement(statement, RequirementMaker.step(path, "requirement"), id, there);
            return Optional.of(new Advisory.Came(id, RequirementMaker.texts(tree.path("outcome"))));
        }
        try {
            if (!tree.has("capability")) {
                List<Problem> unknown = new ArrayList<>();
                Draft.Given given = new Draft.Given(statement.file(), path, tree);
                requirements.checkFact(given, tree.path("fact").asText(), unknown);
                problems.addAll(unknown);
                return Optional.of(new Advisory.Met(RequirementMaker.check(draft(statement, path, "fact", tree))));
            }
            String name = tree.path("capability").asText();
            Set<String> capabilities = knowledge.kernel().capabilities().keySet();
            List<Problem> wrong = new ArrayList<>();
            // No capabilities at all: the knowledge itself could not be read, and that is said elsewhere.
            if (!capabilities.isEmpty()) {
                RequirementMaker.checkKnown(
                        statement.field("provided"),
                        RequirementMaker.step(path, "capability"),
                        "capability",
                        name,
                        capabilities,
                        wrong);
            }
            problems.addAll(wrong);
            ObjectNode parameters = JsonNodeFactory.instance.objectNode().put("name", name);
            return Optional.of(
                    new Advisory.Met(RequirementMaker.check(draft(statement, path, "kernel-module", parameters))));
        } catch (InvalidRulesException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }

    private static Draft draft(AdvisoryStatement statement, List<Object> path, String kind, JsonNode parameters) {
        return new Draft(
                statement.field("id"),
                Map.of(
                        "kind", new Draft.Given(statement.file(), path, TextNode.valueOf(kind)),
                        "parameters", new Draft.Given(statement.file(), path, parameters)));
    }

    private void checkRequirement(AdvisoryStatement statement, List<Object> path, String id, Set<String> there) {
        if (there.stream().anyMatch(known -> Advisory.Amends.covers(id, known))) {
            return;
        }
        Set<String> known = ids.apply(statement);
        if (known.stream().noneMatch(other -> Advisory.Amends.covers(id, other))) {
            problems.add(statement
                    .file()
                    .at(path, "there is no requirement " + Wording.quoted(id) + Wording.known(id, known)));
        }
    }

    private static Source source(AdvisoryStatement statement) {
        JsonNode source = statement.tree().path("source");
        return new Source(source.path("title").asText(), "", source.path("url").asText());
    }
}
