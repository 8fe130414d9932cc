package calico.preflight.cli.render;

import calico.preflight.engine.fleet.FleetReport;
import calico.preflight.engine.fleet.FleetReport.Matrix;
import calico.preflight.engine.report.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * What a fleet comes to, in one sentence.
 *
 * @param waivedBy the words by which hosts were allowed to leave something open; may be empty
 */
record FleetVerdict(FleetReport report, String waivedBy) {

    /** {@code FAIL: of 9 hosts 1 failed, 8 passed; 2 findings across hosts.} */
    String sentence() {
        Matrix matrix = report.matrix();
        List<String> counts = new ArrayList<>();
        add(counts, matrix.count(Outcome.FAIL), "failed");
        add(counts, matrix.count(Outcome.UNKNOWN), "unknown");
        add(counts, matrix.unreadable(), "unreadable");
        add(counts, matrix.count(Outcome.WARN), "warned");
        add(counts, matrix.count(Outcome.PASS), "passed");
        long across = report.findings().stream()
                .filter(one ->
                        one.finding().outcome() == Outcome.FAIL || one.finding().outcome() == Outcome.WARN)
                .count();
        return report.outcome().name() + ": of " + hosts(matrix.hosts()) + " " + String.join(", ", counts)
                + (across > 0 ? "; " + across + (across == 1 ? " finding" : " findings") + " across hosts" : "")
                + (waivedBy.isEmpty() ? "" : "; allowed to be unknown: " + waivedBy) + ".";
    }

    /** What was judged: {@code Calico 3.32 on kubernetes: 9 hosts}. */
    String title() {
        return "Calico " + report.target().calico() + " on "
                + report.target().platform().label() + ": "
                + hosts(report.matrix().hosts());
    }

    /** {@code 1 host}, {@code 2 hosts}. */
    static String hosts(int count) {
        return count + (count == 1 ? " host" : " hosts");
    }

    private static void add(List<String> counts, int number, String word) {
        if (number > 0) {
            counts.add(number + " " + word);
        }
    }
}
