package calico.preflight.facts.parse;

import calico.preflight.facts.FactValue.Entry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code os-release(5)}, and the line in {@code /etc/redhat-release} that came before it. */
public final class OsRelease {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,100}");

    private static final Pattern RED_HAT =
            Pattern.compile("(\\S(?:.{0,80}\\S)?)\\s+release\\s+(\\d[\\w.]{0,20})(?:\\s.*)?");

    private record Brand(String words, String id) {}

    /** The ids that the later releases of these distributions have in their os-release. */
    private static final List<Brand> BRANDS = List.of(
            new Brand("centos", "centos"),
            new Brand("red hat", "rhel"),
            new Brand("oracle", "ol"),
            new Brand("scientific", "scientific"),
            new Brand("fedora", "fedora"),
            new Brand("rocky", "rocky"),
            new Brand("almalinux", "almalinux"));

    private OsRelease() {}

    /** Assignments as a shell takes them: bare, in single or in double quotes; the last one of a name holds. */
    public static Map<String, Entry> parse(String text) {
        Map<String, Entry> entries = new HashMap<>();
        TextLines.of(text, (number, line) -> {
            String assignment = line.strip();
            int equals = assignment.indexOf('=');
            if (equals > 0 && NAME.matcher(assignment.substring(0, equals)).matches()) {
                entries.put(assignment.substring(0, equals), Entry.at(number, unquoted(assignment, equals + 1)));
            }
        });
        return entries;
    }

    private static String unquoted(String line, int start) {
        StringBuilder value = new StringBuilder();
        char quote = 0;
        for (int i = start; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote == '\'') {
                if (c == '\'') {
                    quote = 0;
                } else {
                    value.append(c);
                }
            } else if (c == '\\' && i + 1 < line.length()) {
                char next = line.charAt(++i);
                // within double quotes the shell keeps a backslash before anything that has no meaning there
                if (quote == '"' && "\"\\$`".indexOf(next) < 0) {
                    value.append(c);
                }
                value.append(next);
            } else if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (quote == 0 && (c == ' ' || c == '\t')) {
                break;
            } else {
                value.append(c);
            }
        }
        return value.toString();
    }

    /** The entries that {@code CentOS release 6.10 (Final)} stands for: NAME, VERSION_ID, and ID where it is known. */
    public static Map<String, Entry> parseRedHat(String text) {
        Map<String, Entry> entries = new HashMap<>();
        Matcher line = RED_HAT.matcher(TextLines.first(text));
        if (line.matches()) {
            String name = line.group(1);
            entries.put("NAME", Entry.at(1, name));
            entries.put("PRETTY_NAME", Entry.at(1, TextLines.first(text)));
            entries.put("VERSION_ID", Entry.at(1, line.group(2)));
            BRANDS.stream()
                    .filter(brand -> name.regionMatches(
                            true, 0, brand.words(), 0, brand.words().length()))
                    .findFirst()
                    .ifPresent(brand -> entries.put("ID", Entry.at(1, brand.id())));
        }
        return entries;
    }
}
