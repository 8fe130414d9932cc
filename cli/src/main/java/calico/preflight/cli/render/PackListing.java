package calico.preflight.cli.render;

import calico.preflight.catalog.PackHeader;
import calico.preflight.catalog.target.Platform;
import calico.preflight.cli.console.Palette.Style;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The list of packs.
 *
 * @param packs in the order in which they are shown
 */
public record PackListing(List<PackHeader> packs) {

    /** The schema of the list. */
    public static final String SCHEMA = "calico-preflight/packs/1";

    public PackListing {
        packs = List.copyOf(packs);
    }

    /** The list as a document. */
    public Documents.Content document() {
        return json -> {
            json.writeStartObject();
            json.writeStringField("schema", SCHEMA);
            json.writeArrayFieldStart("packs");
            for (PackHeader pack : packs) {
                json.writeStartObject();
                json.writeStringField("id", pack.id());
                json.writeStringField("calico", pack.calico().toString());
                json.writeArrayFieldStart("platforms");
                for (Platform platform : pack.platforms()) {
                    json.writeString(platform.label());
                }
                json.writeEndArray();
                if (pack.parent().isPresent()) {
                    json.writeStringField("extends", pack.parent().get());
                } else {
                    json.writeNullField("extends");
                }
                json.writeStringField("file", pack.file().toString());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        };
    }

    /** The list for a person. */
    public String text(TextReport.Look look) {
        TextPage page = new TextPage(look.width(), look.palette());
        for (PackHeader pack : packs) {
            page.entry(
                    Style.BOLD,
                    0,
                    pack.id(),
                    20,
                    "Calico " + pack.calico() + " on "
                            + pack.platforms().stream().map(Platform::label).collect(Collectors.joining(", ")));
            pack.parent().ifPresent(parent -> page.paragraph(20, "extends " + parent));
            page.paragraph(20, pack.file().toString());
        }
        return page.toString();
    }
}
