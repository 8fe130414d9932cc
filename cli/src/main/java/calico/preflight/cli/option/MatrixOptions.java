package calico.preflight.cli.option;

import calico.preflight.catalog.Suggestion;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Dataplane;
import calico.preflight.catalog.target.Encapsulation;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.target.Target;
import calico.preflight.catalog.target.TargetValue;
import calico.preflight.cli.console.UserException;
import calico.preflight.cli.matrix.Mode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What could be run: versions, encapsulations, dataplanes; all else as for one target. */
public final class MatrixOptions extends OptionGroup {

    private static final String ALL = "all";

    private final Several<VersionSelection> versions = several(
            VersionSelection.class,
            option(
                            "--calico",
                            "VERSIONS",
                            "versions and ranges of them: 3.16,3.20 or 3.16..3.32 or 3.29.. (default: all)")
                    .splitRegex(",")
                    .converters(new VersionSelection.Reader()));

    private final NearestOption nearest = with(new NearestOption());

    private final Several<String> encapsulations = several(
            String.class,
            option(
                            "--encapsulation",
                            "NAMES",
                            "of none, ipip, ipip-cross-subnet, vxlan, vxlan-cross-subnet (default: all)")
                    .splitRegex(",")
                    .completionCandidates(new Labels<>(Encapsulation.class)));

    private final Several<String> dataplanes = several(
            String.class,
            option("--dataplane", "NAMES", "of iptables, nftables, ebpf (default: all)")
                    .splitRegex(",")
                    .completionCandidates(new Labels<>(Dataplane.class)));

    private final SetupOptions setup = with(new SetupOptions());

    /** None is given yet. */
    public MatrixOptions() {
        super(Section.TARGET);
    }

    /** The versions and ranges that were asked for. */
    public List<VersionSelection> versions() {
        return versions.values().isEmpty() ? List.of(VersionSelection.ALL) : versions.values();
    }

    /** Where there are no rules for a version, those of the nearest one are wanted. */
    public boolean nearest() {
        return nearest.nearest();
    }

    /** The platform that was asked for; nothing: what the host shows. */
    public Optional<Platform> platform() {
        return setup.platform();
    }

    /** The modes, dataplane by dataplane. */
    public List<Mode> modes() {
        List<Mode> modes = new ArrayList<>();
        for (Dataplane dataplane : chosen("--dataplane", dataplanes.values(), List.of(Dataplane.values()))) {
            for (Encapsulation encapsulation :
                    chosen("--encapsulation", encapsulations.values(), List.of(Encapsulation.values()))) {
                modes.add(new Mode(dataplane, encapsulation));
            }
        }
        return modes;
    }

    /** The target for a pack, a version that it judges, and a mode. */
    public Target on(ResolvedPack pack, CalicoVersion version, Mode mode) {
        Map<String, List<String>> said = new LinkedHashMap<>(setup.said());
        said.put("encapsulation", List.of(mode.encapsulation().label()));
        said.put("dataplane", List.of(mode.dataplane().label()));
        return Targets.of(pack, version, said);
    }

    /** What was said beside versions and modes: option name to values. */
    public Map<String, List<String>> said() {
        return setup.said();
    }

    /** The values in their usual order, whatever the order in which they were typed. */
    private static <E extends TargetValue> List<E> chosen(String option, List<String> words, List<E> values) {
        if (words.isEmpty() || words.contains(ALL)) {
            return values;
        }
        List<String> names = values.stream().map(TargetValue::label).toList();
        Set<String> wanted = new LinkedHashSet<>();
        for (String word : words) {
            if (!names.contains(word)) {
                throw new UserException(option + " \"" + word + "\" is none of " + String.join(", ", names) + ", all."
                        + Suggestion.didYouMean(word, names));
            }
            wanted.add(word);
        }
        return values.stream().filter(value -> wanted.contains(value.label())).toList();
    }
}
