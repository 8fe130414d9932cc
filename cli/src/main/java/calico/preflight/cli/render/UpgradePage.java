package calico.preflight.cli.render;

import calico.preflight.catalog.pack.Removal;
import calico.preflight.cli.console.Palette.Style;
import calico.preflight.engine.report.Comparison;
import calico.preflight.engine.report.Comparison.Change;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Outcome;
import calico.preflight.engine.report.Report;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What another version changes on a host, for a person and as a document of the schema {@code calico-preflight/upgrade/1}.
 *
 * @param removals why requirements are gone, by id
 * @param waived what is new and unknown, and was allowed to be
 * @param waivedBy the words by which it was allowed
 */
public record UpgradePage(Comparison comparison, Map<String, Removal> removals, List<Finding> waived, String waivedBy) {

    /** The schema of the document. */
    public static final String SCHEMA = "calico-preflight/upgrade/1";

    private static final List<Outcome> WORST_FIRST =
            List.of(Outcome.FAIL, Outcome.UNKNOWN, Outcome.WARN, Outcome.PASS, Outcome.NOT_APPLICABLE);

    public UpgradePage {
        removals = Map.copyOf(removals);
        waived = List.copyOf(waived);
    }

    /** The changes for a person. */
    public String text(TextReport.Look look) {
        TextPage page = new TextPage(look.width(), look.palette());
        Report before = comparison.before();
        Report after = comparison.after();
        page.line(
                        Style.BOLD,
                        "Calico " + before.target().calico() + arrow(look)
                                + after.target().calico() + " on "
                                + after.target().platform().label() + ": " + HeadText.name(after.host()))
                .gap();
        HeadText head = new HeadText(page);
        head.host(after.host());
        head.target(after.target());
        if (!options(before).equals(options(after))) {
            head.entry("before", HeadText.describe(before.target()));
        }
        head.rules(before);
        head.rules(after);
        FindingText findings = new FindingText(page, look.unicode());
        changed(page, findings, look);
        added(page, findings);
        removed(page);
        return page.gap().line(style(), verdictWords()).toString();
    }

    /** The last line alone. */
    public String verdict(TextReport.Look look) {
        return new TextPage(look.width(), look.palette())
                .line(style(), verdictWords())
                .toString();
    }

    private void changed(TextPage page, FindingText findings, TextReport.Look look) {
        heading(page, "CHANGED", comparison.changed().size());
        for (Outcome outcome : WORST_FIRST) {
            for (Change change : comparison.changed()) {
                if (change.after().outcome() == outcome) {
                    page.gap();
                    findings.head(
                            change.after(),
                            "was " + OutcomeStyle.word(change.before().outcome()) + allowed(change.after()));
                    if (change.asksForAnotherThing()) {
                        findings.entry(
                                "expected",
                                change.before().expected()
                                        + arrow(look)
                                        + change.after().expected());
                    } else {
                        findings.entry("expected", change.after().expected());
                    }
                    findings.body(change.after());
                }
            }
        }
    }

    private void added(TextPage page, FindingText findings) {
        heading(page, "NEW", comparison.added().size());
        for (Outcome outcome : WORST_FIRST) {
            if (outcome != Outcome.PASS) {
                for (Finding finding : comparison.addedWith(outcome)) {
                    page.gap();
                    findings.write(finding, "new" + allowed(finding));
                }
            }
        }
        List<Finding> passing = comparison.addedWith(Outcome.PASS);
        if (!passing.isEmpty()) {
            page.gap()
                    .paragraph(
                            FindingText.INDENT,
                            "met: " + passing.stream().map(Finding::id).collect(Collectors.joining(", ")));
        }
    }

    private void removed(TextPage page) {
        heading(page, "NO LONGER ASKED FOR", comparison.removed().size());
        for (Finding finding : comparison.removed()) {
            page.gap()
                    .entry(
                            Style.FAINT,
                            0,
                            "- " + finding.id(),
                            finding.id().length() + 3,
                            "(was " + OutcomeStyle.word(finding.outcome()) + ")");
            page.paragraph(FindingText.INDENT, why(finding));
        }
    }

