package calico.preflight.cli.console;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The process around a run, as a value, so that a test can be one.
 *
 * @param variables the environment variables
 * @param home the directory of the installation or the source checkout, which holds {@code rules/}; nothing where the
 *     launcher was not used
 * @param terminal standard output is a terminal
 * @param input standard input
 */
public record Environment(Map<String, String> variables, Optional<Path> home, boolean terminal, InputStream input) {

    /** What a report is wide where nothing says otherwise, in columns. */
    public static final int USUAL_WIDTH = 80;

    private static final int NARROWEST = 40;
    private static final int WIDEST = 160;

    /** The process that this is. The launcher says where the home is and whether output goes to a terminal. */
    public static Environment ofProcess() {
        return new Environment(
                System.getenv(),
                folder("calico.preflight.home"),
                Boolean.getBoolean("calico.preflight.terminal"),
                System.in);
    }

    /**
     * The folder of what was resolved and compiled when the program was built. It lies beside the program's own archive and
     * nowhere else: whoever can write there can change the program itself.
     */
    public Optional<Path> prepared() {
        return folder("calico.preflight.prepared");
    }

    private static Optional<Path> folder(String property) {
        return Optional.ofNullable(System.getProperty(property)).map(Path::of);
    }

    /** The variable's value; empty where it is not set. */
    public String variable(String name) {
        return variables.getOrDefault(name, "");
    }

    /** May text have symbols beyond ASCII? Only where the locale says UTF-8. */
    public boolean unicode() {
        for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String locale = variable(name).toUpperCase(Locale.ROOT);
            if (!locale.isEmpty()) {
                return locale.contains("UTF-8") || locale.contains("UTF8");
            }
        }
        return false;
    }

    /** The columns of the terminal, where {@code COLUMNS} says so and they can be used; otherwise 80. */
    public int width() {
        String columns = variable("COLUMNS");
        if (!terminal || !columns.matches("[1-9]\\d{1,3}")) {
            return USUAL_WIDTH;
        }
        return Math.max(NARROWEST, Math.min(WIDEST, Integer.parseInt(columns)));
    }
}
