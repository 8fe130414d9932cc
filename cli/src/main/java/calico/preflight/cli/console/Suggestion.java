package calico.preflight.cli.console;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** What a person most likely meant to type. */
public final class Suggestion {

    private Suggestion() {}

    /** The candidate that is nearest to the word, if one is near enough to be a slip of the fingers. */
    public static Optional<String> nearest(String word, Collection<String> candidates) {
        String best = "";
        int least = Math.max(1, Math.min(word.length() / 3, 4)) + 1;
        for (String candidate : candidates) {
            int distance = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    /** {@code  Did you mean "..."?}, with the space before it, or nothing. */
    public static String didYouMean(String word, Collection<String> candidates) {
        return nearest(word, candidates)
                .map(candidate -> " Did you mean \"" + candidate + "\"?")
                .orElse("");
    }

    /** Letters to insert, drop, change or swap with their neighbour (optimal string alignment). */
    private static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > 8 || a.length() > 200) {
            return Integer.MAX_VALUE;
        }
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int least = Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    least = Math.min(least, cost[i - 2][j - 2] + 1);
                }
                cost[i][j] = least;
            }
        }
        return cost[a.length()][b.length()];
    }
}
