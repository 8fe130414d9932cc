package calico.preflight.catalog;

import java.util.Comparator;

/**
 * One mistake in a file, for the person who wrote it.
 *
 * @param file the path as the reader would type it
 * @param line counted from 1; 0 where it is the file as a whole
 * @param column counted from 1; 0 where it is the line or the file as a whole
 * @param message what is wrong; what is allowed; where there is a likely one, {@code Did you mean "..."?}
 */
public record Problem(String file, int line, int column, String message) implements Comparable<Problem> {

    private static final Comparator<Problem> ORDER = Comparator.comparing(Problem::file)
            .thenComparingInt(Problem::line)
            .thenComparingInt(Problem::column)
            .thenComparing(Problem::message);

    @Override
    public int compareTo(Problem other) {
        return ORDER.compare(this, other);
    }

    /** {@code file:line:column: message}. */
    @Override
    public String toString() {
        return file + (line == 0 ? "" : ":" + line + (column == 0 ? "" : ":" + column)) + ": " + message;
    }
}
