package calico.preflight.cli.render;

import calico.preflight.catalog.requirement.Source;
import calico.preflight.catalog.target.Role;
import calico.preflight.catalog.target.Target;
import calico.preflight.cli.console.Palette;
import calico.preflight.cli.console.Palette.Style;
import calico.preflight.engine.report.Evidence;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Outcome;
import calico.preflight.engine.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A report for a person: worst first, each bad finding with its reason, what was expected and seen, who asks for it and
 * what to do; what passed in a list; the verdict on the last line.
 */
public final class TextReport {

    private static final int INDENT = 4;
    private static final int COLUMN = 14;

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
        return page.gap().line(style(report.outcome()), lastLine()).toString();
    }

    /** The last line alone. */
    public String verdict() {
        return page().line(style(report.outcome()), lastLine()).toString();
    }

    /** One finding with all that led to it. */
    public String explanation(Finding finding) {
        TextPage page = page();
        header(page);
        page.gap();
        finding(page, finding);
        page.entry(
                INDENT,
                "level",
                COLUMN,
                finding.requirement().level().label() + ", settled by: "
                        + finding.requirement().settledBy().label());
        String label = "rules";
        for (String rule : finding.derivation()) {
            page.entry(INDENT, label, COLUMN, rule);
            label = "";
        }
        if (finding.derivation().isEmpty()) {
            page.entry(INDENT, label, COLUMN, "no rule had to fire");
        }
        return page.toString();
    }

    private TextPage page() {
        return new TextPage(look.width(), look.palette());
    }

    private void header(TextPage page) {
        Target target = report.target();
        HostSummary host = HostSummary.of(report.host());
        String what = Stream.of(
                        host.distribution(),
                        host.kernelRelease().map(release -> "kernel " + release),
                        host.architecture())
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        page.line(
                Style.BOLD,
                "Calico " + target.calico() + " on " + target.platform().label() + ": "
                        + host.name().orElse("a host without a name"));
        page.gap();
        page.entry(2, "host", COLUMN, what.isEmpty() ? "nothing is known of it" : what);
        page.entry(2, "seen", COLUMN, host.source() + ", " + report.host().collectedAt());
        page.entry(2, "target", COLUMN, describe(target));
        page.entry(2, "rules", COLUMN, report.packId() + " " + shortened(report.packDigest()) + standIn(", "));
    }

    private static String describe(Target target) {
        List<String> words = new ArrayList<>();
        words.add("networking " + target.networking().label());
        words.add("encapsulation " + target.encapsulation().label());
        words.add("BGP " + target.bgp().label());
        words.add("dataplane " + target.dataplane().label());
        words.add("datastore " + target.datastore().label());
        words.add(target.ipFamily().label());
        words.add("role " + target.roles().stream().map(Role::label).collect(Collectors.joining("+")));
        if (target.typha()) {
            words.add("Typha");
        }
        if (target.wireguard()) {
            words.add("WireGuard");
        }
        target.kubeProxy().ifPresent(mode -> words.add("kube-proxy " + mode.label()));
        target.features().forEach(feature -> words.add("feature " + feature));
        words.add("profile " + target.profile().label());
        return String.join(", ", words);
    }

    private void group(TextPage page, Outcome outcome) {
        List<Finding> findings = having(outcome);
        if (findings.isEmpty()) {
            return;
        }
        page.gap().line(style(outcome), heading(outcome) + " (" + findings.size() + ")");
        for (Finding finding : findings) {
            page.gap();
            finding(page, finding);
        }
    }

    private void finding(TextPage page, Finding finding) {
        Outcome outcome = finding.outcome();
        String word = symbol(outcome) + " " + heading(outcome);
        page.entry(
                style(outcome),
                0,
                word,
                word.length() + 1,
                finding.id() + (waived.contains(finding) ? " (allowed)" : ""));
        page.paragraph(INDENT, sentence(finding.reason()));
        entry(page, "expected", finding.expected());
        seen(page, finding.evidence());
        askedFor(page, finding.requirement().source());
        entry(page, "added by", finding.addedBy().orElse(""));
        for (String note : finding.notes()) {
            entry(page, "note", note);
        }
        if (outcome != Outcome.PASS && outcome != Outcome.NOT_APPLICABLE) {
            entry(page, "fix", finding.requirement().remedy());
        }
    }

    private static void seen(TextPage page, List<Evidence> evidence) {
        String label = "seen";
        for (Evidence one : evidence) {
            String origin = one.origin().isEmpty() ? "" : " (" + one.origin() + ")";
            page.entry(INDENT, label, COLUMN, one.fact() + ": " + one.value() + origin);
            label = "";
        }
    }

    private static void askedFor(TextPage page, Source source) {
        page.entry(
                INDENT,
                "asked by",
                COLUMN,
                source.document() + (source.section().isEmpty() ? "" : ", \"" + source.section() + "\""));
        if (!source.url().isEmpty()) {
            page.entry(INDENT, "", COLUMN, source.url());
        }
    }

    private static void entry(TextPage page, String label, String words) {
        if (!words.isBlank()) {
            page.entry(INDENT, label, COLUMN, words);
        }
    }

    private void briefly(TextPage page) {
        List<Finding> passed = having(Outcome.PASS);
        if (!passed.isEmpty()) {
            page.gap().line(style(Outcome.PASS), heading(Outcome.PASS) + " (" + passed.size() + ")");
            page.gap();
            page.paragraph(INDENT, passed.stream().map(Finding::id).collect(Collectors.joining(", ")));
        }
        int others = report.count(Outcome.NOT_APPLICABLE);
        if (others > 0) {
            page.gap().line(heading(Outcome.NOT_APPLICABLE) + " (" + others + "), shown with -v");
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
        return line.append(standIn("; ")).append(". ").append(nextStep()).toString();
    }

    /** That these are the rules of another version than the one asked for, where they are. */
    private String standIn(String before) {
        return report.isNearest()
                ? before + "the rules are those of Calico " + report.judgedAs() + ", the nearest to "
                        + report.target().calico() + " that are known"
                : "";
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

    private static String sentence(String reason) {
        return reason.isEmpty() || reason.endsWith(".") ? reason : reason + ".";
    }

    private static String shortened(String digest) {
        return digest.length() > 19 ? digest.substring(0, 19) : digest;
    }

    private static String heading(Outcome outcome) {
        return outcome == Outcome.NOT_APPLICABLE ? "NOT APPLICABLE" : outcome.name();
    }

    private String symbol(Outcome outcome) {
        return switch (outcome) {
            case PASS -> look.unicode() ? "✓" : "+";
            case WARN -> "!";
            case FAIL -> look.unicode() ? "✗" : "x";
            case UNKNOWN -> "?";
            case NOT_APPLICABLE -> "-";
        };
    }

    private static Style style(Outcome outcome) {
        return switch (outcome) {
            case PASS -> Style.GREEN;
            case WARN -> Style.YELLOW;
            case FAIL -> Style.RED;
            case UNKNOWN -> Style.MAGENTA;
            case NOT_APPLICABLE -> Style.FAINT;
        };
    }
}
