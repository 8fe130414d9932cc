package calico.preflight.engine.drl;

/** What a member is compared with, or what a fact is made of. */
sealed interface Operand {

    /** As it stands in the file, without white space around it. */
    String written();

    /** Another member of the same fact. */
    record Member(String name) implements Operand {
        @Override
        public String written() {
            return name;
        }
    }

    /**
     * What an earlier pattern has bound.
     *
     * @param name with its dollar sign
     * @param member of the fact that is bound; empty for what is bound itself
     */
    record Variable(String name, String member) implements Operand {
        @Override
        public String written() {
            return member.isEmpty() ? name : name + "." + member;
        }
    }

    /** A text. */
    record Text(String text) implements Operand {
        @Override
        public String written() {
            return "\"" + text + "\"";
        }
    }

    /** A whole number. */
    record Whole(int number) implements Operand {
        @Override
        public String written() {
            return Integer.toString(number);
        }
    }

    /** {@code true} or {@code false}. */
    record Flag(boolean flag) implements Operand {
        @Override
        public String written() {
            return Boolean.toString(flag);
        }
    }
}
