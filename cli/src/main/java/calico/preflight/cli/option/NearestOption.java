package calico.preflight.cli.option;

import picocli.CommandLine.Option;

/** What to do about a version that there are no rules for. */
public final class NearestOption {

    @Option(
            names = "--nearest",
            description = "where the rules do not know the version: judge by the nearest that they know, and say so")
    private boolean nearest;

    /** Take the nearest. */
    public boolean nearest() {
        return nearest;
    }
}
