package calico.preflight.facts.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Raw values of a key file, read and written as GLib (strings and their lists) and NetworkManager (match lists) do. */
final class KeyFileValues {
    private KeyFileValues() {}

    /** One string; nothing where an escape is not one of {@code \s \n \t \r \\}. */
    static Optional<String> string(String raw) {
        return split(raw, '\0').map(pieces -> pieces.isEmpty() ? "" : pieces.get(0));
    }

    /** A list of strings between commas, none of them trimmed; nothing where an escape is wrong. */
    static Optional<List<String>> strings(String raw) {
        return split(raw, ',');
    }

    private static Optional<List<String>> split(String raw, char separator) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '\\') {
                i++;
                char escaped = i < raw.length() ? raw.charAt(i) : '\0';
                if (escaped != '\0' && escaped == separator) {
                    piece.append(separator);
                } else if (isEscape(escaped)) {
                    piece.append(unescaped(escaped));
                } else {
                    return Optional.empty();
                }
            } else if (c == separator) {
                pieces.add(piece.toString());
                piece.setLength(0);
            } else {
                piece.append(c);
            }
        }
        if (!piece.isEmpty()) {
            pieces.add(piece.toString());
        }
        return Optional.of(pieces);
    }

    /** The opposite of {@link #strings}. */
    static String joinStrings(List<String> strings) {
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < strings.size(); i++) {
            if (i > 0) {
                value.append(',');
            }
            boolean leading = true;
            for (int at = 0; at < strings.get(i).length(); at++) {
                char c = strings.get(i).charAt(at);
                if (c == ' ' || c == '\t') {
                    value.append(leading ? escaped(c) : String.valueOf(c));
                } else if (c == '\n' || c == '\r') {
                    value.append(escaped(c));
                } else if (c == ',') {
                    value.append("\\,");
                    leading = true;
                } else {
                    value.append(c == '\\' ? "\\\\" : String.valueOf(c));
                    leading = false;
                }
            }
        }
        return value.toString();
    }

    /**
     * The entries of a match list: between commas or semicolons, trimmed but for white space that is escaped. An escape
     * that is none stays as written.
     */
    static List<String> specs(String raw) {
        List<String> specs = new ArrayList<>();
        StringBuilder spec = new StringBuilder();
        int trailing = 0;
        boolean leading = true;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (leading && KeyFile.isSpace(c)) {
                continue;
            }
            leading = false;
            if (c == '\\') {
                i++;
                if (i == raw.length()) {
                    break;
                }
                char escaped = raw.charAt(i);
                if (isEscape(escaped)) {
                    spec.append(unescaped(escaped));
                } else if (escaped == ',' || escaped == ';') {
                    spec.append(escaped);
                } else {
                    spec.append('\\').append(escaped);
                }
                trailing = 0;
            } else if (c == ',' || c == ';') {
                addTrimmed(specs, spec, trailing);
                trailing = 0;
                leading = true;
            } else {
                spec.append(c);
                // White space within an entry is counted but never forgotten, so two inner blanks cost the entry its
                // last two letters; NetworkManager does so.
                trailing += KeyFile.isSpace(c) ? 1 : 0;
            }
        }
        addTrimmed(specs, spec, trailing);
        return specs;
    }

    private static void addTrimmed(List<String> specs, StringBuilder spec, int trailing) {
        if (spec.length() > trailing) {
            specs.add(spec.substring(0, spec.length() - trailing));
        }
        spec.setLength(0);
    }

    /** The opposite of {@link #specs}. */
    static String joinSpecs(List<String> specs) {
        StringBuilder value = new StringBuilder();
        for (String spec : specs) {
            if (spec.isEmpty()) {
                continue;
            }
            if (value.length() > 0) {
                value.append(',');
            }
            for (int i = 0; i < spec.length(); i++) {
                char c = spec.charAt(i);
                boolean edge = i == 0 || i == spec.length() - 1;
                if (c == '\n' || c == '\r' || (edge && (c == ' ' || c == '\t'))) {
                    value.append(escaped(c));
                } else if (c == '\\' || c == ',' || c == ';') {
                    value.append('\\').append(c);
                } else {
                    value.append(c);
                }
            }
        }
        return value.toString();
    }

    /** Yes or no in one of NetworkManager's words; nothing where it is none of them. */
    static Optional<Boolean> bool(String raw) {
        return switch (KeyFile.stripTrailing(KeyFile.stripLeading(raw)).toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> Optional.of(true);
            case "false", "no", "off", "0" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static boolean isEscape(char c) {
        return c == 's' || c == 'n' || c == 't' || c == 'r' || c == '\\';
    }

    private static char unescaped(char c) {
        return switch (c) {
            case 's' -> ' ';
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            default -> c;
        };
    }

    private static String escaped(char c) {
        return switch (c) {
            case ' ' -> "\\s";
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            case '\r' -> "\\r";
            default -> String.valueOf(c);
        };
    }
}
