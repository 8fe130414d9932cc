package calico.preflight.engine.drl;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The kinds of values that facts hold, as far as rules must tell them apart. */
enum Kind {
    TEXT("a text"),
    WHOLE("a whole number"),
    FLAG("true or false"),
    MANY("a list"),
    OTHER("");

    private static final Set<Class<?>> WHOLE_NUMBERS =
            Set.of(int.class, long.class, short.class, byte.class, Integer.class, Long.class, Short.class, Byte.class);

    private final String label;

    Kind(String label) {
        this.label = label;
    }

    /** Of a Java type. */
    static Kind of(Class<?> type) {
        if (type == String.class) {
            return TEXT;
        }
        if (WHOLE_NUMBERS.contains(type)) {
            return WHOLE;
        }
        if (type == boolean.class || type == Boolean.class) {
            return FLAG;
        }
        return Collection.class.isAssignableFrom(type) ? MANY : OTHER;
    }

    /** What is wrong with comparing values of these types; empty where nothing is. */
    static Optional<String> whyNot(Class<?> left, Operator operator, Class<?> right) {
        Kind first = of(left);
        Kind second = of(right);
        boolean alike = first == second && (first != OTHER || related(left, right));
        return switch (operator) {
            case EQUAL, UNEQUAL ->
                alike
                        ? Optional.empty()
                        : Optional.of(shown(left) + " is never equal to " + shown(right) + "; both must be alike");
            case LESS, AT_MOST, MORE, AT_LEAST -> {
                boolean ordered = first == WHOLE || (first == OTHER && Comparable.class.isAssignableFrom(left));
                yield alike && ordered
                        ? Optional.empty()
                        : Optional.of(shown(left) + " is neither more nor less than " + shown(right)
                                + "; allowed are two whole numbers, or two values of one type that has an order");
            }
            case MEMBER_OF -> second == MANY ? Optional.empty() : Optional.of(shown(right) + " has no members");
            case CONTAINS ->
                first == MANY || (first == TEXT && second == TEXT)
                        ? Optional.empty()
                        : Optional.of(shown(left) + " does not contain " + shown(right)
                                + "; allowed are lists, and a text in a text");
        };
    }

    private static boolean related(Class<?> one, Class<?> other) {
        return one.isAssignableFrom(other) || other.isAssignableFrom(one);
    }

    /** Whether a constructor with such parameters can be given such arguments. */
    static boolean fit(List<Class<?>> parameters, List<Class<?>> arguments) {
        if (parameters.size() != arguments.size()) {
            return false;
        }
        for (int i = 0; i < parameters.size(); i++) {
            if (!fits(parameters.get(i), arguments.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(Class<?> wanted, Class<?> given) {
        if (wanted == Object.class) {
            return true;
        }
        return switch (of(wanted)) {
            case TEXT, FLAG -> of(wanted) == of(given);
            // What is narrower than an int is made of none; what is wider does not go into one.
            case WHOLE ->
                of(given) == WHOLE
                        && (isLong(wanted) || ((wanted == int.class || wanted == Integer.class) && !isLong(given)));
            case MANY, OTHER -> wanted.isAssignableFrom(given);
        };
    }

    private static boolean isLong(Class<?> type) {
        return type == long.class || type == Long.class;
    }

    /** For messages. */
    static String shown(List<? extends Class<?>> types) {
        return types.stream().map(Kind::shown).collect(Collectors.joining(", "));
    }

    private static String shown(Class<?> type) {
        if (type == Object.class) {
            return "anything";
        }
        Kind kind = of(type);
        return kind == OTHER ? type.getSimpleName() : kind.label;
    }
}
