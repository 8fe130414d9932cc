package calico.preflight.engine.inference;

import calico.preflight.engine.report.Evidence;
import calico.preflight.facts.Origin;
import java.util.Optional;

/**
 * Where the facts of one host stand. Rules that conclude for several hosts at once see a number in the stead of each place,
 * between two characters that no text of a host's files has; for each host its own places are put in afterwards.
 */
public final class Places {

    private static final char MARK = '\u0001';
    private static final String LINE = ":1";

    private final Lookup places;

    /** Finds the place of a part, or of an entry in it. */
    interface Lookup {
        Optional<Origin> of(int part, String entry);
    }

    Places(Lookup places) {
        this.places = places;
    }

    /** What stands in the stead of the place of a part, or of an entry in it: it has a line if the place has one. */
    static Origin number(int part, String entry, Origin place) {
        return new Origin(MARK + Integer.toString(part) + '.' + entry + MARK, Math.min(1, place.line()));
    }

    /** Does the text have a number in the stead of a place? */
    public static boolean stands(String text) {
        return text.indexOf(MARK) >= 0;
    }

    /** The evidence with the places of this host. */
    public Evidence in(Evidence evidence) {
        return stands(evidence.origin()) || stands(evidence.value())
                ? new Evidence(evidence.fact(), in(evidence.value()), in(evidence.origin()))
                : evidence;
    }

    /** The text with the places of this host. */
    public String in(String text) {
        int mark = text.indexOf(MARK);
        if (mark < 0) {
            return text;
        }
        StringBuilder placed = new StringBuilder();
        int from = 0;
        while (mark >= 0) {
            int end = text.indexOf(MARK, mark + 1);
            Optional<Origin> place = end < 0 ? Optional.empty() : place(text.substring(mark + 1, end));
            if (place.isEmpty()) {
                // A text of a stranger that only looks like one of ours.
                placed.append(text, from, mark + 1);
                from = mark + 1;
            } else {
                placed.append(text, from, mark).append(place.get().where());
                from = end + 1;
                if (place.get().line() > 0 && text.startsWith(LINE, from)) {
                    placed.append(':').append(place.get().line());
                    from += LINE.length();
                }
            }
            mark = text.indexOf(MARK, from);
        }
        return placed.append(text, from, text.length()).toString();
    }

    private Optional<Origin> place(String number) {
        int dot = number.indexOf('.');
        boolean isNumber =
                dot > 0 && dot <= 6 && number.chars().limit(dot).allMatch(digit -> digit >= '0' && digit <= '9');
        return isNumber ? places.of(Integer.parseInt(number, 0, dot, 10), number.substring(dot + 1)) : Optional.empty();
    }
}
