package calico.preflight.facts.parse;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A key file as GLib's {@code GKeyFile} reads it without flags: groups of {@code key=value} lines. A group that comes
 * again continues, a key that comes again keeps its place and takes the later value. One wrong line spoils the file.
 *
 * @param groups keys and their raw values, in the order in which they first stand in the file
 * @param mistake what is wrong with the file; then the groups hold what stands before it
 */
record KeyFile(Map<String, Map<String, Value>> groups, Optional<Mistake> mistake) {

    /** A raw value: escapes are as written, white space at its end belongs to it. */
    record Value(String text, int line) {}

    /** The first line that is wrong, counted from 1. */
    record Mistake(int line, String what) {}

    KeyFile {
        groups = Collections.unmodifiableMap(groups);
    }

    /** Reads the text of a whole file. */
    static KeyFile parse(String text) {
        Map<String, Map<String, Value>> groups = new LinkedHashMap<>();
        Optional<String> startGroup = Optional.empty();
        Optional<String> group = Optional.empty();
        int number = 0;
        int from = 0;
        while (from < text.length()) {
            number++;
            int newline = text.indexOf('\n', from);
            int to = newline < 0 ? text.length() : newline;
            String line = stripLeading(untilNul(lineOf(text, from, to, newline >= 0)));
            from = to + 1;
            if (line.isEmpty() || line.charAt(0) == '#') {
                continue;
            }
            Optional<String> header = header(line);
            if (header.isPresent()) {
                if (!isGroupName(header.get())) {
                    return broken(groups, number, "invalid section name");
                }
                group = header;
                startGroup = startGroup.isPresent() ? startGroup : header;
                groups.computeIfAbsent(header.get(), name -> new LinkedHashMap<>());
                continue;
            }
            int equals = line.indexOf('=');
            if (equals <= 0) {
                return broken(groups, number, "neither key=value nor [section] nor comment");
            }
            if (group.isEmpty()) {
                return broken(groups, number, "key before the first section");
            }
            String key = stripTrailing(line.substring(0, equals));
            if (!isKeyName(key)) {
                return broken(groups, number, "invalid key");
            }
            String value = stripLeading(line.substring(equals + 1));
            if (key.equals("Encoding") && group.equals(startGroup) && !value.equalsIgnoreCase("UTF-8")) {
                return broken(groups, number, "encoding other than UTF-8");
            }
            if (isUntranslated(key)) {
                keysOf(groups, group.get()).put(key, new Value(value, number));
            }
        }
        return new KeyFile(groups, Optional.empty());
    }

    private static Map<String, Value> keysOf(Map<String, Map<String, Value>> groups, String group) {
        return groups.computeIfAbsent(group, name -> new LinkedHashMap<>());
    }

    private static KeyFile broken(Map<String, Map<String, Value>> groups, int line, String what) {
        return new KeyFile(groups, Optional.of(new Mistake(line, what)));
    }

    private static String lineOf(String text, int from, int to, boolean ended) {
        boolean carriageReturn = ended && to > from && text.charAt(to - 1) == '\r';
        return text.substring(from, carriageReturn ? to - 1 : to);
    }

    /** GLib handles lines as C strings. */
    private static String untilNul(String line) {
        int nul = line.indexOf('\0');
        return nul < 0 ? line : line.substring(0, nul);
    }

    private static Optional<String> header(String line) {
        int close = line.indexOf(']');
        if (line.charAt(0) != '[' || close < 0) {
            return Optional.empty();
        }
        for (int i = close + 1; i < line.length(); i++) {
            if (line.charAt(i) != ' ' && line.charAt(i) != '\t') {
                return Optional.empty();
            }
        }
        return Optional.of(line.substring(1, close));
    }

    private static boolean isGroupName(String name) {
        return !name.isEmpty() && name.chars().noneMatch(c -> c == '[' || c == ']' || c < ' ' || c == 0x7f);
    }

    private static boolean isKeyName(String key) {
        int end = 0;
        while (end < key.length() && "=[]".indexOf(key.charAt(end)) < 0) {
            end++;
        }
        if (end == 0 || key.charAt(0) == ' ' || key.charAt(end - 1) == ' ') {
            return false;
        }
        if (end < key.length() && key.charAt(end) == '[') {
            end++;
            while (end < key.length() && isLocaleCharacter(key.codePointAt(end))) {
                end += Character.charCount(key.codePointAt(end));
            }
            if (end >= key.length() || key.charAt(end) != ']') {
                return false;
            }
            end++;
        }
        return end == key.length();
    }

    private static boolean isLocaleCharacter(int c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.' || c == '@';
    }

    /** Translations are dropped but for that of the locale C, in which daemons run. */
    private static boolean isUntranslated(String key) {
        int bracket = key.lastIndexOf('[');
        return bracket < 0
                || key.length() - bracket <= 2
                || key.substring(bracket + 1, key.length() - 1).equalsIgnoreCase("C");
    }

    /** White space as {@code g_ascii_isspace} has it. */
    static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
    }

    static String stripLeading(String text) {
        int from = 0;
        while (from < text.length() && isSpace(text.charAt(from))) {
            from++;
        }
        return text.substring(from);
    }

    static String stripTrailing(String text) {
        int to = text.length();
        while (to > 0 && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(0, to);
    }
}
