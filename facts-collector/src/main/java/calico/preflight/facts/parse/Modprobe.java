package calico.preflight.facts.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What keeps modules from loading: {@code modprobe.d(5)} and the kernel command line. */
public final class Modprobe {

    /** Commands that end without having loaded anything. */
    private static final Set<String> IDLE = Set.of("true", "false", ":", "exit", "echo", "printf", "logger", "null");

    private static final Pattern BLANKS = Pattern.compile("[ \t]+");

    private Modprobe() {}

    /** How a module is kept from loading. */
    public enum How {
        /** {@code install MODULE /bin/false}: modprobe never loads it. */
        INSTALL("install"),
        /** {@code module_blacklist=} of the kernel command line: the kernel never takes it. */
        MODULE_BLACKLIST("module_blacklist"),
        /** {@code blacklist MODULE}: not by one of its aliases. */
        BLACKLIST("blacklist");

        private final String label;

        How(String label) {
            this.label = label;
        }

        /** The word that facts use. */
        public String label() {
            return label;
        }
    }

    /**
     * Something that is said of the loading of one module.
     *
     * @param module its normal name
     * @param how the sort of directive
     * @param blocks false for an {@code install} command that may well load it: the first command for a module wins
     * @param line counted from 1
     */
    public record Directive(String module, How how, boolean blocks, int line) {}

    /** The {@code blacklist} and {@code install} lines of one file of modprobe.d, in order. */
    public static List<Directive> parse(String text) {
        List<Directive> directives = new ArrayList<>();
        StringBuilder joined = new StringBuilder();
        int[] started = {0};
        TextLines.of(text, (number, line) -> {
            if (joined.isEmpty()) {
                started[0] = number;
            }
            if (line.endsWith("\\")) {
                joined.append(line, 0, line.length() - 1);
                // white space, so that the next line is seen as a continuation even where this one was empty
                joined.append(' ');
                return;
            }
            directive(joined.append(line).toString(), started[0], directives);
            joined.setLength(0);
        });
        directive(joined.toString(), started[0], directives);
        return List.copyOf(directives);
    }

    private static void directive(String line, int number, List<Directive> directives) {
        String stripped = line.strip();
        if (!stripped.startsWith("blacklist") && !stripped.startsWith("install")) {
            return;
        }
        String[] words = BLANKS.split(stripped, 3);
        if (words.length >= 2 && words[0].equals("blacklist")) {
            directives.add(new Directive(Modules.normal(words[1]), How.BLACKLIST, true, number));
        } else if (words.length == 3 && words[0].equals("install")) {
            directives.add(new Directive(Modules.normal(words[1]), How.INSTALL, loadsNothing(words[2]), number));
        }
    }

    private static boolean loadsNothing(String command) {
        if (command.contains("modprobe") || command.contains("insmod")) {
            return false;
        }
        String program = command.strip().split("[ \t;|&]+", 2)[0];
        return IDLE.contains(program.substring(program.lastIndexOf('/') + 1));
    }

    /**
     * {@code module_blacklist=} ({@code kernel/module/main.c}) and {@code modprobe.blacklist=} of a kernel command line.
     * What stands after {@code --} is for the first process.
     */
    public static List<Directive> parseCommandLine(String text) {
        List<Directive> directives = new ArrayList<>();
        for (String word : text.strip().split("\\s+", -1)) {
            if (word.equals("--")) {
                break;
            }
            int equals = word.indexOf('=');
            if (equals > 0) {
                // the kernel takes - and _ in parameter names for the same
                String key = Modules.normal(word.substring(0, equals));
                if (key.equals("module_blacklist")) {
                    names(word.substring(equals + 1), How.MODULE_BLACKLIST, directives);
                } else if (key.equals("modprobe.blacklist")) {
                    names(word.substring(equals + 1), How.BLACKLIST, directives);
                }
            }
        }
        return List.copyOf(directives);
    }

    private static void names(String list, How how, List<Directive> directives) {
        String bare = list.length() > 1 && list.startsWith("\"") && list.endsWith("\"")
                ? list.substring(1, list.length() - 1)
                : list;
        for (String name : bare.split(",", -1)) {
            if (!name.isEmpty()) {
                directives.add(new Directive(Modules.normal(name), how, true, 1));
            }
        }
    }
}
