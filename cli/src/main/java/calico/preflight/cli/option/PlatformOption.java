package calico.preflight.cli.option;

import calico.preflight.catalog.target.Platform;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The platform that requirements are wanted for, where no host is looked at. */
public final class PlatformOption {

    @Option(
            names = "--platform",
            paramLabel = "NAME",
            converter = Labels.Platforms.class,
            completionCandidates = Labels.Platforms.class,
            description = "kubernetes, openshift, openstack, host (default: all that there are requirements for)")
    private Optional<Platform> platform = Optional.empty();

    /** The platform that was asked for. */
    public Optional<Platform> platform() {
        return platform;
    }
}
