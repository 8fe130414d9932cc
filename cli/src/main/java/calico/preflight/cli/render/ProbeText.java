package calico.preflight.cli.render;

import calico.preflight.cli.console.Palette.Style;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.probe.KernelProbe;

/** What a probe found, for a person: a line for each try, and in detail the command that was run. */
public final class ProbeText {

    private static final int COLUMN = 28;

    private ProbeText() {}

    /** The tries by name. */
    public static String of(HostFacts facts, TextReport.Look look) {
        TextPage page = new TextPage(look.width(), look.palette());
        String kernel =
                facts.get("kernel.release").known().map(FactValue::toString).orElse("of unknown release");
        page.line(Style.BOLD, "kernel " + kernel + ", tried " + facts.collectedAt())
                .gap();
        facts.get(KernelProbe.FACT).known().ifPresent(value -> {
            if (value instanceof FactValue.Table table) {
                table.entries().forEach((label, entry) -> {
                    page.entry(Style.BOLD, 0, label, COLUMN, entry.value());
                    if (look.verbose()) {
                        page.paragraph(4, entry.origin());
                    }
                });
            }
        });
        return page.toString();
    }
}
