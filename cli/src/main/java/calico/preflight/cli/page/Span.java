package calico.preflight.cli.page;

import java.util.List;

/** A piece of a line. */
public sealed interface Span {

    /** Words as they are. */
    record Text(String words) implements Span {}

    /** Words that stand out. */
    record Strong(String words) implements Span {}

    /** A name or value as one types it. */
    record Code(String words) implements Span {}

    /** Words that lead to an address. */
    record Link(String words, String url) implements Span {}

    /** A line of plain words. */
    static List<Span> of(String words) {
        return List.of(new Text(words));
    }
}
