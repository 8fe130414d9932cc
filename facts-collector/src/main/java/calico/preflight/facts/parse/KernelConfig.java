package calico.preflight.facts.parse;

import calico.preflight.facts.FactValue.Entry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kernel configuration as Kconfig writes it ({@code scripts/kconfig/confdata.c}): {@code CONFIG_X=y}, {@code =m}, a
 * number or a quoted text, and {@code # CONFIG_X is not set}.
 *
 * @param symbols by their name with {@code CONFIG_}; a symbol that is switched off has the value {@link #NOT_SET}
 * @param version the version in the comment at the top, such as {@code 6.1.119}, without the local part of a release
 */
public record KernelConfig(Map<String, Entry> symbols, Optional<Entry> version) {

    /** The value of a symbol that the configuration names as switched off. */
    public static final String NOT_SET = "not set";

    private static final String PREFIX = "CONFIG_";
    private static final String OFF = " is not set";
    private static final int HEADER_LINES = 10;

    private static final Pattern HEADER = Pattern.compile(
            "# (?:Linux/\\S{1,20} (\\d[\\w.+~-]{0,80}) Kernel Configuration|Linux kernel version: (\\d[\\w.+~-]{0,80})).*");

    public KernelConfig {
        symbols = Map.copyOf(symbols);
    }

    /** Takes what is a setting, and nothing else, from a text. */
    public static KernelConfig parse(String text) {
        Reader reader = new Reader();
        TextLines.of(text, reader);
        return new KernelConfig(reader.symbols, reader.version);
    }

    /** Is this of a kernel of that release: does the version at the top begin it, or equal it? */
    public boolean isOf(String release) {
        return version.map(Entry::value)
                .filter(start -> release.startsWith(start)
                        && (release.length() == start.length() || "-+_~".indexOf(release.charAt(start.length())) >= 0))
                .isPresent();
    }

    private static final class Reader implements TextLines.Visitor {
        private final Map<String, Entry> symbols = new HashMap<>(1 << 15);
        private Optional<Entry> version = Optional.empty();

        @Override
        public void line(int number, String line) {
            if (line.startsWith(PREFIX)) {
                int equals = line.indexOf('=');
                if (equals > 0 && isSymbol(line, 0, equals)) {
                    String value = line.substring(equals + 1).strip();
                    symbols.put(line.substring(0, equals), Entry.at(number, value.equals("n") ? NOT_SET : bare(value)));
                }
            } else if (line.startsWith(PREFIX, 2) && line.startsWith("# ")) {
                int end = line.indexOf(' ', 2);
                if (end > 0 && line.startsWith(OFF, end) && isSymbol(line, 2, end)) {
                    symbols.put(line.substring(2, end), Entry.at(number, NOT_SET));
                }
            } else if (number <= HEADER_LINES && version.isEmpty() && line.startsWith("# Linux")) {
                Matcher header = HEADER.matcher(line);
                if (header.matches()) {
                    String found = header.group(1) != null ? header.group(1) : header.group(2);
                    version = Optional.of(Entry.at(number, found));
                }
            }
        }

        private static boolean isSymbol(String line, int start, int end) {
            if (end <= start + PREFIX.length()) {
                return false;
            }
            for (int i = start; i < end; i++) {
                char c = line.charAt(i);
                if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) {
                    return false;
                }
            }
            return true;
        }

        private static String bare(String value) {
            return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                    ? value.substring(1, value.length() - 1)
                    : value;
        }
    }
}
