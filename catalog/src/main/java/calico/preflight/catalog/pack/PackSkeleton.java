package calico.preflight.catalog.pack;

import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.target.TargetOptions;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The beginning of a pack that extends another: a file that holds as it is, and in comments an example of everything that
 * it may say, made of what the other pack says. A comment is a line that begins with {@code # }; a line that begins with
 * {@code #} and no space is an example, which holds too once the sign is taken away.
 */
public final class PackSkeleton {

    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_./*-]*");
    private static final Set<String> NO_TEXT = Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    private final StringBuilder text = new StringBuilder();

    private PackSkeleton() {}

    /**
     * The text of the file.
     *
     * @param id of the new pack
     * @param calico its version
     * @param parent the id of the pack that it extends
     * @param schema where the schema of packs stands, as seen from the file
     */
    static String of(String id, CalicoVersion calico, String parent, Resolution inherited, String schema) {
        return new PackSkeleton().write(id, calico, parent, inherited, schema);
    }

    private String write(String id, CalicoVersion calico, String parent, Resolution inherited, String schema) {
        List<Platform> platforms = inherited.platforms();
        Optional<Platform> first = platforms.stream().findFirst();
        Collection<Draft> drafts = first.map(inherited::drafts).orElse(List.of());
        text.append("# yaml-language-server: $schema=").append(schema).append('\n');
        line("schema: calico-preflight/rule-pack/1");
        line("id: " + plain(id));
        line("calico: " + plain(calico.toString()));
        line("extends: " + plain(parent));
        comment("Only what is not as in " + parent
                + " stands here. What follows are examples: take the # away from the");
        more("lines that you need, and let the rest go. \"packs show\" shows what it all comes to.");
        first.ifPresent(platform -> {
            documents(inherited, platform, calico);
            defaults(inherited, platform);
            offers(inherited, platform);
            unsupported(platforms);
        });
        drafts.stream()
                .filter(draft -> draft.text("kind").equals("kernel-version"))
                .findFirst()
                .or(() -> drafts.stream().findFirst())
                .ifPresent(this::override);
        drafts.stream().reduce((one, other) -> other).ifPresent(this::remove);
        first.ifPresent(platform -> requirement(inherited, platform));
        return text.toString();
    }

    private void documents(Resolution inherited, Platform platform, CalicoVersion calico) {
        Documents documents = inherited.documents().in(calico);
        documents.names().stream().findFirst().ifPresent(name -> {
            comment(
                    "The documents that requirements name as their source are inherited, with this version in their titles and");
            more("addresses. Only one that is new, or has moved, stands here.");
            ObjectNode document = JsonNodeFactory.instance.objectNode();
            document.put("title", documents.title(name).orElse(name));
            document.put("url", documents.address(name, platform).orElse("https://"));
            example("documents:");
            example("  " + name + ": " + flow(document));
        });
    }

    private void defaults(Resolution inherited, Platform platform) {
        comment("What the documents have as default for the options of a target, per platform, where that changed. A");
        more("platform that the documents begin to support is one that has defaults.");
        ObjectNode defaults = JsonNodeFactory.instance.objectNode();
        inherited.defaults(platform).forEach(defaults::put);
        example("defaults:");
        example("  " + platform.label() + ": " + flow(defaults));
    }

    private void offers(Resolution inherited, Platform platform) {
        comment("The values of an option that the documents know, where they do not know all.");
        List<String> known = inherited
                .offers(platform)
                .getOrDefault("dataplane", TargetOptions.VALUES.getOrDefault("dataplane", List.of()));
        ObjectNode offers = JsonNodeFactory.instance.objectNode();
        known.forEach(offers.putArray("dataplane")::add);
        example("offers:");
        example("  " + platform.label() + ": " + flow(offers));
    }

    private void unsupported(List<Platform> platforms) {
        if (platforms.size() > 1) {
            comment("A platform that the documents no longer support, and why.");
            example("unsupported:");
            example("  " + platforms.get(platforms.size() - 1).label()
                    + ": the documents of this version have no page for it");
        }
    }

    private void override(Draft draft) {
        comment(
                "What asks for another thing now. Only the fields that change; a field replaces the old one as a whole. Give");
        more(
                "\"title\", \"notes\" and \"source\" too where the inherited ones no longer hold. \"platforms\" leaves the others as");
        more("they are, \"since\" and \"until\" name the patch of a change.");
        example("override:");
        example("  - id: " + plain(draft.id()));
        example("    title: " + plain(draft.text("title")));
        example("    parameters: " + flow(draft.field("parameters").value()));
        example("    notes: []");
    }

    private void remove(Draft draft) {
        comment("What is no longer asked for, and why. A removal needs no test case; \"packs diff\" shows it.");
        example("remove:");
        example("  - id: " + plain(draft.id()));
        example("    because: the page no longer names it");
    }

    private void requirement(Resolution inherited, Platform platform) {
        comment(
                "What is asked for beside. \"facts list\" names the facts that the kind fact compares (equalTo, anyOf, noneOf,");
        more(
                "atLeast, atMost, contains or present; ifAbsent says what it means where the fact is not there: met, unmet or");
        more(
                "unknown); the schema in the first line names the other kinds. Level: must fails a host, recommended and tested");
        more("warn. settledBy: image, host, network or datastore. Without \"platforms\" it holds on all.");
        String document = inherited.documents().names().stream().findFirst().orElse("requirements");
        example("requirements:");
        example("  - id: sysctl/example");
        example("    kind: fact");
        example("    level: must");
        example("    settledBy: host");
        example("    platforms: [" + platform.label() + "]");
        example("    title: A few words without a final period");
        example("    appliesTo: {ipFamily: [ipv4, dual]}");
        example("    parameters: {fact: sysctl.net.ipv4.ip_forward, equalTo: \"1\"}");
        example("    source: {document: " + plain(document) + ", section: The heading above it}");
        example("    remedy: Run sysctl -w net.ipv4.ip_forward=1 and keep the setting in a file in /etc/sysctl.d.");
    }

    /**
     * The beginning of the test cases of such a pack: a host of which nothing is known, and in comments a further one.
     *
     * @param id of the pack
     * @param open what stays open on such a host; not empty
     * @param schema where the schema of test cases stands, as seen from the file
     */
    public static String cases(String id, Platform platform, List<String> open, String schema) {
        return new PackSkeleton().writeCases(id, platform, open, schema);
    }

    private String writeCases(String id, Platform platform, List<String> open, String schema) {
        text.append("# yaml-language-server: $schema=").append(schema).append('\n');
        line("schema: calico-preflight/pack-test/1");
        line("pack: " + plain(id));
        comment(
                "Made-up hosts, and what the pack must say of them. A fact that a case does not name is unknown. Give every");
        more("requirement that is new here a host that meets it, one that does not, and one that does not show it.");
        line("cases:");
        line("  - name: a host of which nothing is known neither meets nor fails what is asked for");
        line("    target: {platform: " + platform.label() + "}");
        line("    facts: {}");
        line("    expect:");
        open.forEach(requirement -> line("      " + plain(requirement) + ": UNKNOWN"));
        comment("A host of which one thing is known:");
        example("  - name: a host with IPv4 forwarding on");
        example("    target: {platform: " + platform.label() + ", ipFamily: ipv4}");
        example("    facts: {sysctl.net.ipv4.ip_forward: \"1\"}");
        example("    expect: {" + plain(open.get(0)) + ": UNKNOWN}");
        return text.toString();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private void comment(String words) {
        text.append("\n# ").append(words).append('\n');
    }

    private void more(String words) {
        text.append("# ").append(words).append('\n');
    }

    private void example(String line) {
        text.append('#').append(line).append('\n');
    }

    /** On one line, as a person would write it: quoted only where YAML would take it for something else. */
    private static String flow(JsonNode node) {
        if (node.isObject()) {
            return node.properties().stream()
                    .map(field -> plain(field.getKey()) + ": " + flow(field.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (node.isArray()) {
            return StreamSupport.stream(node.spliterator(), false)
                    .map(PackSkeleton::flow)
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        return node.isTextual() ? plain(node.asText()) : node.toString();
    }

    /** A text that is a word stands as it is, any other in quotes; nothing in it steers a terminal. */
    private static String plain(String text) {
        boolean word = WORD.matcher(text).matches() && !NO_TEXT.contains(text);
        return word ? text : JsonNodeFactory.instance.textNode(text).toString();
    }
}
