package calico.preflight.catalog.pack;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.Problem;
import calico.preflight.catalog.knowledge.Knowledge;
import calico.preflight.catalog.knowledge.NetworkProviders;
import calico.preflight.catalog.knowledge.OpenstackReleases;
import calico.preflight.catalog.requirement.Check;
import calico.preflight.catalog.requirement.Level;
import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.catalog.requirement.SettledBy;
import calico.preflight.catalog.requirement.Source;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.target.TargetOptions;
import calico.preflight.catalog.yaml.Binder;
import calico.preflight.catalog.yaml.QuickCheck;
import calico.preflight.catalog.yaml.Schema;
import calico.preflight.catalog.yaml.SchemaCheck;
import calico.preflight.catalog.yaml.Wording;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Makes requirements of what a resolution came to, and checks what they refer to. */
final class RequirementMaker {

    private final Resolution resolution;
    private final Knowledge knowledge;
    private final Set<String> facts;
    private final Set<Problem> problems;

    /**
     * @param facts the names of the facts that can be compared; none: they are not checked
     */
    RequirementMaker(Resolution resolution, Knowledge knowledge, Set<String> facts, Set<Problem> problems) {
        this.resolution = resolution;
        this.knowledge = knowledge;
        this.facts = facts;
        this.problems = problems;
    }

    List<Requirement> requirements(Platform platform) {
        List<Requirement> made = new ArrayList<>();
        for (Draft draft : resolution.drafts(platform)) {
            try {
                made.add(requirement(draft, platform));
            } catch (InvalidRulesException e) {
                problems.addAll(e.problems());
            }
        }
        return made;
    }

