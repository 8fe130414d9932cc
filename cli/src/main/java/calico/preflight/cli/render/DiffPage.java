package calico.preflight.cli.render;

import calico.preflight.catalog.pack.PackDiff;
import calico.preflight.catalog.pack.PackDiff.Added;
import calico.preflight.catalog.pack.PackDiff.Changed;
import calico.preflight.catalog.pack.PackDiff.Field;
import calico.preflight.catalog.pack.PackDiff.On;
import calico.preflight.catalog.pack.PackDiff.Removed;
import calico.preflight.catalog.pack.Removal;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Platform;
import calico.preflight.cli.console.Palette.Style;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What changed from one pack to another, in words and as a document of the schema {@code calico-preflight/pack-diff/1}.
 *
 * @param compared the platforms that were compared
 */
public record DiffPage(Side from, Side to, List<Platform> compared, PackDiff diff) {

    /** The schema of the document. */
    public static final String SCHEMA = "calico-preflight/pack-diff/1";

    private static final int INDENT = 4;
    private static final int COLUMN = 16;
    private static final int FIELD_COLUMN = 26;

    public DiffPage {
        compared = List.copyOf(compared);
    }

    /**
     * A pack that is compared.
     *
     * @param calico the version that it was taken for
     * @param platforms all that it serves
     */
    public record Side(String id, CalicoVersion calico, List<Platform> platforms) {
        public Side {
            platforms = List.copyOf(platforms);
        }
    }

    /** The changes for a person. */
    public String text(TextReport.Look look) {
        TextPage page = new TextPage(look.width(), look.palette());
        page.line(Style.BOLD, name(from) + arrow(look) + name(to) + " on " + labels(compared) + ": " + counts());
        newPlatforms(page, to, from, "is supported now");
        newPlatforms(page, from, to, "is no longer supported");
        group(page, "ADDED", Style.GREEN, diff.added(), added -> added(page, added));
        group(page, "REMOVED", Style.RED, diff.removed(), removed -> {});
        removed(page);
        group(page, "CHANGED", Style.YELLOW, diff.changed(), changed -> changed(page, changed, look));
        group(page, "OPTIONS", Style.BOLD, diff.options(), option -> field(page, option, look));
        return page.toString();
    }

    private String counts() {
        if (diff.isEmpty()) {
            return "nothing changed";
        }
        return diff.added().size() + " added, " + diff.removed().size() + " removed, "
                + diff.changed().size() + " changed";
    }

    private static String name(Side side) {
        return side.id().equals("calico-" + side.calico().minorVersion())
                ? "Calico " + side.calico()
                : side.id() + " (Calico " + side.calico() + ")";
    }

    private static String arrow(TextReport.Look look) {
        return look.unicode() ? " → " : " -> ";
    }

    private void newPlatforms(TextPage page, Side one, Side other, String words) {
        one.platforms().stream()
                .filter(platform -> !other.platforms().contains(platform))
                .forEach(platform -> page.line("  " + platform.label() + " " + words));
    }

    private static <T> void group(
            TextPage page, String heading, Style style, List<On<T>> changes, Consumer<On<T>> write) {
        if (!changes.isEmpty()) {
            page.gap().line(style, heading + " (" + changes.size() + ")").gap();
            changes.forEach(write);
        }
    }

    private void added(TextPage page, On<Added> on) {
        JsonNode requirement = on.change().requirement();
        head(page, Style.GREEN, "+", on.change().id(), requirement.path("level").asText() + where(on));
        page.paragraph(INDENT, requirement.path("title").asText());
        entry(page, "asks for", FieldWords.of(requirement.path("parameters")));
        entry(page, "only where", FieldWords.of(requirement.path("appliesTo")));
        JsonNode source = requirement.path("source");
        entry(
                page,
                "asked by",
                source.path("document").asText() + ", \""
                        + source.path("section").asText() + "\"");
    }

    /** What was removed for one reason stands together. */
    private void removed(TextPage page) {
        Map<String, List<String>> byReason = new LinkedHashMap<>();
        for (On<Removed> on : diff.removed()) {
            String reason = on.change()
                    .removal()
                    .map(removal -> removal.because() + " (" + removal.pack() + ")")
                    .orElse("It is not in " + to.id() + ".");
            byReason.computeIfAbsent(reason, any -> new ArrayList<>())
                    .add(on.change().id() + where(on));
        }
        byReason.forEach((reason, ids) -> {
            ids.forEach(id -> page.line(Style.RED, "- " + id));
            entry(page, "because", reason);
        });
    }

