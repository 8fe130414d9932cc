package calico.preflight.engine.drl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a rule says, written in a form that is the same whoever read it: our parser and the parser of Drools each make one,
 * and the two must be equal. White space is left out, groups of one are dissolved, groups of the same kind are joined.
 */
record Shape(String kind, List<Shape> parts, String text) {

    /** Of what our parser read. */
    static Shape of(Condition condition) {
        if (condition instanceof Condition.All all) {
            return and(all.parts().stream().map(Shape::of).toList());
        }
        if (condition instanceof Condition.Any any) {
            return or(any.parts().stream().map(Shape::of).toList());
        }
        if (condition instanceof Condition.Not not) {
            return not(of(not.of()));
        }
        if (condition instanceof Condition.Exists exists) {
            return exists(of(exists.of()));
        }
        Condition.Match match = (Condition.Match) condition;
        return pattern(
                match.variable(),
                match.type(),
                match.clauses().stream().map(Clause::written).toList());
    }

    static Shape pattern(String variable, String type, List<String> constraints) {
        String inner = constraints.stream().map(Shape::withoutSpace).collect(Collectors.joining(","));
        return new Shape("pattern", List.of(), variable + ":" + type + "(" + inner + ")");
    }

    static Shape not(Shape of) {
        return new Shape("not", List.of(of), "");
    }

    static Shape exists(Shape of) {
        return new Shape("exists", List.of(of), "");
    }

    static Shape and(List<Shape> of) {
        return group("and", of);
    }

    static Shape or(List<Shape> of) {
        return group("or", of);
    }

    private static Shape group(String kind, List<Shape> of) {
        List<Shape> flat = new ArrayList<>();
        for (Shape shape : of) {
            if (shape.kind.equals(kind)) {
                flat.addAll(shape.parts);
            } else {
                flat.add(shape);
            }
        }
        return flat.size() == 1 ? flat.get(0) : new Shape(kind, List.copyOf(flat), "");
    }

    static String withoutSpace(String text) {
        StringBuilder kept = new StringBuilder();
        text.chars().filter(c -> !Character.isWhitespace(c)).forEach(c -> kept.append((char) c));
        return kept.toString();
    }

    @Override
    public String toString() {
        return parts.isEmpty() ? text : kind.toUpperCase(Locale.ROOT) + parts;
    }
}
