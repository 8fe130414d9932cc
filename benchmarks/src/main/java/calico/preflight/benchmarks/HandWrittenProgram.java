package calico.preflight.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Judges one host as {@link HandWritten} does, and prints each verdict: a check without rules. */
@Command(name = "hand-written", mixinStandardHelpOptions = true, description = "Judges a host by rules in code.")
public final class HandWrittenProgram implements Callable<Integer> {

    @Option(names = "--facts", paramLabel = "FILE", required = true, description = "a file of facts")
    private Path facts = Path.of("");

    /** Runs the program. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new HandWrittenProgram()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        List<HandWritten.Verdict> verdicts = HandWritten.judge(Files.readAllBytes(facts));
        StringBuilder report = new StringBuilder();
        for (HandWritten.Verdict verdict : verdicts) {
            report.append(verdict.outcome())
                    .append("  ")
                    .append(verdict.id())
                    .append('\n')
                    .append("    ")
                    .append(verdict.reason())
                    .append('\n');
            verdict.evidence()
                    .forEach(seen -> report.append("    seen: ").append(seen).append('\n'));
        }
        System.out.print(report);
        return verdicts.stream().anyMatch(verdict -> verdict.outcome().equals("FAIL")) ? 3 : 0;
    }
}
