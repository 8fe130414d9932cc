package calico.preflight.cli.option;

import calico.preflight.catalog.target.Bgp;
import calico.preflight.catalog.target.Datastore;
import calico.preflight.catalog.target.IpFamily;
import calico.preflight.catalog.target.KubeProxy;
import calico.preflight.catalog.target.Networking;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.target.Profile;
import calico.preflight.catalog.target.Role;
import calico.preflight.catalog.target.TargetValue;
import calico.preflight.cli.console.UserException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How Calico is set up, whatever its version and mode. What is not given is what the documents have as default. */
public final class SetupOptions extends OptionGroup {

    private final Single<Platform> platform = named(
            Platform.class,
            "--platform",
            "NAME",
            "kubernetes, openshift, openstack, host (default: what the host shows)");

    private final Single<Networking> networking = named(
            Networking.class,
            "--networking",
            "NAME",
            "calico, flannel, other (other: policy only, on another network)");

    private final Single<Bgp> bgp = named(Bgp.class, "--bgp", "STATE", "enabled, disabled (default: enabled)");

    private final Several<String> features = texts(
            "--feature",
            "NAME",
            "a further feature in use, as the documents name it: host-endpoints, xdp, "
                    + "application-layer-policy, ... (repeatable)");

    private final Several<Role> roles = severalNamed(
            Role.class,
            "--role",
            "NAME",
            "what this host offers to the others: node, typha, apiserver, etcd (repeatable; default: node)");

    private final Single<Datastore> datastore = named(Datastore.class, "--datastore", "NAME", "etcd, kubernetes");

    private final Single<IpFamily> ipFamily = named(IpFamily.class, "--ip-family", "NAME", "ipv4, ipv6, dual");

    private final Flag typha = flag("--typha", "Typha stands between the nodes and the datastore");

    private final Flag wireguard = flag("--wireguard", "traffic between nodes is encrypted by WireGuard");

    private final Single<KubeProxy> kubeProxy =
            named(KubeProxy.class, "--kube-proxy", "MODE", "iptables, ipvs, nftables (default: does not matter)");

    private final Single<Profile> profile = named(
            Profile.class,
            "--profile",
            "NAME",
            "documented: judge what the documents say; practical: apply the known defects of documents "
                    + "too (default: documented)");

    /** None is given yet. */
    public SetupOptions() {
        super(Section.TARGET);
    }

    /** The platform that was asked for; nothing: what the host shows. */
    public Optional<Platform> platform() {
        return platform.value();
    }

    /** What was said: option name to values, by the names of {@link Targets}. */
    Map<String, List<String>> said() {
        Map<String, List<String>> said = new LinkedHashMap<>();
        say(said, "networking", networking.value());
        say(said, "datastore", datastore.value());
        say(said, "ipFamily", ipFamily.value());
        say(said, "bgp", bgp.value());
        say(said, "kubeProxy", kubeProxy.value());
        say(said, "profile", profile.value());
        if (typha.isGiven()) {
            said.put("typha", List.of("true"));
        }
        if (wireguard.isGiven()) {
            said.put("wireguard", List.of("true"));
        }
        if (!roles.values().isEmpty()) {
            said.put("role", roles.values().stream().map(Role::label).toList());
        }
        if (!features.values().isEmpty()) {
            said.put("feature", namedFeatures());
        }
        return said;
    }

    static void say(Map<String, List<String>> said, String option, Optional<? extends TargetValue> value) {
        value.ifPresent(given -> said.put(option, List.of(given.label())));
    }

    private List<String> namedFeatures() {
        for (String feature : features.values()) {
            if (!feature.matches("[a-z0-9][a-z0-9-]{0,63}")) {
                throw new UserException("--feature \"" + feature
                        + "\": a feature is lower-case letters, digits and hyphens, such as host-endpoints.");
            }
        }
        return features.values();
    }
}