    /** A requirement that no document has, with the source that it is given. */
    Optional<Requirement> added(Draft draft, Source source) {
        try {
            return Optional.of(requirement(draft, Optional.of(source), new ArrayList<>()));
        } catch (InvalidRulesException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }

    private Requirement requirement(Draft draft, Platform platform) throws InvalidRulesException {
        List<Problem> wrong = new ArrayList<>();
        return requirement(draft, source(draft, platform, wrong), wrong);
    }

    private Requirement requirement(Draft draft, Optional<Source> source, List<Problem> wrong)
            throws InvalidRulesException {
        Check check = check(draft);
        checkReferences(draft, check, wrong);
        if (source.isEmpty() || !wrong.isEmpty()) {
            throw new InvalidRulesException(wrong);
        }
        return new Requirement(
                draft.id(),
                byLabel(Level.values(), Level::label, draft.text("level")),
                draft.text("title"),
                byLabel(SettledBy.values(), SettledBy::label, draft.text("settledBy")),
                conditions(draft.field("appliesTo").value()),
                check,
                source.get(),
                texts(draft.field("notes").value()),
                draft.text("remedy"));
    }

    private Optional<Source> source(Draft draft, Platform platform, List<Problem> wrong) {
        Draft.Given given = draft.field("source");
        String key = given.value().path("document").asText();
        List<Object> path = step(given.path(), "document");
        Documents documents = resolution.documents();
        Optional<String> title = documents.title(key);
        if (title.isEmpty()) {
            wrong.add(given.file()
                    .at(path, "there is no document " + Wording.quoted(key) + Wording.known(key, documents.names())));
            return Optional.empty();
        }
        Optional<String> url = documents.address(key, platform);
        if (url.isEmpty()) {
            wrong.add(given.file()
                    .at(path, "the document " + Wording.quoted(key) + " has no \"url\" for " + platform.label()));
        }
        return url.map(
                address -> new Source(title.get(), given.value().path("section").asText(), address));
    }

    /** The check that the fields {@code kind} and {@code parameters} make. */
    static Check check(Draft draft) throws InvalidRulesException {
        String kind = draft.text("kind");
        Draft.Given given = draft.field("parameters");
        // The file's own check cannot see parameters whose kind another file names.
        String definition = "parameters-" + kind;
        if (!QuickCheck.accepts(Schema.PACK, definition, given.value())) {
            throw new InvalidRulesException(
                    SchemaCheck.check(given.file(), Schema.PACK, definition, given.path(), given.value()));
        }
        Class<? extends Check> type = Optional.<Class<? extends Check>>ofNullable(Check.KINDS.get(kind))
                .orElseThrow();
        return Binder.bind(given.file(), given.path(), wordsAsText(given.value(), type), type);
    }

    /** Flags and whole numbers that stand for texts may be written without quotes; decimals may not, and never get here. */
    private static JsonNode wordsAsText(JsonNode value, Class<? extends Check> type) {
        boolean comparesTexts = type == Check.FactComparison.class || type == Check.TargetOption.class;
        return comparesTexts ? asText(value) : value;
    }

    private static JsonNode asText(JsonNode value) {
        if (value.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            value.properties().forEach(field -> object.set(field.getKey(), asText(field.getValue())));
            return object;
        }
        if (value.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            value.forEach(item -> array.add(asText(item)));
            return array;
        }
        return TextNode.valueOf(value.asText());
    }

    private void checkReferences(Draft draft, Check check, List<Problem> wrong) {
        Draft.Given given = draft.field("parameters");
        if (check instanceof Check.DistributionSatisfies satisfies) {
            Set<String> ids = resolution.ids();
            checkKnown(given, step(given.path(), "listedBy"), "requirement", satisfies.listedBy(), ids, wrong);
            for (int i = 0; i < satisfies.satisfies().size(); i++) {
                String id = satisfies.satisfies().get(i);
                String prefix = id.endsWith("*") ? id.substring(0, id.length() - 1) : "";
                boolean someMatch = id.endsWith("*") && ids.stream().anyMatch(known -> known.startsWith(prefix));
                if (!someMatch) {
                    checkKnown(given, step(given.path(), "satisfies", i), "requirement", id, ids, wrong);
                }
            }
        }
        if (check instanceof Check.FactComparison comparison && !facts.isEmpty()) {
            checkFact(given, comparison.fact(), wrong);
        }
        Set<String> capabilities = knowledge.kernel().capabilities().keySet();
        if (check instanceof Check.KernelCapability capability && !capabilities.isEmpty()) {
            String what = "kernel capability in rules/knowledge";
            checkKnown(given, step(given.path(), "name"), what, capability.name(), capabilities, wrong);
        }
        List<OpenstackReleases.OpenstackRelease> releases =
                knowledge.openstack().releases();
        if (check instanceof Check.OpenstackRelease release && !releases.isEmpty()) {
            List<String> names = releases.stream()
                    .map(OpenstackReleases.OpenstackRelease::name)
                    .toList();
            if (!release.minimum().isEmpty()) {
                checkKnown(given, step(given.path(), "minimum"), "OpenStack release", release.minimum(), names, wrong);
            }
            for (int i = 0; i < release.tested().size(); i++) {
                String name = release.tested().get(i);
                checkKnown(given, step(given.path(), "tested", i), "OpenStack release", name, names, wrong);
            }
        }
        List<String> providers = knowledge.network().providers().stream()
                .map(NetworkProviders.NetworkProvider::name)
                .toList();
        if (check instanceof Check.NetworkProvider provider && !providers.isEmpty()) {
            for (int i = 0; i < provider.allowed().size(); i++) {
                String name = provider.allowed().get(i);
                String what = "network provider in rules/knowledge";
                checkKnown(given, step(given.path(), "allowed", i), what, name, providers, wrong);
            }
        }
        if (check instanceof Check.TargetOption target) {
            List<String> values = TargetOptions.VALUES.getOrDefault(target.option(), List.of());
            for (int i = 0; i < target.anyOf().size() && !values.isEmpty(); i++) {
                String value = target.anyOf().get(i);
                String what = "value of " + target.option();
                checkKnown(given, step(given.path(), "anyOf", i), what, value, values, wrong);
            }
        }
    }

    /** A fact is named by itself, or by the name of a table and an entry of it. */
    void checkFact(Draft.Given given, String name, List<Problem> wrong) {
        if (!facts.isEmpty() && facts.stream().noneMatch(fact -> name.equals(fact) || name.startsWith(fact + "."))) {
            checkKnown(given, step(given.path(), "fact"), "fact", name, facts, wrong);
        }
    }

    /** Notes a problem at the place where the word is none of the known ones. */
    static void checkKnown(
            Draft.Given given,
            List<Object> path,
            String what,
            String word,
            Collection<String> known,
            List<Problem> wrong) {
        if (!known.contains(word)) {
            wrong.add(given.file()
                    .at(path, "there is no " + what + " " + Wording.quoted(word) + Wording.known(word, known)));
        }
    }

    /** Option name to values. */
    static Map<String, List<String>> conditions(JsonNode tree) {
        Map<String, List<String>> conditions = new LinkedHashMap<>();
        tree.properties().forEach(condition -> conditions.put(condition.getKey(), texts(condition.getValue())));
        return conditions;
    }

    static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static <T> T byLabel(T[] values, Function<T, String> label, String text) {
        return Stream.of(values)
                .filter(value -> label.apply(value).equals(text))
                .findFirst()
                .orElseThrow();
    }

    /** A path with more steps. */
    static List<Object> step(List<Object> path, Object... steps) {
        return Stream.concat(path.stream(), Stream.of(steps)).toList();
    }
}