    private void changed(TextPage page, On<Changed> on, TextReport.Look look) {
        head(page, Style.YELLOW, "~", on.change().id(), on.change().title() + where(on));
        for (Field field : on.change().fields()) {
            page.entry(
                    INDENT, word(field.name()), FIELD_COLUMN, FieldWords.change(field.from(), field.to(), arrow(look)));
        }
    }

    private void field(TextPage page, On<Field> on, TextReport.Look look) {
        Field field = on.change();
        page.entry(
                INDENT,
                field.name().replaceFirst("\\.", " "),
                FIELD_COLUMN,
                FieldWords.change(field.from(), field.to(), arrow(look)) + where(on));
    }

    /** {@code parameters.minimum}: minimum; {@code appliesTo.encapsulation}: where encapsulation. */
    private static String word(String field) {
        return field.replaceFirst("^(parameters|source)\\.", "").replaceFirst("^appliesTo\\.", "where ");
    }

    private static void head(TextPage page, Style style, String sign, String id, String words) {
        page.entry(style, 0, sign + " " + id, id.length() + 4, words);
    }

    private static void entry(TextPage page, String label, String words) {
        if (!words.isEmpty()) {
            page.entry(INDENT, label, COLUMN, words);
        }
    }

    /** The platforms, where it is not all that were compared. */
    private String where(On<?> on) {
        return on.platforms().size() == compared.size() ? "" : " (" + labels(on.platforms()) + ")";
    }

    private static String labels(List<Platform> platforms) {
        return platforms.stream().map(Platform::label).collect(Collectors.joining(", "));
    }

    /** The changes as a document. */
    public Documents.Content document() {
        return json -> {
            json.writeStartObject();
            json.writeStringField("schema", SCHEMA);
            side(json, "from", from);
            side(json, "to", to);
            platforms(json, compared);
            list(json, "added", diff.added(), added -> {
                json.writeStringField("id", added.id());
                requirement(json, added.requirement());
            });
            list(json, "removed", diff.removed(), removed -> {
                json.writeStringField("id", removed.id());
                because(json, removed.removal());
                requirement(json, removed.requirement());
            });
            list(json, "changed", diff.changed(), changed -> {
                json.writeStringField("id", changed.id());
                json.writeStringField("title", changed.title());
                json.writeArrayFieldStart("fields");
                for (Field field : changed.fields()) {
                    json.writeStartObject();
                    field(json, field);
                    json.writeEndObject();
                }
                json.writeEndArray();
            });
            list(json, "options", diff.options(), field -> field(json, field));
            json.writeEndObject();
        };
    }

    @FunctionalInterface
    private interface Fields<T> {
        void write(T change) throws IOException;
    }

    private static <T> void list(JsonGenerator json, String name, List<On<T>> changes, Fields<T> fields)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (On<T> on : changes) {
            json.writeStartObject();
            fields.write(on.change());
            platforms(json, on.platforms());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void side(JsonGenerator json, String name, Side side) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("id", side.id());
        json.writeStringField("calico", side.calico().toString());
        platforms(json, side.platforms());
        json.writeEndObject();
    }

    private static void platforms(JsonGenerator json, List<Platform> platforms) throws IOException {
        json.writeArrayFieldStart("platforms");
        for (Platform platform : platforms) {
            json.writeString(platform.label());
        }
        json.writeEndArray();
    }

    private static void because(JsonGenerator json, Optional<Removal> removal) throws IOException {
        if (removal.isPresent()) {
            json.writeStringField("because", removal.get().because());
            json.writeStringField("removedBy", removal.get().pack());
        } else {
            json.writeNullField("because");
            json.writeNullField("removedBy");
        }
    }

    private static void requirement(JsonGenerator json, JsonNode requirement) throws IOException {
        json.writeFieldName("requirement");
        new ObjectMapper().writeTree(json, requirement);
    }

    private static void field(JsonGenerator json, Field field) throws IOException {
        json.writeStringField("field", field.name());
        value(json, "from", field.from());
        value(json, "to", field.to());
    }

    private static void value(JsonGenerator json, String name, JsonNode value) throws IOException {
        json.writeFieldName(name);
        if (value.isMissingNode()) {
            json.writeNull();
        } else {
            new ObjectMapper().writeTree(json, value);
        }
    }
}
