package calico.preflight.cli.option;

import java.util.List;

/** What was tried on the host rather than looked at. */
public final class ProbeOptions extends OptionGroup {

    private final Flag probe = flag(
            "--probe",
            "run probe kernel first, which tries kernel capabilities for real: needs root, and may make "
                    + "the kernel load modules");

    private final Several<String> results = texts(
            "--probe-results",
            "FILE",
            "what probe kernel or probe run wrote on this host with -o json; - reads it from standard input "
                    + "(repeatable)");

    /** None is given yet. */
    public ProbeOptions() {
        super(Section.HOST);
    }

    /** Probe first. */
    public boolean probe() {
        return probe.isGiven();
    }

    /** The files that probes wrote, {@code -} for standard input. */
    public List<String> results() {
        return results.values();
    }
}
