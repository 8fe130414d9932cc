package calico.preflight.engine.drl;

import java.util.List;

/** What must hold for a rule to fire. */
sealed interface Condition {

    /** All of them. */
    record All(List<Condition> parts) implements Condition {}

    /** Any of them. */
    record Any(List<Condition> parts) implements Condition {}

    /** Nothing of that kind. */
    record Not(Condition of) implements Condition {}

    /** At least one, and however many there are, once. */
    record Exists(Condition of) implements Condition {}

    /**
     * A fact.
     *
     * @param variable what it is bound to, with its dollar sign; may be empty
     * @param type the simple name of its type
     */
    record Match(String variable, String type, List<Clause> clauses) implements Condition {}
}
