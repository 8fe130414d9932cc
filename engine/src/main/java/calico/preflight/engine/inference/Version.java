package calico.preflight.engine.inference;

import java.util.ArrayList;
import java.util.List;

/**
 * A version as people write it: its numbers, compared one by one. It is read up to the first part that does not start
 * with a digit, so that {@code 4.18.0-553.el8_10} is 4.18.0.553 and {@code 6.1.96-flatcar} is 6.1.96; a leading {@code v}
 * is passed over. Build numbers of distributions count, upstream's missing ones are zero.
 */
public record Version(List<Long> numbers) implements Comparable<Version> {

    /** No version at all; older than any other. */
    public static final Version NONE = new Version(List.of());

    /** Newer than any other. */
    public static final Version ENDLESS = new Version(List.of(Long.MAX_VALUE));

    private static final int MOST_NUMBERS = 12;
    private static final int MOST_DIGITS = 18;

    public Version {
        numbers = List.copyOf(numbers);
    }

    /** Reads as much of the text as is a version; {@link #NONE} where it does not start with one. */
    public static Version of(String text) {
        List<Long> numbers = new ArrayList<>();
        int at = text.startsWith("v") ? 1 : 0;
        while (at < text.length() && numbers.size() < MOST_NUMBERS) {
            int end = at;
            while (end < text.length() && isDigit(text.charAt(end))) {
                end++;
            }
            if (end == at || end - at > MOST_DIGITS) {
                break;
            }
            numbers.add(Long.parseLong(text.substring(at, end)));
            if (end == text.length() || ".-_".indexOf(text.charAt(end)) < 0) {
                break;
            }
            at = end + 1;
        }
        return new Version(numbers);
    }

    /** The first version after all that begin with this one: 8 after 7, 16.5 after 16.04. */
    public Version next() {
        if (numbers.isEmpty()) {
            return ENDLESS;
        }
        List<Long> next = new ArrayList<>(numbers);
        next.set(next.size() - 1, next.get(next.size() - 1) + 1);
        return new Version(next);
    }

    @Override
    public int compareTo(Version other) {
        int most = Math.max(numbers.size(), other.numbers.size());
        for (int i = 0; i < most; i++) {
            int order = Long.compare(number(i), other.number(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private long number(int index) {
        return index < numbers.size() ? numbers.get(index) : 0L;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** The numbers, joined by dots. */
    @Override
    public String toString() {
        return String.join(".", numbers.stream().map(String::valueOf).toList());
    }
}
