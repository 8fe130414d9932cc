package calico.preflight.facts;

import java.util.Objects;

/**
 * Where a fact was seen or looked for: a path on the host such as {@code /proc/modules}, or a command line, and the line
 * in it.
 *
 * @param where the path as the host sees it, or the command line
 * @param line the line, counted from 1; 0 where no single line says it
 */
public record Origin(String where, int line) {
    public Origin {
        Objects.requireNonNull(where, "where");
        if (line < 0) {
            throw new IllegalArgumentException("a line is counted from 1 (0: none), but is " + line);
        }
    }

    /** The whole of a file, or of a command's output. */
    public static Origin of(String where) {
        return new Origin(where, 0);
    }

    /** The same place, at this line. */
    public Origin at(int atLine) {
        return new Origin(where, atLine);
    }

    /** {@code where:line}, or {@code where} alone. */
    @Override
    public String toString() {
        return line == 0 ? where : where + ":" + line;
    }
}
