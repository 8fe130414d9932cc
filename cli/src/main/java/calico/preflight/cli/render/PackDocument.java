package calico.preflight.cli.render;

import calico.preflight.cli.console.Palette.Style;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * A resolved pack of the schema {@code calico-preflight/pack/1}.
 *
 * @param tree the pack as the catalog describes it
 */
public record PackDocument(JsonNode tree) {

    private static final int COLUMN = 16;

    /** The pack as a document. */
    public Documents.Content document() {
        return json -> new ObjectMapper().writeTree(json, tree);
    }

    /** The pack for a person. */
    public String text(TextReport.Look look) {
        TextPage page = new TextPage(look.width(), look.palette());
        JsonNode requirements = tree.path("requirements");
        page.line(
                Style.BOLD,
                tree.path("id").asText() + " on " + tree.path("platform").asText() + ": " + requirements.size()
                        + (requirements.size() == 1 ? " requirement" : " requirements"));
        for (JsonNode requirement : requirements) {
            page.gap();
            String id = requirement.path("id").asText();
            page.entry(
                    Style.BOLD,
                    0,
                    id,
                    id.length() + 2,
                    requirement.path("level").asText());
            page.paragraph(4, requirement.path("title").asText());
            entry(page, "asks for", FieldWords.of(requirement.path("parameters")));
            entry(page, "only where", FieldWords.of(requirement.path("appliesTo")));
            JsonNode source = requirement.path("source");
            String section = source.path("section").asText();
            entry(
                    page,
                    "asked by",
                    source.path("document").asText() + (section.isEmpty() ? "" : ", \"" + section + "\""));
            entry(page, "added by", requirement.path("addedBy").asText());
            entry(page, "amended by", FieldWords.of(requirement.path("amendedBy")));
            requirement.path("notes").forEach(note -> entry(page, "note", note.asText()));
        }
        return page.toString();
    }

    private static void entry(TextPage page, String label, String words) {
        if (!words.isEmpty()) {
            page.entry(4, label, COLUMN, words);
        }
    }
}
