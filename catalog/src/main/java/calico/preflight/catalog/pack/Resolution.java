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

/** One walk along a chain of packs, oldest first, for one version of Calico and all platforms. */
final class Resolution {

    private final CalicoVersion version;
    private final Map<Platform, Map<String, Draft>> drafts = new EnumMap<>(Platform.class);
    private final Map<Platform, Map<String, String>> defaults = new EnumMap<>(Platform.class);
    private final Map<Platform, String> unsupported = new EnumMap<>(Platform.class);
    private final Map<String, PackSource.Document> documents = new LinkedHashMap<>();
    private final Set<Problem> problems = new LinkedHashSet<>();

    Resolution(CalicoVersion version) {
        this.version = version;
        Arrays.stream(Platform.values()).forEach(platform -> drafts.put(platform, new LinkedHashMap<>()));
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

    Map<String, PackSource.Document> documents() {
        return documents;
    }

    Collection<Draft> drafts(Platform platform) {
        return drafts.getOrDefault(platform, Map.of()).values();
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

    /** Goes one pack further. */
    void apply(Pack pack) {
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
        documents.putAll(source.documents());
        held(pack, "remove", source.remove()).forEach(this::remove);
        held(pack, "override", source.override()).forEach(this::override);
        held(pack, "requirements", source.requirements()).forEach(statement -> add(pack, statement));
    }

    private List<Statement> held(Pack pack, String list, List<ObjectNode> entries) {
        List<Statement> held = new ArrayList<>();
        Statement.all(pack, list, entries).forEach(statement -> {
            checkPlatforms(pack, statement);
            if (statement.holdsFor(version)) {
                held.add(statement);
            }
        });
        return held;
    }

    private void remove(Statement statement) {
        for (Platform platform : present(statement, "remove")) {
            of(platform).remove(statement.id().value().asText());
        }
    }

    private void override(Statement statement) {
        Draft change = Draft.of(statement);
        for (Platform platform : present(statement, "override")) {
            of(platform).computeIfPresent(change.id(), (id, draft) -> draft.with(change));
        }
    }

    private void add(Pack pack, Statement statement) {
        Draft draft = Draft.of(statement);
        for (Platform platform : platforms(statement)) {
            Draft before = of(platform).putIfAbsent(draft.id(), draft);
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

    /** The platforms on which a requirement that the statement changes is there; it is a problem where it should be and is not. */
    private List<Platform> present(Statement statement, String verb) {
        String id = statement.id().value().asText();
        List<Platform> present = new ArrayList<>();
        List<Platform> absent = new ArrayList<>();
        for (Platform platform : platforms(statement)) {
            (of(platform).containsKey(id) ? present : absent).add(platform);
        }
        boolean named = !statement.platforms().isEmpty();
        if (present.isEmpty() || (named && !absent.isEmpty())) {
            Set<String> known = platforms(statement).stream()
                    .flatMap(platform -> of(platform).keySet().stream())
                    .collect(Collectors.toCollection(TreeSet::new));
            String where = named ? " on " + absent.stream().map(Platform::label).collect(Collectors.joining(", ")) : "";
            String message = known.contains(id)
                    ? "there is no requirement " + Wording.quoted(id) + where + " to " + verb
                    : "there is no requirement " + Wording.quoted(id) + where + " to " + verb
                            + Wording.known(id, known);
            problem(statement.id(), message);
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

    private Map<String, Draft> of(Platform platform) {
        return drafts.computeIfAbsent(platform, any -> new LinkedHashMap<>());
    }

    private void problem(Draft.Given place, String message) {
        problems.add(place.file().at(place.path(), message));
    }

    /** The address of a document for a platform. */
    static Optional<String> url(PackSource.Document document, Platform platform) {
        JsonNode url = document.url();
        JsonNode chosen = url.isTextual() ? url : url.path(platform.label());
        return Optional.of(chosen.asText()).filter(text -> !text.isEmpty());
    }
}
