package calico.preflight.facts.parse;

import calico.preflight.facts.FactValue.Entry;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The files in which the kernel and depmod name modules: {@code modules.builtin(5)}, {@code modules.alias}, ... */
public final class Modules {

    private static final List<String> SUFFIXES = List.of(".ko", ".ko.gz", ".ko.xz", ".ko.zst", ".ko.bz2");

    private Modules() {}

    /** A module's name with {@code -} as {@code _}, which are the same to modprobe. */
    public static String normal(String name) {
        return name.replace('-', '_');
    }

    /**
     * {@code /proc/modules}: a module a line, the name first, then its size in memory, use count, users, state and
     * address ({@code m_show} in {@code kernel/module/procfs.c}).
     *
     * @return the modules by name, with their state, such as {@code Live}; empty where the line has none
     */
    public static Map<String, Entry> loaded(String text) {
        Map<String, Entry> modules = new HashMap<>();
        TextLines.of(text, (number, line) -> {
            String[] words = line.split(" ", 7);
            if (isName(words[0]) && words.length > 1 && isNumber(words[1])) {
                modules.putIfAbsent(words[0], Entry.at(number, words.length > 4 ? words[4] : ""));
            }
        });
        return modules;
    }

    /** {@code modules.builtin}: a path a line. By normal name, with the path. */
    public static Map<String, Entry> builtin(String text) {
        Map<String, Entry> modules = new HashMap<>();
        TextLines.of(text, (number, line) -> {
            String path = line.strip();
            String name = nameOfFile(path);
            if (!name.isEmpty()) {
                modules.putIfAbsent(name, Entry.at(number, path));
            }
        });
        return modules;
    }

    /**
     * The module files in a list of paths relative to the module directory. By normal name, with the path; where two
     * files have the same name, that which depmod prefers: whatever is not under {@code kernel/} was put there to
     * replace it.
     */
    public static Map<String, Entry> files(List<String> paths) {
        Map<String, Entry> modules = new HashMap<>();
        paths.stream()
                .sorted(Comparator.comparing((String path) -> path.startsWith("kernel/")))
                .forEach(path -> {
                    String name = nameOfFile(path);
                    if (!name.isEmpty()) {
                        modules.putIfAbsent(name, Entry.at(0, path));
                    }
                });
        return modules;
    }

    /**
     * {@code modules.dep}: {@code FILE: FILE FILE ...}, a line each: a module and what it cannot be loaded without. Of the
     * modules that need one that is not among those given, by normal name, the first such path.
     *
     * @param there the normal names of all modules of the tree, files and builtins
     */
    public static Map<String, Entry> incomplete(String text, Set<String> there) {
        Map<String, Entry> modules = new HashMap<>();
        TextLines.of(text, (number, line) -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                for (String needed : line.substring(colon + 1).strip().split("\\s+", -1)) {
                    String name = nameOfFile(needed);
                    if (!name.isEmpty() && !there.contains(name)) {
                        modules.putIfAbsent(nameOfFile(line.substring(0, colon)), Entry.at(number, needed));
                    }
                }
            }
        });
        return modules;
    }

    /**
     * {@code modules.alias}: {@code alias NAME MODULE}, a line each. Only names that could be a module's: patterns and
     * device names are left out. By normal name, with the module.
     */
    public static Map<String, Entry> aliases(String text) {
        Map<String, Entry> aliases = new HashMap<>();
        TextLines.of(text, (number, line) -> {
            // nearly all of a megabyte are device patterns, and each of those has a colon
            if (line.startsWith("alias ") && line.indexOf(':') < 0) {
                String[] words = line.strip().split("[ \t]+", -1);
                if (words.length == 3 && isPlainAlias(words[1])) {
                    aliases.putIfAbsent(normal(words[1]), Entry.at(number, words[2]));
                }
            }
        });
        return aliases;
    }

    /**
     * {@code modules.builtin.modinfo}: {@code MODULE.KEY=VALUE}, each ended by a NUL. By normal name of the alias, with
     * the module.
     */
    public static Map<String, String> builtinAliases(String text) {
        Map<String, String> aliases = new HashMap<>();
        int start = 0;
        int key = text.indexOf(".alias=");
        // the next key is looked for only once it is passed: looked for from each of many NULs, it would cost a square
        while (key >= 0) {
            int nul = text.indexOf('\0', start);
            int end = nul < 0 ? text.length() : nul;
            if (key < end) {
                String module = text.substring(start, key);
                String alias = text.substring(key + ".alias=".length(), end);
                if (isName(module) && module.indexOf('.') < 0 && isPlainAlias(alias)) {
                    aliases.putIfAbsent(normal(alias), module);
                }
            }
            start = end + 1;
            if (key < start) {
                key = text.indexOf(".alias=", start);
            }
        }
        return aliases;
    }

    /** The names in {@code /proc/net/ip_tables_names} and its like: one a line, each once, in order. */
    public static List<String> registered(String text) {
        return text.lines()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    private static String nameOfFile(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        for (String suffix : SUFFIXES) {
            if (file.endsWith(suffix)) {
                String stem = file.substring(0, file.length() - suffix.length());
                return isName(stem) ? normal(stem) : "";
            }
        }
        return "";
    }

    private static boolean isPlainAlias(String alias) {
        return isName(alias)
                && alias.indexOf(':') < 0
                && alias.indexOf('*') < 0
                && alias.indexOf('?') < 0
                && alias.indexOf('[') < 0;
    }

    /** Names of modules are short (MODULE_NAME_LEN is 64 less a long) and print. */
    private static boolean isName(String text) {
        return !text.isEmpty() && text.length() <= 256 && text.chars().allMatch(c -> c > ' ' && c != 0x7f);
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
