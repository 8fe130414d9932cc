package calico.preflight.engine.drl;

import java.util.List;
import java.util.stream.Collectors;

/** One of the things between the parentheses of a pattern. */
sealed interface Clause {

    /** As it stands in the file, without white space around words. */
    String written();

    /** {@code $variable : member}. */
    record Binding(String variable, String member) implements Clause {
        @Override
        public String written() {
            return variable + ":" + member;
        }
    }

    /** What must be so for the fact to match. */
    sealed interface Test extends Clause {}

    /** All of it. */
    record Both(List<Test> tests) implements Test {
        @Override
        public String written() {
            return tests.stream().map(Clause::written).collect(Collectors.joining("&&"));
        }
    }

    /** Any of it. */
    record Either(List<Test> tests) implements Test {
        @Override
        public String written() {
            return tests.stream().map(Clause::written).collect(Collectors.joining("||"));
        }
    }

    /** In parentheses, with an exclamation mark before them or without. */
    record Group(boolean negated, Test test) implements Test {
        @Override
        public String written() {
            return (negated ? "!(" : "(") + test.written() + ")";
        }
    }

    /** {@code member operator operand}, with {@code not} before the operator or without. */
    record Comparison(String member, boolean negated, Operator operator, Operand operand) implements Test {
        @Override
        public String written() {
            return member + (negated ? " not " : " ") + operator.sign() + " " + operand.written();
        }
    }
}
