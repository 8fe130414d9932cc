package calico.preflight.cli.option;

import calico.preflight.catalog.target.CalicoVersion;
import java.util.Optional;

/** Another version to compare with. */
public final class UpgradeOption extends OptionGroup {

    private final Single<CalicoVersion> version = one(
            CalicoVersion.class,
            option(
                            "--upgrade-to",
                            "VERSION",
                            "say only what changes on this host from the version of --calico to this one, and why")
                    .converters(new TargetOptions.Versions()));

    /** None is given yet. */
    public UpgradeOption() {
        super(Section.TARGET);
    }

    /** The version to compare with. */
    public Optional<CalicoVersion> version() {
        return version.value();
    }
}
