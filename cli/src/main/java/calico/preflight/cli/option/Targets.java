package calico.preflight.cli.option;

import calico.preflight.catalog.Suggestion;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.target.Bgp;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Dataplane;
import calico.preflight.catalog.target.Datastore;
import calico.preflight.catalog.target.Encapsulation;
import calico.preflight.catalog.target.IpFamily;
import calico.preflight.catalog.target.KubeProxy;
import calico.preflight.catalog.target.Networking;
import calico.preflight.catalog.target.Profile;
import calico.preflight.catalog.target.Role;
import calico.preflight.catalog.target.Target;
import calico.preflight.catalog.target.TargetValue;
import calico.preflight.cli.console.UserException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes the target for a pack: what was said, then what the documents have as default, then what is usual. */
public final class Targets {

    private final Map<String, List<String>> said;
    private final Map<String, String> documented;

    private Targets(Map<String, List<String>> said, Map<String, String> documented) {
        this.said = said;
        this.documented = documented;
    }

    /**
     * The target.
     *
     * @param said option name to values, by the names of {@link Target#options()}
     * @throws UserException where a value is none of its option
     */
    public static Target of(ResolvedPack pack, Map<String, List<String>> said) {
        return of(pack, pack.calico(), said);
    }

    /** The same for a version that has no pack of its own, so that this one stands in. */
    public static Target of(ResolvedPack pack, CalicoVersion version, Map<String, List<String>> said) {
        Targets targets = new Targets(said, pack.defaults());
        return new Target(
                version,
                pack.platform(),
                targets.one("networking", Networking.CALICO),
                targets.one("encapsulation", Encapsulation.IPIP),
                targets.roles(),
                targets.one("dataplane", Dataplane.IPTABLES),
                targets.one("datastore", Datastore.KUBERNETES),
                targets.one("ipFamily", IpFamily.IPV4),
                targets.one("bgp", Bgp.ENABLED),
                targets.flag("typha"),
                targets.flag("wireguard"),
                targets.word("kubeProxy").map(word -> value("kubeProxy", List.of(KubeProxy.values()), word)),
                Set.copyOf(said.getOrDefault("feature", List.of())),
                targets.one("profile", Profile.DOCUMENTED));
    }

    private Optional<String> word(String option) {
        List<String> words = said.getOrDefault(option, List.of());
        return words.isEmpty() ? Optional.ofNullable(documented.get(option)) : Optional.of(words.get(0));
    }

    private <E extends Enum<E> & TargetValue> E one(String option, E usual) {
        return word(option)
                .map(word ->
                        value(option, Arrays.asList(usual.getDeclaringClass().getEnumConstants()), word))
                .orElse(usual);
    }

    private Set<Role> roles() {
        List<String> words = said.getOrDefault("role", List.of(Role.NODE.label()));
        return words.stream()
                .map(word -> value("role", List.of(Role.values()), word))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean flag(String option) {
        return word(option).map(Boolean::parseBoolean).orElse(false);
    }

    private static <E extends TargetValue> E value(String option, List<E> values, String word) {
        List<String> names = values.stream().map(TargetValue::label).toList();
        return Labels.of(values, word)
                .orElseThrow(() -> new UserException(option + " \"" + word + "\" is none of " + String.join(", ", names)
                        + "." + Suggestion.didYouMean(word, names)));
    }
}
