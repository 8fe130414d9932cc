package calico.preflight.cli.option;

import java.util.Optional;
import picocli.CommandLine.Option;

/** What was tried on the host rather than looked at. */
public final class ProbeOptions {

    @Option(
            names = "--probe",
            description = "run probe kernel first, which tries kernel capabilities for real: needs root, and may make "
                    + "the kernel load modules")
    private boolean probe;

    @Option(
            names = "--probe-results",
            paramLabel = "FILE",
            description = "what probe kernel -o json wrote on this host; - reads it from standard input")
    private Optional<String> results = Optional.empty();

    /** Probe first. */
    public boolean probe() {
        return probe;
    }

    /** The file that a probe wrote, {@code -} for standard input. */
    public Optional<String> results() {
        return results;
    }
}
