package calico.preflight.cli.option;

import java.util.ArrayList;
import java.util.List;
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
            description =
                    "what probe kernel or probe run wrote on this host with -o json; - reads it from standard input "
                            + "(repeatable)")
    private List<String> results = new ArrayList<>();

    /** Probe first. */
    public boolean probe() {
        return probe;
    }

    /** The files that probes wrote, {@code -} for standard input. */
    public List<String> results() {
        return List.copyOf(results);
    }
}
