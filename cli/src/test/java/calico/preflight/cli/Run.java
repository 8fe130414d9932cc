package calico.preflight.cli;

import calico.preflight.cli.console.Environment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One run of the program within the test.
 *
 * @param exit the status
 * @param out what went to standard output
 * @param err what went to standard error
 */
record Run(int exit, String out, String err) {

    /** The rules of this repository are those of the installation. */
    static final Path HOME = Path.of(System.getProperty("preflight.rules", "../rules"))
            .toAbsolutePath()
            .resolveSibling("")
            .normalize();

    /** Runs with these arguments in a plain UTF-8 environment. */
    static Run of(String... args) {
        return in(Map.of(), "", args);
    }

    /** Runs with further environment variables and this standard input. */
    static Run in(Map<String, String> variables, String input, String... args) {
        return in(variables, input, false, args);
    }

    /** Runs on a terminal, or not. */
    static Run in(Map<String, String> variables, String input, boolean terminal, String... args) {
        Map<String, String> all = new HashMap<>(Map.of("LANG", "C.UTF-8"));
        all.putAll(variables);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = Main.run(
                args,
                out,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new Environment(
                        all,
                        Optional.of(HOME),
                        terminal,
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8))));
        return new Run(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
