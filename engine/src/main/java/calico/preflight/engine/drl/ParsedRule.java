package calico.preflight.engine.drl;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One rule of our language.
 *
 * @param name the phrase that findings show
 * @param line where the name stands, counted from 1
 * @param column counted from 1
 * @param salience the higher, the earlier it fires; 0 where nothing is written
 * @param condition what must hold
 * @param insertions what is added then, at least one
 */
record ParsedRule(String name, int line, int column, int salience, Condition condition, List<Insertion> insertions) {

    /** The statements between {@code then} and {@code end}, without white space around words. */
    String consequence() {
        return insertions.stream().map(Insertion::written).collect(Collectors.joining());
    }
}
