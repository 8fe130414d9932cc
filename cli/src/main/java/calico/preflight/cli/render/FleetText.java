package calico.preflight.cli.render;

import calico.preflight.cli.console.Palette.Style;
import calico.preflight.engine.fleet.FleetFinding;
import calico.preflight.engine.fleet.FleetReport;
import calico.preflight.engine.fleet.FleetReport.Matrix;
import calico.preflight.engine.fleet.HostGroup;
import calico.preflight.engine.fleet.HostList;
import calico.preflight.engine.fleet.RequirementCount;
import calico.preflight.engine.fleet.Unreadable;
import calico.preflight.engine.report.Outcome;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What came of a fleet, for a person: how many hosts came to what, what could not be read, what shows across hosts, what
 * fails most, and the groups of hosts that fail the same with what to do.
 */
public final class FleetText {

    private static final int INDENT = 2;
    private static final int COLUMN = 14;
    private static final int MOST_FAILURES = 10;
    private static final int MOST_GROUPS = 5;
    private static final int MOST_UNREADABLE = 10;

    /** With {@code -v}: as many as there are, within reason. */
    private static final int MOST_OF_ALL = 1_000;

    private final FleetReport report;
    private final TextReport.Look look;
    private final FleetVerdict verdict;

    /**
     * The text of this report.
     *
     * @param waivedBy the words by which hosts were allowed to leave something open; may be empty
     */
    public FleetText(FleetReport report, TextReport.Look look, String waivedBy) {
        this.report = report;
        this.look = look;
        this.verdict = new FleetVerdict(report, waivedBy);
    }

    /** All of it. */
    public String whole() {
        TextPage page = page();
        head(page);
        counts(page);
        unreadable(page);
        across(page);
        failures(page);
        groups(page);
        return page.gap()
                .line(OutcomeStyle.style(report.outcome()), verdict.sentence())
                .toString();
    }

    /** The last line alone. */
    public String verdict() {
        return page().line(OutcomeStyle.style(report.outcome()), verdict.sentence())
                .toString();
    }

    private TextPage page() {
        return new TextPage(look.width(), look.palette());
    }

    private void head(TextPage page) {
        page.line(Style.BOLD, verdict.title());
        page.gap();
        HeadText head = new HeadText(page);
        head.target(report.target());
        head.rules(report.packId(), report.packDigest(), HeadText.standIn(report.judgedAs(), report.target(), ", "));
    }

    private void counts(TextPage page) {
        page.gap();
        Matrix matrix = report.matrix();
        for (Outcome outcome : List.of(Outcome.FAIL, Outcome.UNKNOWN, Outcome.WARN, Outcome.PASS)) {
            count(page, outcome, outcome.name(), matrix.count(outcome));
        }
        count(page, Outcome.UNKNOWN, "unreadable", matrix.unreadable());
    }

    private void count(TextPage page, Outcome outcome, String word, int hosts) {
        if (hosts > 0) {
            page.entry(
                    OutcomeStyle.style(outcome),
                    INDENT,
                    OutcomeStyle.symbol(outcome, look.unicode()) + " " + word,
                    COLUMN + 1,
                    FleetVerdict.hosts(hosts));
        }
    }

    private void unreadable(TextPage page) {
        int count = report.matrix().unreadable();
        if (count == 0) {
            return;
        }
        page.gap()
                .line(OutcomeStyle.style(Outcome.UNKNOWN), "Could not be read (" + count + ")")
                .gap();
        List<Unreadable> told =
                report.unreadable().stream().limit(most(MOST_UNREADABLE)).toList();
        for (Unreadable host : told) {
            page.paragraph(INDENT, host.host().place());
            page.paragraph(FindingText.INDENT, host.reason());
        }
        more(page, count - told.size());
    }

    private void across(TextPage page) {
        List<FleetFinding> findings = report.findings();
        if (findings.isEmpty()) {
            return;
        }
        page.gap().line(Style.BOLD, "Across hosts");
        for (Outcome outcome : List.of(Outcome.FAIL, Outcome.UNKNOWN, Outcome.WARN)) {
            findings.stream().filter(one -> one.finding().outcome() == outcome).forEach(one -> {
                page.gap();
                FindingText text = new FindingText(page, look.unicode());
                if (outcome == Outcome.UNKNOWN && !look.verbose()) {
                    text.head(one.finding(), "");
                } else {
                    text.write(one.finding(), "");
                }
            });
        }
        briefly(page, Outcome.PASS);
    }

    private void briefly(TextPage page, Outcome outcome) {
        String ids = report.findings().stream()
                .filter(one -> one.finding().outcome() == outcome)
                .map(one -> one.finding().id())
                .collect(Collectors.joining(", "));
        if (!ids.isEmpty()) {
            String word = OutcomeStyle.symbol(outcome, look.unicode()) + " " + OutcomeStyle.word(outcome);
            page.gap().entry(OutcomeStyle.style(outcome), 0, word, word.length() + 1, ids);
        }
    }

    private void failures(TextPage page) {
        List<RequirementCount> failed = report.requirements().stream()
                .filter(one -> one.count(Outcome.FAIL) > 0)
                .sorted(Comparator.comparingInt((RequirementCount one) -> -one.count(Outcome.FAIL)))
                .toList();
        if (failed.isEmpty()) {
            return;
        }
        page.gap().line(Style.BOLD, "What fails most").gap();
        List<RequirementCount> told = failed.stream().limit(most(MOST_FAILURES)).toList();
        for (RequirementCount one : told) {
            page.entry(
                    OutcomeStyle.style(Outcome.FAIL),
                    INDENT,
                    Integer.toString(one.count(Outcome.FAIL)),
                    COLUMN - 4,
                    one.requirement().id());
            page.paragraph(COLUMN - 4, one.failed().inWords());
        }
        more(page, failed.size() - told.size());
    }

    private void groups(TextPage page) {
        if (report.groups().isEmpty()) {
            return;
        }
        page.gap().line(Style.BOLD, "Hosts that fail the same, and what to do");
        List<HostGroup> told = report.groups().stream().limit(most(MOST_GROUPS)).toList();
        for (HostGroup group : told) {
            page.gap().paragraph(INDENT, named(group.hosts()));
            String failed = group.failed().stream().map(HostGroup.Failure::id).collect(Collectors.joining(", "));
            page.entry(FindingText.INDENT, "fail", COLUMN - 4, failed);
            String label = "fix";
            for (String remedy : group.failed().stream()
                    .map(HostGroup.Failure::remedy)
                    .distinct()
                    .toList()) {
                page.entry(FindingText.INDENT, label, COLUMN - 4, remedy);
                label = "";
            }
        }
        int rest = report.matrix().count(Outcome.FAIL)
                - told.stream().mapToInt(group -> group.hosts().count()).sum();
        if (rest > 0) {
            page.gap().paragraph(INDENT, "and " + FleetVerdict.hosts(rest) + " in other groups (-v, or -o json)");
        }
    }

    private static String named(HostList list) {
        return FleetVerdict.hosts(list.count()) + ": " + list.inWords();
    }

    private int most(int usual) {
        return look.verbose() ? MOST_OF_ALL : usual;
    }

    private static void more(TextPage page, int number) {
        if (number > 0) {
            page.paragraph(INDENT, "and " + number + " more");
        }
    }
}
