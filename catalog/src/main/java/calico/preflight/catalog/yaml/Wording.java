package calico.preflight.catalog.yaml;

import calico.preflight.catalog.Suggestion;
import java.util.Collection;
import java.util.stream.Collectors;

/** The recurring parts of messages: quotations of what strangers wrote, lists of what is allowed, suggestions. */
public final class Wording {

    private static final int LONGEST_QUOTATION = 80;
    private static final int MOST_LISTED = 25;

    private Wording() {}

    /** The text in quotes, cut where it is long, without anything that could move a terminal. */
    public static String quoted(String text) {
        return '"' + printable(text) + '"';
    }

    /** The text, cut where it is long, without anything that could move a terminal. */
    public static String printable(String text) {
        String cut = text.length() > LONGEST_QUOTATION ? text.substring(0, LONGEST_QUOTATION) + "..." : text;
        return cut.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** {@code ; allowed: a, b, c}, and a suggestion where one of them is near. */
    public static String allowed(String written, Collection<String> allowed) {
        return choice("allowed", written, allowed);
    }

    /** {@code ; known: a, b, c}, and a suggestion where one of them is near. */
    public static String known(String written, Collection<String> known) {
        return choice("known", written, known);
    }

    private static String choice(String word, String written, Collection<String> choices) {
        if (choices.isEmpty()) {
            return "; there are none";
        }
        String list = choices.stream().sorted().limit(MOST_LISTED).collect(Collectors.joining(", "));
        int more = choices.size() - MOST_LISTED;
        return "; " + word + ": " + list + (more > 0 ? " and " + more + " more" : "")
                + Suggestion.nearest(written, choices)
                        .map(near -> ". Did you mean " + quoted(near) + "?")
                        .orElse("");
    }
}
