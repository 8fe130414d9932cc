package calico.preflight.facts.parse;

import calico.preflight.facts.Origin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A configuration file of systemd with its drop-ins, in the syntax of systemd.syntax(7): sections of assignments, of which
 * a later one counts over an earlier one, and a drop-in over the file.
 *
 * @param path as the host sees it
 * @param dropIns the files of the directory {@code NAME.d} that count, in their order; theirs are empty
 * @param madeFrom where that stands of which another program makes the file when the host starts; empty for a file that is
 *     there
 */
public record SystemdFile(String path, String text, List<SystemdFile> dropIns, Optional<Origin> madeFrom) {

    /** The order in which files are read, wherever they lie. */
    public static final Comparator<SystemdFile> BY_NAME = Comparator.comparing(SystemdFile::name, Utf8Order.INSTANCE);

    private static final Set<String> YES = Set.of("1", "yes", "y", "true", "t", "on");
    private static final Set<String> NO = Set.of("0", "no", "n", "false", "f", "off");

    public SystemdFile {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(text, "text");
        dropIns = List.copyOf(dropIns);
        Objects.requireNonNull(madeFrom, "madeFrom");
    }

    /** A file that is there. */
    public SystemdFile(String path, String text, List<SystemdFile> dropIns) {
        this(path, text, dropIns, Optional.empty());
    }

    /** Where it says which devices it is for, in the file itself or in that of which it will be made. */
    Origin matchOrigin() {
        return madeFrom.orElseGet(() -> new Origin(path, section("Match")));
    }

    /**
     * One line {@code KEY=VALUE}.
     *
     * @param section the name of the section that it stands in
     * @param value without white space around it
     */
    record Assignment(String section, String key, String value, Origin origin) {}

    /** The last part of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** All assignments of the file, and then those of its drop-ins. */
    List<Assignment> assignments() {
        List<Assignment> assignments = new ArrayList<>();
        read(assignments);
        dropIns.forEach(dropIn -> dropIn.read(assignments));
        return assignments;
    }

    /** The assignments of one section. */
    List<Assignment> assignments(String section) {
        return assignments().stream()
                .filter(assignment -> assignment.section().equals(section))
                .toList();
    }

    /** The number by which systemd counts its versions: 252 of {@code 252.39-1}; empty where the text is no version. */
    public static OptionalInt majorVersion(String version) {
        String digits = version.replaceFirst("[^0-9].*", "");
        return digits.matches("[0-9]{1,6}") ? OptionalInt.of(Integer.parseInt(digits)) : OptionalInt.empty();
    }

    /** The line of the file at which a section begins, counted from 1; 0 where it has no such section. */
    int section(String name) {
        return Lines.of(text).stream()
                .filter(line -> line.text().strip().equals("[" + name + "]"))
                .map(Lines.Line::number)
                .findFirst()
                .orElse(0);
    }

    /** Yes or no, as systemd reads truth values; nothing for what is neither, which systemd passes over. */
    static Optional<Boolean> truth(String value) {
        String word = value.toLowerCase(Locale.ROOT);
        return YES.contains(word) ? Optional.of(true) : NO.contains(word) ? Optional.of(false) : Optional.empty();
    }

    private void read(List<Assignment> into) {
        String section = "";
        StringBuilder joined = new StringBuilder();
        int from = 0;
        for (Lines.Line line : Lines.of(text)) {
            String content = line.text().strip();
            // A comment between the lines of one assignment does not end it.
            if (content.startsWith("#") || content.startsWith(";")) {
                continue;
            }
            from = joined.isEmpty() ? line.number() : from;
            if (isContinued(content)) {
                joined.append(content, 0, content.length() - 1).append(' ');
                continue;
            }
            String whole = joined.append(content).toString().strip();
            joined.setLength(0);
            section = statement(whole, section, from, into);
        }
        statement(joined.toString().strip(), section, from, into);
    }

    /** The section in which the next line stands. */
    private String statement(String line, String section, int number, List<Assignment> into) {
        if (line.startsWith("[")) {
            return line.endsWith("]") ? line.substring(1, line.length() - 1) : section;
        }
        int equals = line.indexOf('=');
        if (equals > 0 && !section.isEmpty()) {
            into.add(new Assignment(
                    section,
                    line.substring(0, equals).strip(),
                    line.substring(equals + 1).strip(),
                    new Origin(path, number)));
        }
        return section;
    }

    /** A backslash at the end, unless it stands behind another one, joins the next line. */
    private static boolean isContinued(String line) {
        boolean escaped = false;
        for (int i = 0; i < line.length(); i++) {
            escaped = !escaped && line.charAt(i) == '\\';
        }
        return escaped;
    }
}
