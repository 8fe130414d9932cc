package calico.preflight.cli.render;

import calico.preflight.cli.console.Palette.Style;
import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Observed;

/** Collected facts for a person: tables and rows are counted, unless everything is wanted. */
public final class FactsText {

    private static final int COLUMN = 32;

    private FactsText() {}

    /** One fact after the other, by name. */
    public static String of(HostFacts facts, TextReport.Look look) {
        TextPage page = new TextPage(look.width(), look.palette());
        page.line(Style.BOLD, facts.source() + ", " + facts.collectedAt()).gap();
        for (Fact fact : facts.facts().values()) {
            page.entry(Style.BOLD, 0, fact.name(), COLUMN, describe(fact.observed()));
            if (look.verbose()) {
                fact.observed().known().ifPresent(value -> details(page, value));
            }
        }
        return page.toString();
    }

    private static String describe(Observed<FactValue> observed) {
        String origin = " (" + observed.origin() + ")";
        if (observed instanceof Observed.Known<FactValue> known) {
            return known.value() + origin;
        }
        if (observed instanceof Observed.Unknown<FactValue> unknown) {
            return "unknown: " + unknown.why() + origin;
        }
        return "absent" + origin;
    }

    private static void details(TextPage page, FactValue value) {
        if (value instanceof FactValue.Table table) {
            table.entries().forEach((name, entry) -> page.paragraph(4, name + " = " + entry.value()));
        } else if (value instanceof FactValue.Rows rows) {
            rows.rows().forEach(row -> page.paragraph(4, row.toString()));
        }
    }
}
