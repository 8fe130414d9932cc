package calico.preflight.cli.option;

import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Dataplane;
import calico.preflight.catalog.target.Encapsulation;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.target.Target;
import calico.preflight.cli.console.UserException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What is to be run: every option of a target. What is not given is what the documents have as default. */
public final class TargetOptions extends OptionGroup {

    private final Single<CalicoVersion> calico = one(
            CalicoVersion.class,
            option(
                            "--calico",
                            "VERSION",
                            "minor or patch version: 3.16, v3.16, 3.16.5 (default: the newest that the rules know)")
                    .converters(new Versions()));

    private final NearestOption nearest = with(new NearestOption());

    private final Single<Encapsulation> encapsulation = named(
            Encapsulation.class, "--encapsulation", "NAME", "none, ipip, ipip-cross-subnet, vxlan, vxlan-cross-subnet");

    private final Single<Dataplane> dataplane =
            named(Dataplane.class, "--dataplane", "NAME", "iptables, nftables, ebpf");

    private final SetupOptions setup = with(new SetupOptions());

    /** None is given yet. */
    public TargetOptions() {
        super(Section.TARGET);
    }

    /** The version that was asked for; nothing: the newest in the catalog. */
    public Optional<CalicoVersion> calico() {
        return calico.value();
    }

    /** Where there are no rules for the version, those of the nearest one are wanted. */
    public boolean nearest() {
        return nearest.nearest();
    }

    /** The platform that was asked for; nothing: what the host shows. */
    public Optional<Platform> platform() {
        return setup.platform();
    }

    /** Was anything said of the target beyond version, platform and the profile, which is no matter of what is run? */
    public boolean isNarrowed() {
        return said().keySet().stream().anyMatch(option -> !option.equals("profile"));
    }

    /** The target for a pack, whose defaults stand in for what was not said. */
    public Target on(ResolvedPack pack) {
        return on(pack, calico.value().orElse(pack.calico()));
    }

    /**
     * The target for a pack and a version that it judges.
     *
     * @throws UserException where the documents of the version know nothing of a value, so that nothing can be judged by them
     */
    public Target on(ResolvedPack pack, CalicoVersion version) {
        Target target = Targets.of(pack, version, said());
        List<ResolvedPack.NotOffered> unknown = pack.notOffered(target);
        if (!unknown.isEmpty()) {
            throw new UserException("Calico " + pack.calico() + " on "
                    + pack.platform().label() + " has no " + unknown.get(0).option() + " "
                    + unknown.get(0).value() + ": " + unknown.get(0).reason() + ".");
        }
        return target;
    }

    private Map<String, List<String>> said() {
        Map<String, List<String>> said = new LinkedHashMap<>(setup.said());
        SetupOptions.say(said, "encapsulation", encapsulation.value());
        SetupOptions.say(said, "dataplane", dataplane.value());
        return said;
    }

    /** Reads versions. */
    static final class Versions implements ITypeConverter<CalicoVersion> {
        @Override
        public CalicoVersion convert(String text) {
            return CalicoVersion.parse(text)
                    .orElseThrow(() -> new TypeConversionException(
                            "\"" + text + "\" is no version of Calico; give one such as 3.16 or 3.16.5."));
        }
    }
}
