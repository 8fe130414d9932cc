package calico.preflight.cli.render;

import calico.preflight.cli.console.Plain;
import calico.preflight.cli.matrix.Answer;
import calico.preflight.cli.matrix.Answer.Judged;
import calico.preflight.cli.matrix.Answer.NotOffered;
import calico.preflight.cli.matrix.Lack;
import calico.preflight.cli.matrix.Matrix;
import calico.preflight.cli.matrix.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A matrix as comma-separated values (RFC 4180, lines that end in a line feed), a line for each host, version and mode; for
 * spreadsheets, so that no value is taken for a formula.
 */
public record MatrixTable(Matrix matrix) {

    private static final List<String> HEAD = List.of(
            "host",
            "calico",
            "dataplane",
            "encapsulation",
            "offered",
            "outcome",
            "exit",
            "pass",
            "warn",
            "fail",
            "unknown",
            "failed",
            "reason");

    /** The lines, the names of the columns first. */
    public String csv() {
        StringBuilder csv = new StringBuilder();
        line(csv, HEAD);
        for (Matrix.OfHost host : matrix.hosts()) {
            for (Spot spot : matrix.spots()) {
                List<String> values = new ArrayList<>(List.of(
                        HostSummary.of(host.facts()).name().orElse(""),
                        spot.row().version().toString(),
                        spot.mode().dataplane().label(),
                        spot.mode().encapsulation().label()));
                values.addAll(values(matrix.answer(host, spot)));
                line(csv, values);
            }
        }
        return csv.toString();
    }

    private static List<String> values(Answer answer) {
        if (answer instanceof NotOffered no) {
            return List.of("no", "", "", "", "", "", "", "", no.reason());
        }
        Judged judged = (Judged) answer;
        return List.of(
                "yes",
                judged.outcome().name(),
                String.valueOf(judged.exit().code()),
                String.valueOf(judged.passed()),
                String.valueOf(judged.warned().size()),
                String.valueOf(judged.failed().size()),
                String.valueOf(judged.unknown().size()),
                judged.failed().stream().map(Lack::id).collect(Collectors.joining(" ")),
                "");
    }

    private static void line(StringBuilder csv, List<String> values) {
        csv.append(values.stream().map(MatrixTable::quoted).collect(Collectors.joining(",")))
                .append('\n');
    }

    private static String quoted(String value) {
        String plain = Plain.line(value);
        String harmless = plain.matches("[=+@-].*") ? "'" + plain : plain;
        return harmless.matches("[A-Za-z0-9._/*' -]*") ? harmless : '"' + harmless.replace("\"", "\"\"") + '"';
    }
}
