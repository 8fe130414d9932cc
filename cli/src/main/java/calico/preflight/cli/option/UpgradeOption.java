package calico.preflight.cli.option;

import calico.preflight.catalog.target.CalicoVersion;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Another version to compare with. */
public final class UpgradeOption {

    @Option(
            names = "--upgrade-to",
            paramLabel = "VERSION",
            converter = TargetOptions.Versions.class,
            description = "say only what changes on this host from the version of --calico to this one, and why")
    private Optional<CalicoVersion> version = Optional.empty();

    /** The version to compare with. */
    public Optional<CalicoVersion> version() {
        return version;
    }
}
