package calico.preflight.facts.parse;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Small formats that are read line by line. */
public final class Lines {

    /** A line's text and its number, counted from 1. */
    public record Line(String text, int number) {}

    private Lines() {}

    /** All lines, without their ends. */
    public static List<Line> of(String text) {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            lines.add(new Line(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line, ++number));
        }
        return lines;
    }

    /** The words of a line between white space. */
    public static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        String stripped = line.strip();
        for (int begin = 0, end; begin < stripped.length(); begin = end + 1) {
            end = begin;
            while (end < stripped.length() && !isSpace(stripped.charAt(end))) {
                end++;
            }
            if (end > begin) {
                words.add(stripped.substring(begin, end));
            }
        }
        return List.copyOf(words);
    }

    private static boolean isSpace(char letter) {
        return letter == ' ' || (letter >= '\t' && letter <= '\r');
    }

    /** The value of {@code Name:\tvalue}, as in {@code /proc/PID/status} and {@code /proc/meminfo}. */
    public static Optional<Line> field(String text, String name) {
        return of(text).stream()
                .filter(line -> line.text().startsWith(name + ":"))
                .map(line -> new Line(line.text().substring(name.length() + 1).strip(), line.number()))
                .findFirst();
    }

    /** Is it {@code name : value}, as in {@code /proc/cpuinfo}? */
    public static boolean isField(String line, String name) {
        return line.startsWith(name)
                && line.substring(name.length()).stripLeading().startsWith(":");
    }

    /**
     * The value of the last {@code NAME=value} of a file that a shell could read, such as os-release: without quotes,
     * and without the backslashes that they need.
     */
    public static Optional<Line> assignment(String text, String name) {
        Optional<Line> found = Optional.empty();
        for (Line line : of(text)) {
            String stripped = line.text().strip();
            if (stripped.startsWith(name + "=")) {
                found = Optional.of(new Line(unquoted(stripped.substring(name.length() + 1)), line.number()));
            }
        }
        return found;
    }

    private static String unquoted(String value) {
        if (value.length() >= 2 && (value.charAt(0) == '"' || value.charAt(0) == '\'')) {
            char quote = value.charAt(0);
            int end = value.indexOf(quote, 1);
            while (quote == '"' && end > 0 && value.charAt(end - 1) == '\\') {
                end = value.indexOf(quote, end + 1);
            }
            if (end > 0) {
                String inner = value.substring(1, end);
                return quote == '"' ? inner.replaceAll("\\\\([\"\\\\$`])", "$1") : inner;
            }
        }
        int comment = value.indexOf(" #");
        return (comment < 0 ? value : value.substring(0, comment)).strip();
    }

    /** A decimal number without sign. */
    public static OptionalLong number(String text) {
        return isNumber(text, 18) ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /** Is it of at most so many digits, and of nothing else? */
    public static boolean isNumber(String text, int digits) {
        if (text.isEmpty() || text.length() > digits) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** Is it of so many hexadecimal digits, and of nothing else? */
    public static boolean isHexadecimal(String text, int least, int most) {
        if (text.length() < least || text.length() > most) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!HexFormat.isHexDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** How many processors a list such as {@code 0-3,5} names (cpulist format of the kernel); nothing if it is none. */
    public static OptionalInt cpus(String list) {
        int count = 0;
        for (String range : list.strip().split(",", -1)) {
            if (!range.matches("[0-9]{1,6}(-[0-9]{1,6})?")) {
                return OptionalInt.empty();
            }
            int dash = range.indexOf('-');
            int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
            int last = Integer.parseInt(dash < 0 ? range : range.substring(dash + 1));
            if (last < first || count > 1_000_000) {
                return OptionalInt.empty();
            }
            count += last - first + 1;
        }
        return OptionalInt.of(count);
    }

    /** Memory in bytes, of {@code MemTotal} in {@code /proc/meminfo}, which is in KiB. */
    public static OptionalLong memory(String meminfo) {
        List<String> words =
                field(meminfo, "MemTotal").map(line -> words(line.text())).orElse(List.of());
        OptionalLong kibibytes =
                words.size() == 2 && words.get(1).equals("kB") ? number(words.get(0)) : OptionalLong.empty();
        return kibibytes.isPresent() && kibibytes.getAsLong() < Long.MAX_VALUE >> 10
                ? OptionalLong.of(kibibytes.getAsLong() << 10)
                : OptionalLong.empty();
    }
}