    private String why(Finding finding) {
        return removal(finding)
                .map(removal -> removal.because() + " (" + removal.pack() + ")")
                .orElse("It is not in " + comparison.after().packId() + ".");
    }

    private Optional<Removal> removal(Finding finding) {
        return Optional.ofNullable(removals.get(finding.id()));
    }

    private String allowed(Finding finding) {
        return waived.contains(finding) ? ", allowed" : "";
    }

    private static void heading(TextPage page, String heading, int count) {
        if (count > 0) {
            page.gap().line(Style.BOLD, heading + " (" + count + ")");
        }
    }

    private static String arrow(TextReport.Look look) {
        return look.unicode() ? " → " : " -> ";
    }

    private Style style() {
        return OutcomeStyle.style(comparison.news().outcome());
    }

    private String verdictWords() {
        Report news = comparison.news();
        if (news.findings().isEmpty() && comparison.removed().isEmpty()) {
            return "PASS: nothing changes on this host." + standIns();
        }
        List<String> counts = new ArrayList<>();
        for (Outcome outcome : WORST_FIRST) {
            if (news.count(outcome) > 0) {
                counts.add(news.count(outcome) + " " + words(outcome));
            }
        }
        if (!comparison.removed().isEmpty()) {
            counts.add(comparison.removed().size() + " no longer asked for");
        }
        String allowed = waived.isEmpty() ? "" : "; allowed to be unknown (" + waivedBy + "): " + waived.size();
        return news.outcome().name() + " of what changes: " + String.join(", ", counts) + allowed + "." + standIns();
    }

    private String standIns() {
        String words = HeadText.standIn(comparison.before(), "; ") + HeadText.standIn(comparison.after(), "; ");
        return words.isEmpty() ? "" : " " + words.substring(2) + ".";
    }

    private static String words(Outcome outcome) {
        return switch (outcome) {
            case FAIL -> "fail now";
            case UNKNOWN -> "unknown now";
            case WARN -> "warned of now";
            case PASS -> "pass now";
            case NOT_APPLICABLE -> "no longer apply";
        };
    }

    private static Map<String, ?> options(Report report) {
        return report.target().options();
    }

    /** The changes as a document. */
    public Documents.Content document(String toolVersion) {
        return json -> {
            ReportDocument parts = new ReportDocument(json);
            Report news = comparison.news();
            json.writeStartObject();
            parts.schema(SCHEMA, toolVersion);
            json.writeStringField("collectedAt", comparison.after().host().collectedAt());
            parts.host(HostSummary.of(comparison.after().host()));
            side(json, "from", comparison.before());
            side(json, "to", comparison.after());
            parts.outcome(news);
            parts.texts("allowedUnknown", waived.stream().map(Finding::id).toList());
            json.writeArrayFieldStart("changed");
            for (Change change : comparison.changed()) {
                json.writeStartObject();
                json.writeStringField("from", change.before().outcome().name());
                json.writeStringField("to", change.after().outcome().name());
                json.writeStringField("expectedBefore", change.before().expected());
                parts.fields(change.after());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("added");
            for (Finding finding : comparison.added()) {
                if (finding.outcome() != Outcome.PASS) {
                    json.writeStartObject();
                    parts.fields(finding);
                    json.writeEndObject();
                }
            }
            json.writeEndArray();
            parts.texts(
                    "addedAndMet",
                    comparison.addedWith(Outcome.PASS).stream().map(Finding::id).toList());
            json.writeArrayFieldStart("removed");
            for (Finding finding : comparison.removed()) {
                json.writeStartObject();
                json.writeStringField("id", finding.id());
                json.writeStringField("title", finding.requirement().title());
                json.writeStringField("from", finding.outcome().name());
                parts.orNull("because", removal(finding).map(Removal::because));
                parts.orNull("removedBy", removal(finding).map(Removal::pack));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        };
    }

    private static void side(JsonGenerator json, String name, Report report) throws IOException {
        ReportDocument parts = new ReportDocument(json);
        json.writeObjectFieldStart(name);
        parts.target(report.target());
        parts.pack(report);
        parts.outcome(report);
        json.writeEndObject();
    }
}
