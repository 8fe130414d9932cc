package calico.preflight.catalog.yaml;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
                + nearest(written, choices)
                        .map(near -> ". Did you mean " + quoted(near) + "?")
                        .orElse("");
    }

    /** The choice that the written word was probably meant to be. */
    public static Optional<String> nearest(String written, Collection<String> choices) {
        if (written.length() > LONGEST_QUOTATION) {
            return Optional.empty();
        }
        int tolerance = Math.max(1, written.length() / 3);
        List<String> near = new ArrayList<>(choices);
        near.removeIf(choice -> choice.length() > LONGEST_QUOTATION || distance(written, choice) > tolerance);
        return near.stream()
                .min(Comparator.comparingInt((String choice) -> distance(written, choice))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** How many letters to insert, leave out, change or swap with the next; upper and lower case count as the same. */
    private static int distance(String a, String b) {
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                int change = same(a, i, b, j) ? 0 : 1;
                int best = Math.min(steps[i - 1][j - 1] + change, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
                boolean swapped = i > 1 && j > 1 && same(a, i, b, j - 1) && same(a, i - 1, b, j);
                steps[i][j] = swapped ? Math.min(best, steps[i - 2][j - 2] + 1) : best;
            }
        }
        return steps[a.length()][b.length()];
    }

    private static boolean same(String a, int i, String b, int j) {
        return Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
    }
}
