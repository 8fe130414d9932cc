package calico.preflight.catalog.pack;

import calico.preflight.catalog.Problem;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.target.TargetOptions;
import calico.preflight.catalog.yaml.Wording;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The documents that the packs of a chain name, as they are for one version of Calico. What a pack says of a document holds
 * until a later one says something else of it. In titles and addresses {@code {calico}} stands for the minor version.
 */
final class Documents {

    private static final String VERSION = "{calico}";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^{}]*}?");

    private final String version;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private String site = "";

    /** A document so far. */
    private record Entry(String title, Map<Platform, String> urls) {}

    /** Those of no pack yet. */
    static final Documents NONE = new Documents("");

    private Documents(String version) {
        this.version = version;
    }

    /** The same documents, as they are for another version of Calico. */
    Documents in(CalicoVersion other) {
        Documents copy = new Documents(other.minorVersion().toString());
        copy.entries.putAll(entries);
        copy.site = site;
        return copy;
    }

    /** Notes every placeholder of the pack that stands for nothing. */
    static void checkPlaceholders(Pack pack, Collection<Problem> problems) {
        checkPlaceholders(pack, List.of("documentsAt"), pack.source().documentsAt(), problems);
        pack.source().documents().forEach((name, document) -> {
            checkPlaceholders(pack, List.of("documents", name, "title"), document.title(), problems);
            if (document.url().isTextual()) {
                checkPlaceholders(
                        pack, List.of("documents", name, "url"), document.url().asText(), problems);
            }
            document.url()
                    .properties()
                    .forEach(url -> checkPlaceholders(
                            pack,
                            List.of("documents", name, "url", url.getKey()),
                            url.getValue().asText(),
                            problems));
        });
    }

    private static void checkPlaceholders(Pack pack, List<Object> path, String text, Collection<Problem> problems) {
        for (Matcher found = PLACEHOLDER.matcher(text); found.find(); ) {
            if (!found.group().equals(VERSION)) {
                problems.add(pack.yaml()
                        .at(
                                path,
                                Wording.quoted(found.group()) + " stands for nothing"
                                        + Wording.known(found.group(), List.of(VERSION))));
            }
        }
    }

    /** Goes one pack further. */
    void apply(Pack pack, Collection<Problem> problems) {
        if (!pack.source().documentsAt().isEmpty()) {
            site = pack.source().documentsAt();
        }
        pack.source().documents().forEach((name, change) -> {
            Entry before = entries.getOrDefault(name, new Entry("", Map.of()));
            Map<Platform, String> urls = new EnumMap<>(Platform.class);
            urls.putAll(before.urls());
            urls.putAll(urls(change.url()));
            String title = change.title().isEmpty() ? before.title() : change.title();
            if (title.isEmpty()) {
                problems.add(pack.yaml()
                        .atKey(
                                List.of("documents", name),
                                "the document " + Wording.quoted(name)
                                        + " has no \"title\", and no older pack gives it one"
                                        + (entries.isEmpty() ? "" : Wording.known(name, entries.keySet()))));
            }
            if (site.isEmpty() && urls(change.url()).values().stream().anyMatch(Documents::isRelative)) {
                problems.add(pack.yaml()
                        .at(
                                List.of("documents", name, "url"),
                                "an address begins with https://, or continues that of \"documentsAt\", which no pack"
                                        + " gives here"));
            }
            entries.put(name, new Entry(title, urls));
        });
    }

    Set<String> names() {
        return entries.keySet();
    }

    /** The title of a document; nothing where there is no such document. */
    Optional<String> title(String name) {
        return Optional.ofNullable(entries.get(name)).map(entry -> entry.title().replace(VERSION, version));
    }

    /** The address of a document for a platform; nothing where it has none. */
    Optional<String> address(String name, Platform platform) {
        return Optional.ofNullable(entries.get(name))
                .flatMap(entry -> Optional.ofNullable(entry.urls().get(platform)))
                .map(url -> (isRelative(url) ? site + url : url).replace(VERSION, version));
    }

    private static Map<Platform, String> urls(JsonNode url) {
        Map<Platform, String> urls = new EnumMap<>(Platform.class);
        if (url.isTextual()) {
            Arrays.stream(Platform.values()).forEach(platform -> urls.put(platform, url.asText()));
        }
        url.properties()
                .forEach(one -> urls.put(
                        TargetOptions.platform(one.getKey()).orElseThrow(),
                        one.getValue().asText()));
        return urls;
    }

    private static boolean isRelative(String url) {
        return !url.contains("://");
    }
}
