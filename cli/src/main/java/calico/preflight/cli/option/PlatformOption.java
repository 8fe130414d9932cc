package calico.preflight.cli.option;

import calico.preflight.catalog.target.Platform;
import java.util.Optional;

/** The platform that requirements are wanted for, where no host is looked at. */
public final class PlatformOption extends OptionGroup {

    private final Single<Platform> platform = named(
            Platform.class,
            "--platform",
            "NAME",
            "kubernetes, openshift, openstack, host (default: all that there are requirements for)");

    /** None is given yet. */
    public PlatformOption() {
        super(Section.TARGET);
    }

    /** The platform that was asked for. */
    public Optional<Platform> platform() {
        return platform.value();
    }
}
