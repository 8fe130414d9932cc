package calico.preflight.engine.drl;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A fact that a rule adds.
 *
 * @param type the simple name of its type
 * @param arguments what it is made of
 */
record Insertion(String type, List<Operand> arguments) {

    /** As it stands in the file, without white space around words. */
    String written() {
        return arguments.stream()
                .map(Operand::written)
                .collect(Collectors.joining(",", "insert(new " + type + "(", "));"));
    }
}
