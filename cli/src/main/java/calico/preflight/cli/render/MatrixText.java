package calico.preflight.cli.render;

import calico.preflight.catalog.target.Dataplane;
import calico.preflight.catalog.target.Platform;
import calico.preflight.cli.console.ExitCode;
import calico.preflight.cli.console.Palette.Style;
import calico.preflight.cli.matrix.Advice;
import calico.preflight.cli.matrix.Answer;
import calico.preflight.cli.matrix.Answer.Judged;
import calico.preflight.cli.matrix.Lack;
import calico.preflight.cli.matrix.Matrix;
import calico.preflight.cli.matrix.Mode;
import calico.preflight.cli.matrix.Row;
import calico.preflight.cli.matrix.Spot;
import calico.preflight.engine.report.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A matrix for a person: a table for each dataplane, versions down and encapsulations across; why some are not offered; what
 * would turn those that fail; the verdict on the last line. Versions that follow on each other and are alike share a line.
 */
public final class MatrixText {

    private static final int INDENT = 4;
    private static final int GAP = 2;

    private final Matrix matrix;
    private final Platform platform;
    private final Map<String, List<String>> said;
    private final TextReport.Look look;
    private final SpotWords words;

    /**
     * A matrix to be written.
     *
     * @param said what was said of the target beside versions and modes
     */
    public MatrixText(Matrix matrix, Platform platform, Map<String, List<String>> said, TextReport.Look look) {
        this.matrix = matrix;
        this.platform = platform;
        this.said = Map.copyOf(said);
        this.look = look;
        this.words = new SpotWords(matrix);
    }

    /** The whole matrix. */
    public String whole() {
        TextPage page = page();
        head(page);
        byDataplane().forEach((dataplane, modes) -> table(page, dataplane, modes));
        if (matrix.hosts().size() > 1) {
            page.gap()
                    .line(List.of(Outcome.FAIL, Outcome.UNKNOWN, Outcome.WARN, Outcome.PASS).stream()
                                    .map(outcome -> OutcomeStyle.symbol(outcome, look.unicode()) + " "
                                            + OutcomeStyle.word(outcome))
                                    .collect(Collectors.joining(", "))
                            + ": so many hosts have it, of all; the worst is shown");
        }
        ruledOut(page);
        needs(page);
        return page.gap().line(style(), verdictWords()).toString();
    }

    /** The last line alone. */
    public String verdict() {
        return page().line(style(), verdictWords()).toString();
    }

    /** The newest version that runs, in which modes, and what hinders the next. */
    public String advice() {
        TextPage page = page();
        head(page);
        page.gap();
        Advice advice = Advice.of(matrix);
        if (advice.newest().isPresent()) {
            page.line(
                    Style.BOLD,
                    "Newest that runs: Calico " + advice.newest().get().version());
            alike(advice.runs()).forEach((judged, modes) -> {
                String where = words.of(
                                modes.stream()
                                        .map(mode -> new Spot(advice.newest().get(), mode))
                                        .toList(),
                                List.of())
                        .get(0);
                page.gap().paragraph(2, where + ": " + standing(judged));
                open(page, judged);
            });
        } else {
            page.line(Style.BOLD, "No version runs.");
        }
        page.gap();
        if (advice.next().isPresent()) {
            Spot spot = advice.next().get().getKey();
            page.paragraph(
                    0,
                    (advice.newest().isPresent() ? "In the way of Calico " : "Nearest to it is Calico ")
                            + words.of(List.of(spot), List.of()).get(0) + ", which lacks least:");
            page.gap();
            advice.next().get().getValue().failed().forEach(lack -> remedy(page, lack.id(), lack.remedy()));
        } else {
            page.line("No newer version is offered.");
        }
        return page.gap().line(style(), verdictWords()).toString();
    }

    /** Modes that stand alike, whatever is met in them beside. */
    private static Map<Judged, List<Mode>> alike(Map<Mode, Judged> runs) {
        Map<Judged, List<Mode>> alike = new LinkedHashMap<>();
        runs.forEach((mode, judged) -> alike.computeIfAbsent(judged.withPassed(0), any -> new ArrayList<>())
                .add(mode));
        return alike;
    }

    private TextPage page() {
        return new TextPage(look.width(), look.palette());
    }

    private void head(TextPage page) {
        List<Matrix.OfHost> hosts = matrix.hosts();
        page.line(
                Style.BOLD,
                "Calico " + words.ranges(matrix.rows()) + " on " + platform.label() + ": "
                        + (hosts.size() == 1 ? HeadText.name(hosts.get(0).facts()) : hosts.size() + " hosts"));
        page.gap();
        HeadText head = new HeadText(page);
        if (hosts.size() == 1) {
            head.host(hosts.get(0).facts());
        } else {
            head.entry(
                    "hosts",
                    hosts.stream().map(host -> HeadText.name(host.facts())).collect(Collectors.joining(", ")));
        }
        String options = said.entrySet().stream()
                .map(option -> option.getKey() + " " + String.join("+", option.getValue()))
                .sorted()
                .collect(Collectors.joining(", "));
        head.entry("target", (options.isEmpty() ? "" : options + "; ") + "all else as the documents have it");
        matrix.rows().stream()
                .filter(row -> !row.version().equals(row.judgedAs()))
                .forEach(row -> head.entry(
                        "rules",
                        "for " + row.version() + " those of Calico " + row.judgedAs()
                                + ", the nearest that are known"));
    }

