package calico.preflight.cli;

import calico.preflight.cli.console.Environment;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The step of the build that runs the commands whose start counts, so that the JVM can keep the classes that they load. */
public final class Rehearsal {

    private Rehearsal() {}

    /**
     * Runs them, one after the other, on the machine that builds. Whatever they find there, only the classes matter.
     *
     * @param arguments a folder to write facts to
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        String facts = folder.resolve("facts.json").toString();
        // Where there are rules beside those that ship, all are read.
        Files.createDirectories(folder.resolve("rules").resolve("packs"));
        for (List<String> command : List.of(
                List.of("collect", "--output-file", facts),
                List.of("check", "--platform", "kubernetes", "--facts", facts),
                List.of("check", "--platform", "kubernetes", "--facts", facts, "-o", "json", "--profile", "practical"),
                List.of("check", "--platform", "kubernetes"),
                List.of(
                        "check",
                        "--platform",
                        "kubernetes",
                        "--facts",
                        facts,
                        "--rules",
                        folder.resolve("rules").toString()),
                List.of("fleet", "--platform", "kubernetes", facts),
                List.of("--version"))) {
            Main.run(
                    command.toArray(String[]::new),
                    OutputStream.nullOutputStream(),
                    new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                    Environment.ofProcess());
        }
    }
}
