package calico.preflight.cli.render;

import calico.preflight.cli.console.Palette.Style;
import calico.preflight.facts.FactType;
import java.util.List;

/**
 * The list of all facts.
 *
 * @param types in the order in which they are shown
 */
public record FactListing(List<FactType> types) {

    public FactListing {
        types = List.copyOf(types);
    }

    /** The schema of the list. */
    public static final String SCHEMA = "calico-preflight/fact-types/1";

    /** The list as a document. */
    public Documents.Content document() {
        return json -> {
            json.writeStartObject();
            json.writeStringField("schema", SCHEMA);
            json.writeArrayFieldStart("facts");
            for (FactType type : types) {
                json.writeStartObject();
                json.writeStringField("name", type.name());
                json.writeStringField("type", type.kind().label());
                json.writeStringField("unit", type.unit());
                json.writeStringField("description", type.description());
                json.writeStringField("comesFrom", type.comesFrom());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        };
    }

    /** The list for a person. */
    public String text(TextReport.Look look) {
        TextPage page = new TextPage(look.width(), look.palette());
        for (FactType type : types) {
            String unit = type.unit().isEmpty() ? "" : " (" + type.unit() + ")";
            page.entry(
                    Style.BOLD,
                    0,
                    type.name(),
                    type.name().length() + 2,
                    type.kind().label() + unit);
            page.paragraph(4, type.description());
            page.paragraph(4, "from: " + type.comesFrom());
        }
        return page.toString();
    }
}
