package calico.preflight.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.cli.Golden;
import calico.preflight.cli.Reports;
import calico.preflight.cli.console.Palette;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Outcome;
import calico.preflight.engine.report.Report;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextReportTest {

    private static final TextReport.Look PLAIN = new TextReport.Look(80, true, Palette.NONE, false);

    private static final Report MIXED = Reports.of(
            Reports.module("ip_set", Outcome.PASS),
            Reports.module("ipip", Outcome.FAIL),
            Reports.port("bgp", Outcome.UNKNOWN),
            Reports.port("typha", Outcome.UNKNOWN),
            Reports.distribution(Outcome.WARN),
            Reports.module("ip_tables", Outcome.PASS),
            Reports.module("ip6_tables", Outcome.NOT_APPLICABLE));

    @Test
    void the_worst_comes_first_within_80_columns() {
        String text = new TextReport(MIXED, PLAIN, List.of(), "").whole();

        String body = text.substring(0, text.stripTrailing().lastIndexOf('\n'));
        assertThat(body.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        Golden.assertMatches("report.txt", text);
    }

    @Test
    void everything_is_shown_where_that_is_wanted() {
        TextReport.Look look = new TextReport.Look(80, false, Palette.NONE, true);

        Golden.assertMatches("report-verbose-ascii.txt", new TextReport(MIXED, look, List.of(), "").whole());
    }

    @Test
    void one_finding_is_shown_with_its_whole_derivation() {
        Finding failed = MIXED.findings().get(1);

        Golden.assertMatches("explain.txt", new TextReport(MIXED, PLAIN, List.of(), "").explanation(failed));
    }

    @Test
    void the_last_line_gives_the_verdict_and_the_ports_to_probe() {
        String last = new TextReport(MIXED, PLAIN, List.of(), "").verdict();

        assertThat(last)
                .isEqualTo("FAIL: 1 failed, 2 unknown, 1 warned, 2 passed; 2 ports need probe."
                        + " Next: fix what failed, then check again.\n");
    }

    @Test
    void the_last_line_names_what_was_waived() {
        Report report = Reports.of(Reports.module("ip_set", Outcome.PASS), Reports.port("bgp", Outcome.UNKNOWN));

        String last = new TextReport(report, PLAIN, List.of(report.findings().get(1)), "network").verdict();

        assertThat(last).contains("allowed to be unknown (network): 1").contains("1 port needs probe");
    }

    @Test
    void colour_only_adds_to_words() {
        TextReport.Look colourful = new TextReport.Look(80, true, Palette.COLOURS, false);

        String painted = new TextReport(MIXED, colourful, List.of(), "").whole();

        assertThat(painted).contains("\u001b[31;1m");
        assertThat(painted.replaceAll("\u001b\\[[0-9;]*m", ""))
                .isEqualTo(new TextReport(MIXED, PLAIN, List.of(), "").whole());
    }

    @Test
    void nothing_from_a_host_can_steer_the_terminal() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            StringBuilder hostile = new StringBuilder("\u001b]0;x\u0007\u009b31m\u202e\r\n");
            for (int i = 0; i < 40; i++) {
                hostile.append((char) random.nextInt(0x10000));
            }
            Report report = Reports.of(hostile.toString(), Reports.showing(hostile.toString()));

            String text = new TextReport(report, PLAIN, List.of(), "").whole();

            assertThat(text.codePoints().filter(character -> character != '\n'))
                    .allMatch(character -> !Character.isISOControl(character)
                            && Character.getType(character) != Character.FORMAT
                            && Character.getType(character) != Character.SURROGATE);
        }
    }
}