    private Map<Dataplane, List<Mode>> byDataplane() {
        Map<Dataplane, List<Mode>> byDataplane = new LinkedHashMap<>();
        matrix.modes().forEach(mode -> byDataplane
                .computeIfAbsent(mode.dataplane(), any -> new ArrayList<>())
                .add(mode));
        return byDataplane;
    }

    // ---- the table ----

    private void table(TextPage page, Dataplane dataplane, List<Mode> modes) {
        if (matrix.rows().stream().allMatch(row -> modes.stream()
                .allMatch(mode -> matrix.answer(new Spot(row, mode)) instanceof Answer.NotOffered))) {
            return;
        }
        List<List<Cell>> lines = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        rangesOfAlike(modes).forEach((rows, cells) -> {
            labels.add(words.ranges(rows));
            lines.add(cells);
        });
        int labelWidth = GAP + labels.stream().mapToInt(String::length).max().orElse(0);
        List<Integer> widths = new ArrayList<>();
        for (int i = 0; i < modes.size(); i++) {
            int column = i;
            int cell = lines.stream()
                    .mapToInt(line -> line.get(column).text().length())
                    .max()
                    .orElse(0);
            int head = heading(modes.get(i)).stream()
                    .mapToInt(String::length)
                    .max()
                    .orElse(0);
            widths.add(GAP + Math.max(cell, head));
        }
        page.gap().line(Style.BOLD, "dataplane " + dataplane.label());
        int first = 0;
        while (first < modes.size()) {
            int last = first + 1;
            int width = labelWidth + widths.get(first) - GAP;
            while (last < modes.size() && width + widths.get(last) <= look.width()) {
                width += widths.get(last);
                last++;
            }
            columns(page, modes.subList(first, last), widths.subList(first, last), labels, labelWidth, lines, first);
            first = last;
        }
    }

