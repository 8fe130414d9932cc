package calico.preflight.facts.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A name, or a pattern over names, as an automaton whose states are sets of positions in the pattern. */
final class NameGlob {
    /** Names are at most 15 bytes (IFNAMSIZ of the kernel, less the final zero). */
    static final int LONGEST_NAME = 15;

    private static final long DEAD = 0;

    /** More letters than this are not spelled out: such a range is written by nobody. */
    private static final int WIDEST_RANGE = 256;

    /** Classes of characters within brackets, and the ranges that they stand for in a name. */
    private static final Map<String, String> CLASSES = Map.of(
            "[:digit:]", "0-9",
            "[:xdigit:]", "0-9A-Fa-f",
            "[:lower:]", "a-z",
            "[:upper:]", "A-Z",
            "[:alpha:]", "A-Za-z",
            "[:alnum:]", "0-9A-Za-z");

    /**
     * One place of the pattern.
     *
     * @param star stands for any text
     * @param characters those that fit here, or with {@code except} those that do not
     */
    private record Place(boolean star, String characters, boolean except) {
        static final Place STAR = new Place(true, "", false);
        static final Place ANY = new Place(false, "", true);

        static Place of(char c) {
            return new Place(false, String.valueOf(c), false);
        }

        boolean fits(char c) {
            return (characters.indexOf(c) >= 0) != except;
        }
    }

    private final List<Place> places;
    private final boolean possible;

    private NameGlob(List<Place> places) {
        long single = places.stream().filter(place -> !place.star()).count();
        this.possible = !places.isEmpty() && single <= LONGEST_NAME;
        this.places = possible ? List.copyOf(places) : List.of();
    }

    /** With {@code *} and {@code ?} (GLib's {@code g_pattern_match_simple}: nothing else is special or can be escaped). */
    static NameGlob pattern(String text) {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            add(places, c == '*' ? Place.STAR : c == '?' ? Place.ANY : Place.of(c));
        }
        return new NameGlob(places);
    }

    static NameGlob literal(String text) {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            places.add(Place.of(text.charAt(i)));
        }
        return new NameGlob(places);
    }

    /** With {@code *}, {@code ?}, {@code [a-z]}, {@code [!a-z]} and backslashes (fnmatch(3) without flags, glob(7)). */
    static NameGlob shell(String pattern) {
        String text = pattern;
        for (Map.Entry<String, String> named : CLASSES.entrySet()) {
            text = text.replace(named.getKey(), named.getValue());
        }
        List<Place> places = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int end = c == '[' ? endOfBrackets(text, i) : -1;
            if (end > 0) {
                add(places, brackets(text.substring(i + 1, end)));
                i = end + 1;
            } else if (c == '\\' && i + 1 < text.length()) {
                add(places, Place.of(text.charAt(i + 1)));
                i += 2;
            } else {
                add(places, c == '*' ? Place.STAR : c == '?' ? Place.ANY : Place.of(c));
                i++;
            }
        }
        return new NameGlob(places);
    }

    /** Several stars are one. */
    private static void add(List<Place> places, Place place) {
        if (!place.star() || places.isEmpty() || !places.get(places.size() - 1).star()) {
            places.add(place);
        }
    }

    /** Where the brackets that open here close; negative where they do not, and the bracket stands for itself. */
    private static int endOfBrackets(String text, int open) {
        int i = open + 1;
        if (i < text.length() && (text.charAt(i) == '!' || text.charAt(i) == '^')) {
            i++;
        }
        // A closing bracket that comes first is one of the characters.
        for (int first = i; i < text.length(); i++) {
            if (text.charAt(i) == ']' && i > first) {
                return i;
            }
            if (text.charAt(i) == '\\') {
                i++;
            }
        }
        return -1;
    }

    private static Place brackets(String inner) {
        boolean except = inner.startsWith("!") || inner.startsWith("^");
        StringBuilder characters = new StringBuilder();
        int i = except ? 1 : 0;
        while (i < inner.length()) {
            i += inner.charAt(i) == '\\' && i + 1 < inner.length() ? 1 : 0;
            char from = inner.charAt(i);
            boolean range = i + 2 < inner.length() && inner.charAt(i + 1) == '-';
            char to = range ? inner.charAt(i + 2) : from;
            for (int c = from; c <= to && c < from + WIDEST_RANGE; c++) {
                characters.append((char) c);
            }
            i += range ? 3 : 1;
        }
        return new Place(false, characters.toString(), except);
    }

    /** Every character that it names. */
    String characters() {
        StringBuilder characters = new StringBuilder();
        places.forEach(place -> characters.append(place.characters()));
        return characters.toString();
    }

    /** Does it stand for this text? */
    boolean matches(String text) {
        long state = start();
        for (int i = 0; i < text.length(); i++) {
            state = step(state, text.charAt(i));
        }
        return accepts(state);
    }

    /** The state before the first character; a pattern that can match no name is dead from the start. */
    long start() {
        return possible ? closed(1L) : DEAD;
    }

    /** The state after one more character. */
    long step(long state, char c) {
        long next = DEAD;
        for (int i = 0; i < places.size(); i++) {
            if ((state & (1L << i)) != 0) {
                Place place = places.get(i);
                if (place.star()) {
                    next |= 1L << i;
                } else if (place.fits(c)) {
                    next |= 1L << (i + 1);
                }
            }
        }
        return closed(next);
    }

    boolean accepts(long state) {
        return possible && (state & (1L << places.size())) != 0;
    }

    static boolean isDead(long state) {
        return state == DEAD;
    }

    /** A star may also stand for nothing. */
    private long closed(long state) {
        long closed = state;
        for (int i = 0; i < places.size(); i++) {
            if ((closed & (1L << i)) != 0 && places.get(i).star()) {
                closed |= 1L << (i + 1);
            }
        }
        return closed;
    }
}
