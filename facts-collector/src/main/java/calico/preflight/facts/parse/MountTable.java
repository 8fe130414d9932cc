package calico.preflight.facts.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** File systems: those that are mounted (proc_pid_mounts(5), fstab(5)), and those that the kernel knows. */
public final class MountTable {

    /**
     * A file system that is mounted.
     *
     * @param point the directory
     * @param type as {@code mount -t} calls it
     * @param access {@code rw}, or {@code ro} where the mount or the whole file system is read-only
     * @param line where the table names it
     */
    public record Mount(String point, String type, String access, int line) {}

    /** White space and backslashes are written as three octal digits. */
    private static final Pattern ESCAPED = Pattern.compile("\\\\(0(?:40|11|12)|134)");

    private MountTable() {}

    /** The mounts in the order in which they were made: of several at one directory the last one is seen. */
    public static List<Mount> parse(String text) {
        List<Mount> mounts = new ArrayList<>();
        for (Lines.Line line : Lines.of(text)) {
            List<String> words = Lines.words(line.text());
            if (words.size() == 6) {
                String access = words.get(3).split(",", 2)[0];
                if (access.equals("rw") || access.equals("ro")) {
                    mounts.add(new Mount(unescaped(words.get(1)), words.get(2), access, line.number()));
                }
            }
        }
        return mounts;
    }

    private static String unescaped(String word) {
        return ESCAPED.matcher(word)
                .replaceAll(match -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(match.group(1), 8))));
    }

    /** The names in {@code /proc/filesystems}: what the kernel can mount without loading more. */
    public static List<String> known(String filesystems) {
        return Lines.of(filesystems).stream()
                .map(line -> Lines.words(line.text()))
                .filter(words -> !words.isEmpty())
                .map(words -> words.get(words.size() - 1))
                .toList();
    }
}
