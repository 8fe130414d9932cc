package calico.preflight.cli.matrix;

import calico.preflight.cli.matrix.Answer.Judged;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The newest version that all hosts can run today, and what is in the way of the next.
 *
 * @param newest the newest version of which some mode does not fail; nothing where all fail
 * @param runs its modes that do not fail; some may hold what is unknown
 * @param next the next newer version that is offered, in the mode that lacks least; where nothing runs, the best of all;
 *     nothing where there is no newer one
 */
public record Advice(Optional<Row> newest, Map<Mode, Judged> runs, Optional<Map.Entry<Spot, Judged>> next) {

    /** The advice that a matrix gives. */
    public static Advice of(Matrix matrix) {
        Map<Spot, Judged> judged = matrix.judged();
        Optional<Row> newest = judged.entrySet().stream()
                .filter(entry -> entry.getValue().failed().isEmpty())
                .map(entry -> entry.getKey().row())
                .reduce((older, newer) -> newer);
        Map<Mode, Judged> runs = new LinkedHashMap<>();
        judged.forEach((spot, answer) -> {
            if (Optional.of(spot.row()).equals(newest) && answer.failed().isEmpty()) {
                runs.put(spot.mode(), answer);
            }
        });
        return new Advice(newest, runs, newest.isEmpty() ? matrix.best() : next(matrix, newest.get(), judged));
    }

    private static Optional<Map.Entry<Spot, Judged>> next(Matrix matrix, Row newest, Map<Spot, Judged> judged) {
        for (Row row : matrix.rows()
                .subList(matrix.rows().indexOf(newest) + 1, matrix.rows().size())) {
            Map<Spot, Judged> ofRow = new LinkedHashMap<>(judged);
            ofRow.keySet().removeIf(spot -> !spot.row().equals(row));
            if (!ofRow.isEmpty()) {
                return Matrix.best(ofRow);
            }
        }
        return Optional.empty();
    }
}
