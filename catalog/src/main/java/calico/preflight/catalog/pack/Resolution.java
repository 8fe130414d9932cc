package calico.preflight.catalog.pack;

import calico.preflight.catalog.Problem;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.target.TargetOptions;
import calico.preflight.catalog.yaml.Wording;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a chain of packs comes to, oldest first, for one version of Calico and all platforms. It stays as it is: one pack
 * further is another one, so that the packs which build on it can share it.
 */
final class Resolution {

    /** Where every chain begins. */
    static final Resolution NOTHING = new Resolution(Documents.NONE);

    private final Map<Platform, Map<String, Draft>> drafts = new EnumMap<>(Platform.class);
    private final Map<Platform, Map<String, Gone>> removed = new EnumMap<>(Platform.class);
    private final Map<Platform, Map<String, String>> defaults = new EnumMap<>(Platform.class);
    private final Map<Platform, Map<String, List<String>>> offers = new EnumMap<>(Platform.class);
    private final Map<Platform, String> unsupported = new EnumMap<>(Platform.class);
    private final Documents documents;
    private final Set<Problem> problems = new LinkedHashSet<>();

    /** A requirement that a pack removed, as it was then. */
    private record Gone(Draft draft, Removal removal) {}

    private Resolution(Documents documents) {
        this.documents = documents;
    }

    /**
     * One pack further.
     *
     * @param version for which the pack's entries hold or do not
     */
    Resolution then(Pack pack, CalicoVersion version) {
        Resolution further = new Resolution(documents.in(version));
        drafts.forEach((platform, there) -> further.drafts.put(platform, new LinkedHashMap<>(there)));
        removed.forEach((platform, gone) -> further.removed.put(platform, new LinkedHashMap<>(gone)));
        defaults.forEach((platform, options) -> further.defaults.put(platform, new LinkedHashMap<>(options)));
        offers.forEach((platform, options) -> further.offers.put(platform, new LinkedHashMap<>(options)));
        further.unsupported.putAll(unsupported);
        further.problems.addAll(problems);
        further.apply(pack, version);
        return further;
    }

    /** The platforms that there are requirements for, by the last pack of the chain: it has defaults for them. */
    List<Platform> platforms() {
        return defaults.keySet().stream()
                .filter(platform -> !unsupported.containsKey(platform))
                .toList();
    }

    Optional<String> whyUnsupported(Platform platform) {
        return Optional.ofNullable(unsupported.get(platform));
    }

    Map<String, String> defaults(Platform platform) {
        return defaults.getOrDefault(platform, Map.of());
    }

    /** The values that are offered, by the options for which not all are. */
    Map<String, List<String>> offers(Platform platform) {
        return offers.getOrDefault(platform, Map.of());
    }

    /** What was removed and did not come back, by id. */
    Map<String, Removal> removed(Platform platform) {
        Map<String, Removal> removals = new LinkedHashMap<>();
        removed.getOrDefault(platform, Map.of()).forEach((id, gone) -> removals.put(id, gone.removal()));
        return removals;
    }

    Documents documents() {
        return documents;
    }

    /**
     * The requirements of a platform. Those of one family (the ids that begin with the same word: {@code port/bgp} and
     * {@code port/typha}) stand together, so that their order does not tell which version brought them.
     */
    Collection<Draft> drafts(Platform platform) {
        Map<String, List<Draft>> families = new LinkedHashMap<>();
        drafts.getOrDefault(platform, Map.of())
                .forEach((id, draft) -> families.computeIfAbsent(id.split("/", 2)[0], any -> new ArrayList<>())
                        .add(draft));
        return families.values().stream().flatMap(List::stream).toList();
    }

