package calico.preflight.engine.drl;

import calico.preflight.catalog.Problem;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one file, up to a number that a person can still read. */
final class Problems {

    private static final int MOST = 50;

    private final String file;
    private final List<Problem> found = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void at(Token token, String message) {
        at(token.line(), token.column(), message);
    }

    void at(int line, int column, String message) {
        if (found.size() < MOST) {
            found.add(new Problem(file, line, column, message));
        }
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    boolean isFull() {
        return found.size() >= MOST;
    }

    List<Problem> sorted() {
        return found.stream().sorted().distinct().toList();
    }
}
