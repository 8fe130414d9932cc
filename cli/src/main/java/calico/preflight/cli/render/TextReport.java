package calico.preflight.cli.render;

import calico.preflight.catalog.target.Target;
import calico.preflight.cli.console.Palette;
import calico.preflight.cli.console.Palette.Style;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Outcome;
import calico.preflight.engine.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A report for a person: worst first, each bad finding with its reason, what was expected and seen, who asks for it and
 * what to do; what passed in a list; the verdict on the last line.
 */
public final class TextReport {

    private final Report report;
    private final Look look;
    private final List<Finding> waived;
    private final String waivedBy;

    /**
     * How it is to look.
     *
     * @param width of a line, in columns
     * @param unicode symbols beyond ASCII may be used
     * @param verbose findings that passed or do not apply are shown in full too
     */
    public record Look(int width, boolean unicode, Palette palette, boolean verbose) {}

    /**
     * A report to be written.
     *
     * @param waived the unknown findings that the caller allowed
     * @param waivedBy the words by which they were allowed
     */
    public TextReport(Report report, Look look, List<Finding> waived, String waivedBy) {
        this.report = report;
        this.look = look;
        this.waived = List.copyOf(waived);
        this.waivedBy = waivedBy;
    }

    /** The whole report. */
    public String whole() {
        TextPage page = page();
        header(page);
        for (Outcome outcome : List.of(Outcome.FAIL, Outcome.UNKNOWN, Outcome.WARN)) {
            group(page, outcome);
        }
        if (look.verbose()) {
            group(page, Outcome.PASS);
            group(page, Outcome.NOT_APPLICABLE);
        } else {
            briefly(page);
        }
        return page.gap().line(OutcomeStyle.style(report.outcome()), lastLine()).toString();
    }

    /** The last line alone. */
    public String verdict() {
        return page().line(OutcomeStyle.style(report.outcome()), lastLine()).toString();
    }

    /** One finding with all that led to it. */
    public String explanation(Finding finding) {
        TextPage page = page();
        header(page);
        page.gap();
        finding(page, finding);
        page.entry(
                FindingText.INDENT,
                "level",
                FindingText.COLUMN,
                finding.requirement().level().label() + ", settled by: "
                        + finding.requirement().settledBy().label());
        String label = "rules";
        for (String rule : finding.derivation()) {
            page.entry(FindingText.INDENT, label, FindingText.COLUMN, rule);
            label = "";
        }
        if (finding.derivation().isEmpty()) {
            page.entry(FindingText.INDENT, label, FindingText.COLUMN, "no rule had to fire");
        }
        return page.toString();
    }

    private TextPage page() {
        return new TextPage(look.width(), look.palette());
    }

    private void header(TextPage page) {
        Target target = report.target();
        page.line(
                Style.BOLD,
                "Calico " + target.calico() + " on " + target.platform().label() + ": " + HeadText.name(report.host()));
        page.gap();
        HeadText head = new HeadText(page);
        head.host(report.host());
        head.target(target);
        head.rules(report);
    }

    private void group(TextPage page, Outcome outcome) {
        List<Finding> findings = having(outcome);
        if (findings.isEmpty()) {
            return;
        }
        page.gap().line(OutcomeStyle.style(outcome), OutcomeStyle.word(outcome) + " (" + findings.size() + ")");
        for (Finding finding : findings) {
            page.gap();
            finding(page, finding);
        }
    }

    private void finding(TextPage page, Finding finding) {
        new FindingText(page, look.unicode()).write(finding, waived.contains(finding) ? "allowed" : "");
    }

    private void briefly(TextPage page) {
        List<Finding> passed = having(Outcome.PASS);
        if (!passed.isEmpty()) {
            page.gap()
                    .line(
                            OutcomeStyle.style(Outcome.PASS),
                            OutcomeStyle.word(Outcome.PASS) + " (" + passed.size() + ")");
            page.gap();
            page.paragraph(FindingText.INDENT, passed.stream().map(Finding::id).collect(Collectors.joining(", ")));
        }
        int others = report.count(Outcome.NOT_APPLICABLE);
        if (others > 0) {
            page.gap().line(OutcomeStyle.word(Outcome.NOT_APPLICABLE) + " (" + others + "), shown with -v");
        }
    }

    private List<Finding> having(Outcome outcome) {
        return report.findings().stream()
                .filter(finding -> finding.outcome() == outcome)
                .toList();
    }

    private String lastLine() {
        List<String> counts = new ArrayList<>();
        count(counts, Outcome.FAIL, "failed");
        count(counts, Outcome.UNKNOWN, "unknown");
        count(counts, Outcome.WARN, "warned");
        count(counts, Outcome.PASS, "passed");
        StringBuilder line = new StringBuilder(report.outcome().name());
        line.append(": ").append(String.join(", ", counts));
        if (!waived.isEmpty()) {
            line.append("; allowed to be unknown (")
                    .append(waivedBy)
                    .append("): ")
                    .append(waived.size());
        }
        long ports = report.findings().stream()
                .filter(finding -> finding.outcome() == Outcome.UNKNOWN)
                .filter(finding -> finding.requirement().kind().equals("port"))
                .count();
        if (ports > 0) {
            line.append("; ")
                    .append(ports)
                    .append(ports == 1 ? " port needs" : " ports need")
                    .append(" probe");
        }
        long amended = report.findings().stream()
                .filter(finding -> !finding.amendedBy().isEmpty())
                .count();
        if (amended > 0) {
            line.append("; ").append(amended).append(" changed by advisories");
        }
        return line.append(HeadText.standIn(report, "; "))
                .append(". ")
                .append(nextStep())
                .toString();
    }

    private void count(List<String> counts, Outcome outcome, String word) {
        int number = report.count(outcome);
        if (number > 0) {
            counts.add(number + " " + word);
        }
    }

    private String nextStep() {
        return switch (report.outcome()) {
            case FAIL -> "Next: fix what failed, then check again.";
            case UNKNOWN ->
                waived.isEmpty()
                        ? "Next: settle what is unknown; each finding says how."
                        : "Next: settle the rest elsewhere.";
            case WARN -> "Next: read the warnings; nothing that is required is missing.";
            case PASS, NOT_APPLICABLE -> "Next: nothing, this host meets what the document asks for.";
        };
    }
}
