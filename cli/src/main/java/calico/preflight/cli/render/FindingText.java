package calico.preflight.cli.render;

import calico.preflight.catalog.requirement.Source;
import calico.preflight.engine.report.Evidence;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Outcome;
import java.util.List;

/**
 * One finding for a person: its outcome and id, the reason, what was expected and seen, who asks for it, what to do.
 *
 * @param unicode symbols beyond ASCII may be used
 */
record FindingText(TextPage page, boolean unicode) {

    static final int INDENT = 4;
    static final int COLUMN = 14;

    /**
     * Writes it.
     *
     * @param remark what stands behind the id; may be empty
     */
    void write(Finding finding, String remark) {
        head(finding, remark);
        entry("expected", finding.expected());
        body(finding);
    }

    /** Its outcome and id, and the reason. */
    void head(Finding finding, String remark) {
        Outcome outcome = finding.outcome();
        String word = OutcomeStyle.symbol(outcome, unicode) + " " + OutcomeStyle.word(outcome);
        page.entry(
                OutcomeStyle.style(outcome),
                0,
                word,
                word.length() + 1,
                finding.id() + (remark.isEmpty() ? "" : " (" + remark + ")"));
        page.paragraph(INDENT, sentence(finding.reason()));
    }

    /** What was seen, who asks for it, and what to do. */
    void body(Finding finding) {
        seen(finding.evidence());
        askedFor(finding.requirement().source());
        entry("added by", finding.addedBy().orElse(""));
        for (String note : finding.notes()) {
            entry("note", note);
        }
        if (finding.outcome() != Outcome.PASS && finding.outcome() != Outcome.NOT_APPLICABLE) {
            entry("fix", finding.requirement().remedy());
        }
    }

    /** A word and what there is to say to it, if anything. */
    void entry(String label, String words) {
        if (!words.isBlank()) {
            page.entry(INDENT, label, COLUMN, words);
        }
    }

    private void seen(List<Evidence> evidence) {
        String label = "seen";
        for (Evidence one : evidence) {
            String origin = one.origin().isEmpty() ? "" : " (" + one.origin() + ")";
            page.entry(INDENT, label, COLUMN, one.fact() + ": " + one.value() + origin);
            label = "";
        }
    }

    private void askedFor(Source source) {
        page.entry(
                INDENT,
                "asked by",
                COLUMN,
                source.document() + (source.section().isEmpty() ? "" : ", \"" + source.section() + "\""));
        if (!source.url().isEmpty()) {
            page.entry(INDENT, "", COLUMN, source.url());
        }
    }

    private static String sentence(String reason) {
        return reason.isEmpty() || reason.endsWith(".") ? reason : reason + ".";
    }
}