    /** The ids of all platforms. */
    Set<String> ids() {
        return drafts.values().stream()
                .flatMap(platform -> platform.keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Set<Problem> problems() {
        return problems;
    }

    private void apply(Pack pack, CalicoVersion version) {
        PackSource source = pack.source();
        source.defaults().forEach((platform, options) -> {
            Platform known = TargetOptions.platform(platform).orElseThrow();
            unsupported.remove(known);
            Map<String, String> merged = defaults.computeIfAbsent(known, any -> new LinkedHashMap<>());
            options.forEach((option, value) -> merged.put(option, value.asText()));
        });
        source.unsupported()
                .forEach((platform, why) ->
                        unsupported.put(TargetOptions.platform(platform).orElseThrow(), why));
        source.offers().forEach((platform, options) -> offers.computeIfAbsent(
                        TargetOptions.platform(platform).orElseThrow(), any -> new LinkedHashMap<>())
                .putAll(offered(options)));
        checkDefaults(pack);
        documents.apply(pack, problems);
        held(pack, version, "remove", source.remove()).forEach(statement -> remove(pack, statement));
        held(pack, version, "restore", source.restore()).forEach(this::restore);
        held(pack, version, "requirements", source.requirements()).forEach(statement -> add(pack, statement));
        // Last, so that a pack can state a requirement for all platforms and say how it differs on one of them.
        held(pack, version, "override", source.override()).forEach(this::override);
    }

    private static Map<String, List<String>> offered(Map<String, List<JsonNode>> options) {
        Map<String, List<String>> offered = new LinkedHashMap<>();
        options.forEach((option, values) ->
                offered.put(option, values.stream().map(JsonNode::asText).toList()));
        return offered;
    }

    /** A default that is not offered is a mistake of the pack that says the one or the other. */
    private void checkDefaults(Pack pack) {
        offers.forEach((platform, options) -> options.forEach((option, values) -> {
            String value = defaults(platform).getOrDefault(option, "");
            boolean ownOffer = pack.source()
                    .offers()
                    .getOrDefault(platform.label(), Map.of())
                    .containsKey(option);
            boolean ownDefault = pack.source()
                    .defaults()
                    .getOrDefault(platform.label(), Map.of())
                    .containsKey(option);
            if (!value.isEmpty() && !values.contains(value) && (ownOffer || ownDefault)) {
                problems.add(pack.yaml()
                        .at(
                                List.of(ownDefault ? "defaults" : "offers", platform.label(), option),
                                "the default of " + option + " on " + platform.label() + " is "
                                        + Wording.quoted(value) + ", which is not offered"
                                        + Wording.allowed(value, values)));
            }
        }));
    }

    private List<Statement> held(Pack pack, CalicoVersion version, String list, List<ObjectNode> entries) {
        List<Statement> held = new ArrayList<>();
        Statement.all(pack, list, entries).forEach(statement -> {
            checkPlatforms(pack, statement);
            if (statement.holdsFor(version)) {
                held.add(statement);
            }
        });
        return held;
    }

    private void remove(Pack pack, Statement statement) {
        String id = statement.id().value().asText();
        Removal removal = new Removal(
                pack.source().id(), statement.field("because").value().asText());
        for (Platform platform : present(statement, drafts, "to remove")) {
            Draft draft = of(drafts, platform).remove(id);
            if (draft != null) {
                of(removed, platform).put(id, new Gone(draft, removal));
            }
        }
    }

    /** Takes back what a pack of the chain removed, as it was then. */
    private void restore(Statement statement) {
        String id = statement.id().value().asText();
        for (Platform platform : present(statement, removed, "that an older pack removed")) {
            Gone gone = of(removed, platform).remove(id);
            if (gone != null && of(drafts, platform).putIfAbsent(id, gone.draft()) != null) {
                problem(statement.id(), Wording.quoted(id) + " is there already");
            }
        }
    }

    private void override(Statement statement) {
        Draft change = Draft.of(statement);
        for (Platform platform : present(statement, drafts, "to override")) {
            of(drafts, platform).computeIfPresent(change.id(), (id, draft) -> draft.with(change));
        }
    }

    private void add(Pack pack, Statement statement) {
        Draft draft = Draft.of(statement);
        for (Platform platform : platforms(statement)) {
            Draft before = of(drafts, platform).putIfAbsent(draft.id(), draft);
            of(removed, platform).remove(draft.id());
            if (before != null) {
                boolean own = before.origin().file() == pack.yaml();
                String message = Wording.quoted(draft.id()) + " is there already"
                        + (own ? "" : ", from " + before.origin().file().name())
                        + (own
                                ? "; give this one another id, or let the two name different platforms"
                                : "; to change it, put it below \"override\"");
                problem(statement.id(), message);
            }
        }
    }

    /** The platforms on which the requirement of a statement is there; it is a problem where it should be and is not. */
    private <T> List<Platform> present(Statement statement, Map<Platform, Map<String, T>> there, String purpose) {
        String id = statement.id().value().asText();
        List<Platform> present = new ArrayList<>();
        List<Platform> absent = new ArrayList<>();
        for (Platform platform : platforms(statement)) {
            (of(there, platform).containsKey(id) ? present : absent).add(platform);
        }
        boolean named = !statement.platforms().isEmpty();
        if (present.isEmpty() || (named && !absent.isEmpty())) {
            Set<String> known = platforms(statement).stream()
                    .flatMap(platform -> of(there, platform).keySet().stream())
                    .collect(Collectors.toCollection(TreeSet::new));
            String where = named ? " on " + absent.stream().map(Platform::label).collect(Collectors.joining(", ")) : "";
            String message = "there is no requirement " + Wording.quoted(id) + where + " " + purpose;
            problem(statement.id(), known.contains(id) ? message : message + Wording.known(id, known));
        }
        return present;
    }

    private void checkPlatforms(Pack pack, Statement statement) {
        List<String> known = platforms().stream().map(Platform::label).toList();
        List<String> named = statement.platforms();
        for (int i = 0; i < named.size(); i++) {
            if (!known.contains(named.get(i))) {
                List<Object> path = new ArrayList<>(statement.path());
                path.addAll(List.of("platforms", i));
                problems.add(pack.yaml()
                        .at(
                                path,
                                "this pack is not for " + named.get(i)
                                        + ": it has no \"defaults\" for it, or says that it is " + "unsupported"
                                        + Wording.known(named.get(i), known)));
            }
        }
    }

    /** What it names, or all: a platform that a later pack begins to support takes what held for all before. */
    private static List<Platform> platforms(Statement statement) {
        List<String> named = statement.platforms();
        return Arrays.stream(Platform.values())
                .filter(platform -> named.isEmpty() || named.contains(platform.label()))
                .toList();
    }

    private static <T> Map<String, T> of(Map<Platform, Map<String, T>> all, Platform platform) {
        return all.computeIfAbsent(platform, any -> new LinkedHashMap<>());
    }

    private void problem(Draft.Given place, String message) {
        problems.add(place.file().at(place.path(), message));
    }
}