    /** As many columns as fit beside each other. */
    private static void columns(
            TextPage page,
            List<Mode> modes,
            List<Integer> widths,
            List<String> labels,
            int labelWidth,
            List<List<Cell>> lines,
            int first) {
        page.gap();
        for (int part = 0; part < 2; part++) {
            StringBuilder head = new StringBuilder(" ".repeat(labelWidth));
            for (int i = 0; i < modes.size(); i++) {
                List<String> parts = heading(modes.get(i));
                head.append(pad(part < parts.size() ? parts.get(part) : "", widths.get(i)));
            }
            if (!head.toString().isBlank()) {
                page.line(head.toString().stripTrailing());
            }
        }
        for (int i = 0; i < lines.size(); i++) {
            page.cells(pad(labels.get(i), labelWidth), lines.get(i).subList(first, first + modes.size()), widths);
        }
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** A long name of an encapsulation goes on two lines. */
    private static List<String> heading(Mode mode) {
        String label = mode.encapsulation().label();
        int cut = label.indexOf("-subnet");
        return cut < 0 ? List.of(label) : List.of(label.substring(0, cut + 1), label.substring(cut + 1));
    }

    /** Rows that follow on each other and have the same cells. */
    private Map<List<Row>, List<Cell>> rangesOfAlike(List<Mode> modes) {
        Map<List<Row>, List<Cell>> ranges = new LinkedHashMap<>();
        List<Row> range = new ArrayList<>();
        List<Cell> alike = List.of();
        List<Answer> answers = List.of();
        for (Row row : matrix.rows()) {
            List<Answer> own = modes.stream()
                    .map(mode -> matrix.answer(new Spot(row, mode)))
                    .toList();
            List<Cell> cells =
                    modes.stream().map(mode -> cell(new Spot(row, mode))).toList();
            boolean goesOn = !look.verbose()
                    && !range.isEmpty()
                    && cells.equals(alike)
                    && lacks(own).equals(lacks(answers));
            if (!goesOn && !range.isEmpty()) {
                ranges.put(List.copyOf(range), alike);
                range.clear();
            }
            range.add(row);
            alike = cells;
            answers = own;
        }
        if (!range.isEmpty()) {
            ranges.put(List.copyOf(range), alike);
        }
        return ranges;
    }

    private static List<List<Lack>> lacks(List<Answer> answers) {
        return answers.stream()
                .map(answer -> answer instanceof Judged judged ? judged.failed() : List.<Lack>of())
                .toList();
    }

    /** What stands in one place of the table. */
    record Cell(Style style, String text) {}

    private Cell cell(Spot spot) {
        if (!(matrix.answer(spot) instanceof Judged judged)) {
            return new Cell(Style.FAINT, "-");
        }
        Outcome outcome = judged.outcome();
        String symbol = OutcomeStyle.symbol(outcome, look.unicode());
        if (matrix.hosts().size() > 1) {
            long alike = matrix.hosts().stream()
                    .filter(host -> matrix.answer(host, spot) instanceof Judged one && one.outcome() == outcome)
                    .count();
            return new Cell(
                    OutcomeStyle.style(outcome),
                    symbol + " " + alike + "/" + matrix.hosts().size());
        }
        int count = count(judged);
        String text = symbol + " " + OutcomeStyle.word(outcome) + (count == 0 ? "" : " " + count);
        return new Cell(OutcomeStyle.style(outcome), text);
    }

    private static int count(Judged judged) {
        return switch (judged.outcome()) {
            case FAIL -> judged.failed().size();
            case UNKNOWN -> judged.unknown().size();
            case WARN -> judged.warned().size() + judged.unknown().size();
            case PASS, NOT_APPLICABLE -> 0;
        };
    }

    // ---- below the table ----

    private void ruledOut(TextPage page) {
        Map<String, List<Spot>> ruledOut = matrix.ruledOut();
        if (ruledOut.isEmpty()) {
            return;
        }
        page.gap().line(Style.FAINT, "Not offered (-)");
        ruledOut.forEach((reason, spots) -> {
            page.gap();
            words.of(spots, matrix.spots()).forEach(where -> page.paragraph(2, where));
            page.paragraph(INDENT, reason);
        });
    }

    private void needs(TextPage page) {
        Set<Spot> offered = matrix.judged().keySet();
        Map<String, Map<String, Set<Row>>> remedies = new LinkedHashMap<>();
        for (Matrix.OfHost host : matrix.hosts()) {
            List<Matrix.Need> needs = matrix.needs(host);
            if (needs.isEmpty()) {
                continue;
            }
            String whose = matrix.hosts().size() == 1 ? "" : " of " + HeadText.name(host.facts());
            page.gap().line(Style.BOLD, "What the failing ones" + whose + " lack");
            for (Matrix.Need need : needs) {
                page.gap();
                words.of(need.spots(), offered).forEach(where -> page.paragraph(2, where));
                page.paragraph(INDENT, need.failed().stream().map(Lack::id).collect(Collectors.joining(", ")));
                need.failed().forEach(lack -> need.spots()
                        .forEach(spot -> remedies.computeIfAbsent(lack.id(), any -> new LinkedHashMap<>())
                                .computeIfAbsent(lack.remedy(), any -> new LinkedHashSet<>())
                                .add(spot.row())));
            }
        }
        if (!remedies.isEmpty()) {
            page.gap().line(Style.BOLD, "What would mend it").gap();
            remedies.forEach((id, texts) -> texts.forEach((remedy, rows) -> remedy(
                    page,
                    id,
                    texts.size() == 1
                            ? remedy
                            : words.ranges(matrix.rows().stream()
                                            .filter(rows::contains)
                                            .toList()) + ": " + remedy)));
        }
    }

    private static void remedy(TextPage page, String id, String remedy) {
        page.paragraph(2, id);
        page.paragraph(INDENT, remedy.isEmpty() ? "The rules name no remedy." : remedy);
    }

    private static void open(TextPage page, Judged judged) {
        if (!judged.unknown().isEmpty()) {
            page.entry(INDENT, "unknown", 14, String.join(", ", judged.unknown()));
        }
        if (!judged.warned().isEmpty()) {
            page.entry(INDENT, "warned", 14, String.join(", ", judged.warned()));
        }
    }

    private static String standing(Judged judged) {
        return switch (judged.outcome()) {
            case PASS, NOT_APPLICABLE -> "everything is met" + allowed(judged);
            case WARN -> "everything required is met" + allowed(judged);
            case UNKNOWN, FAIL ->
                "nothing fails, but " + judged.unknown().size() + " could not be settled" + allowed(judged);
        };
    }

    private static String allowed(Judged judged) {
        return judged.allowed().isEmpty() ? "" : " (" + judged.allowed().size() + " allowed to be unknown)";
    }

    // ---- the verdict ----

    private Style style() {
        return matrix.best()
                .map(best -> OutcomeStyle.style(best.getValue().outcome()))
                .orElse(Style.FAINT);
    }

    private String verdictWords() {
        Map<Spot, Judged> judged = matrix.judged();
        long fail = judged.values().stream()
                .filter(one -> one.exit() == ExitCode.FAILED)
                .count();
        long unknown = judged.values().stream()
                .filter(one -> one.exit() == ExitCode.UNKNOWN)
                .count();
        String best = matrix.best()
                .map(entry -> OutcomeStyle.word(entry.getValue().outcome()))
                .orElse("");
        String newest = Advice.of(matrix)
                .newest()
                .map(row -> "; newest without a failure: " + row.version())
                .orElse("");
        return best + " at best: of " + judged.size() + " on offer, " + (judged.size() - fail - unknown) + " run, "
                + unknown + " unknown, " + fail + " fail" + newest + ".";
    }
}
