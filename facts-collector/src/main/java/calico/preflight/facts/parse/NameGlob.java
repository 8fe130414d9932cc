package calico.preflight.facts.parse;

/**
 * An interface name, or a pattern with {@code *} and {@code ?} (GLib's {@code g_pattern_match_simple}: nothing else is
 * special, nothing can be escaped), as an automaton whose states are sets of positions in the pattern.
 */
final class NameGlob {
    /** Names are at most 15 bytes (IFNAMSIZ of the kernel, less the final zero). */
    static final int LONGEST_NAME = 15;

    private static final long DEAD = 0;

    private final String pattern;
    private final boolean literal;

    private NameGlob(String pattern, boolean literal) {
        this.pattern = pattern;
        this.literal = literal;
    }

    static NameGlob pattern(String text) {
        String collapsed = text.replaceAll("\\*{2,}", "*");
        return new NameGlob(isTooLong(collapsed.replace("*", "")) ? "" : collapsed, false);
    }

    static NameGlob literal(String text) {
        return new NameGlob(isTooLong(text) ? "" : text, true);
    }

    private static boolean isTooLong(String characters) {
        return characters.length() > LONGEST_NAME;
    }

    /** Every character that it names. */
    String characters() {
        return literal ? pattern : pattern.replace("*", "").replace("?", "");
    }

    /** The state before the first character; a pattern that can match no name is dead from the start. */
    long start() {
        return pattern.isEmpty() ? DEAD : closed(1L);
    }

    /** The state after one more character. */
    long step(long state, char c) {
        long next = DEAD;
        for (int i = 0; i < pattern.length(); i++) {
            if ((state & (1L << i)) != 0) {
                char p = pattern.charAt(i);
                if (!literal && p == '*') {
                    next |= 1L << i;
                } else if (p == c || (!literal && p == '?')) {
                    next |= 1L << (i + 1);
                }
            }
        }
        return closed(next);
    }

    boolean accepts(long state) {
        return !pattern.isEmpty() && (state & (1L << pattern.length())) != 0;
    }

    static boolean isDead(long state) {
        return state == DEAD;
    }

    /** A star may also stand for nothing. */
    private long closed(long state) {
        long closed = state;
        for (int i = 0; !literal && i < pattern.length(); i++) {
            if ((closed & (1L << i)) != 0 && pattern.charAt(i) == '*') {
                closed |= 1L << (i + 1);
            }
        }
        return closed;
    }
}
