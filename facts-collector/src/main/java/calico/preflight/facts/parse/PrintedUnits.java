package calico.preflight.facts.parse;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code systemctl} lists of units (systemctl(1)): below the names of the columns, and above their number. */
public final class PrintedUnits {

    /**
     * A unit.
     *
     * @param state of a unit that is loaded {@code active}, {@code failed}, ...; of the file of one {@code enabled}, ...
     */
    public record Unit(String state, int line) {}

    private static final Pattern LOADED = Pattern.compile("UNIT +LOAD +ACTIVE +SUB +(JOB +)?DESCRIPTION");
    private static final Pattern FILES = Pattern.compile("UNIT FILE +STATE( +(VENDOR )?PRESET)?");
    private static final Pattern END = Pattern.compile("(?m)^([0-9]{1,6}) (loaded units|unit files) listed\\.");

    /** What stands before a unit that failed, or is not there. */
    private static final String MARKS = "^[●○*x×↻]";

    private PrintedUnits() {}

    /**
     * Those of {@code systemctl list-units}, which are loaded, and active or failed, by name.
     *
     * @throws UnreadableOutputException where it is anything but the whole of such an output
     */
    public static Map<String, Unit> loaded(String text) throws UnreadableOutputException {
        return listed(text, LOADED, 2);
    }

    /**
     * Those of {@code systemctl list-unit-files}, which are there, be they loaded or not, by name.
     *
     * @throws UnreadableOutputException where it is anything but the whole of such an output
     */
    public static Map<String, Unit> files(String text) throws UnreadableOutputException {
        return listed(text, FILES, 1);
    }

    private static Map<String, Unit> listed(String text, Pattern head, int state) throws UnreadableOutputException {
        List<Lines.Line> lines = PrintedText.lines(text);
        if (!head.matcher(lines.get(0).text().strip()).matches()) {
            throw new UnreadableOutputException("the line with the names of the columns is missing", 1);
        }
        Matcher end = END.matcher(text);
        if (!end.find()) {
            throw new UnreadableOutputException("the line with the number of units is missing at its end", 0);
        }
        Map<String, Unit> units = new HashMap<>();
        for (Lines.Line line : lines.subList(1, lines.size())) {
            if (line.text().isBlank()) {
                break; // the legend follows
            }
            List<String> words = Lines.words(line.text().replaceFirst(MARKS, " "));
            if (words.size() <= state || words.get(0).indexOf('.') < 0) {
                throw UnreadableOutputException.notOf("systemctl", line);
            }
            units.put(words.get(0), new Unit(words.get(state), line.number()));
        }
        if (units.size() != Integer.parseInt(end.group(1))) {
            throw new UnreadableOutputException(units.size() + " of " + end.group(1) + " units are listed", 0);
        }
        return units;
    }
}
