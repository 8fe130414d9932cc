package calico.preflight.engine.drl;

import java.util.Collection;

/** How two values are compared. */
enum Operator {
    EQUAL("=="),
    UNEQUAL("!="),
    LESS("<"),
    AT_MOST("<="),
    MORE(">"),
    AT_LEAST(">="),
    MEMBER_OF("memberOf"),
    CONTAINS("contains");

    private final String sign;

    Operator(String sign) {
        this.sign = sign;
    }

    /** As it is written. */
    String sign() {
        return sign;
    }

    /**
     * Whether it is so. Whole numbers are given as those of 64 bits.
     *
     * @param left of a kind that {@link Kind#whyNot} lets be compared so with that of the other
     */
    boolean holds(Object left, Object right) {
        return switch (this) {
            case EQUAL -> left.equals(right);
            case UNEQUAL -> !left.equals(right);
            case LESS -> order(left, right) < 0;
            case AT_MOST -> order(left, right) <= 0;
            case MORE -> order(left, right) > 0;
            case AT_LEAST -> order(left, right) >= 0;
            case MEMBER_OF -> isAmong((Collection<?>) right, left);
            case CONTAINS ->
                left instanceof String text ? text.contains((String) right) : isAmong((Collection<?>) left, right);
        };
    }

    @SuppressWarnings("unchecked") // the parser has seen that the two are of one type
    private static int order(Object left, Object right) {
        return ((Comparable<Object>) left).compareTo(right);
    }

    /** Whole numbers are equal whatever their width, here too, where Drools by itself asks for the same width. */
    private static boolean isAmong(Collection<?> many, Object one) {
        return one instanceof Long number
                ? many.stream()
                        .anyMatch(item -> item instanceof Number other
                                && Kind.of(item.getClass()) == Kind.WHOLE
                                && other.longValue() == number)
                : many.contains(one);
    }
}
