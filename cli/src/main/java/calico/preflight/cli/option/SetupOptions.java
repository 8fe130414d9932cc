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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How Calico is set up, whatever its version and mode. What is not given is what the documents have as default. */
public final class SetupOptions {

    @Option(
            names = "--platform",
            paramLabel = "NAME",
            converter = Labels.Platforms.class,
            completionCandidates = Labels.Platforms.class,
            description = "kubernetes, openshift, openstack, host (default: what the host shows)")
    private Optional<Platform> platform = Optional.empty();

    @Option(
            names = "--networking",
            paramLabel = "NAME",
            converter = Labels.Networkings.class,
            completionCandidates = Labels.Networkings.class,
            description = "calico, flannel, other (other: policy only, on another network)")
    private Optional<Networking> networking = Optional.empty();

    @Option(
            names = "--bgp",
            paramLabel = "STATE",
            converter = Labels.Bgps.class,
            completionCandidates = Labels.Bgps.class,
            description = "enabled, disabled (default: enabled)")
    private Optional<Bgp> bgp = Optional.empty();

    @Option(
            names = "--feature",
            paramLabel = "NAME",
            description = "a further feature in use, as the documents name it: host-endpoints, xdp, "
                    + "application-layer-policy, ... (repeatable)")
    private List<String> features = new ArrayList<>();

    @Option(
            names = "--role",
            paramLabel = "NAME",
            converter = Labels.Roles.class,
            completionCandidates = Labels.Roles.class,
            description =
                    "what this host offers to the others: node, typha, apiserver, etcd (repeatable; default: node)")
    private List<Role> roles = new ArrayList<>();

    @Option(
            names = "--datastore",
            paramLabel = "NAME",
            converter = Labels.Datastores.class,
            completionCandidates = Labels.Datastores.class,
            description = "etcd, kubernetes")
    private Optional<Datastore> datastore = Optional.empty();

    @Option(
            names = "--ip-family",
            paramLabel = "NAME",
            converter = Labels.IpFamilies.class,
            completionCandidates = Labels.IpFamilies.class,
            description = "ipv4, ipv6, dual")
    private Optional<IpFamily> ipFamily = Optional.empty();

    @Option(names = "--typha", description = "Typha stands between the nodes and the datastore")
    private boolean typha;

    @Option(names = "--wireguard", description = "traffic between nodes is encrypted by WireGuard")
    private boolean wireguard;

    @Option(
            names = "--kube-proxy",
            paramLabel = "MODE",
            converter = Labels.KubeProxies.class,
            completionCandidates = Labels.KubeProxies.class,
            description = "iptables, ipvs, nftables (default: does not matter)")
    private Optional<KubeProxy> kubeProxy = Optional.empty();

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            converter = Labels.Profiles.class,
            completionCandidates = Labels.Profiles.class,
            description = "documented: judge what the documents say; practical: apply the known defects of documents "
                    + "too (default: documented)")
    private Optional<Profile> profile = Optional.empty();

    /** The platform that was asked for; nothing: what the host shows. */
    public Optional<Platform> platform() {
        return platform;
    }

    /** What was said: option name to values, by the names of {@link Targets}. */
    Map<String, List<String>> said() {
        Map<String, List<String>> said = new LinkedHashMap<>();
        say(said, "networking", networking);
        say(said, "datastore", datastore);
        say(said, "ipFamily", ipFamily);
        say(said, "bgp", bgp);
        say(said, "kubeProxy", kubeProxy);
        say(said, "profile", profile);
        if (typha) {
            said.put("typha", List.of("true"));
        }
        if (wireguard) {
            said.put("wireguard", List.of("true"));
        }
        if (!roles.isEmpty()) {
            said.put("role", roles.stream().map(Role::label).toList());
        }
        if (!features.isEmpty()) {
            said.put("feature", namedFeatures());
        }
        return said;
    }

    static void say(Map<String, List<String>> said, String option, Optional<? extends TargetValue> value) {
        value.ifPresent(given -> said.put(option, List.of(given.label())));
    }

    private List<String> namedFeatures() {
        for (String feature : features) {
            if (!feature.matches("[a-z0-9][a-z0-9-]{0,63}")) {
                throw new UserException("--feature \"" + feature
                        + "\": a feature is lower-case letters, digits and hyphens, such as host-endpoints.");
            }
        }
        return List.copyOf(features);
    }
}
