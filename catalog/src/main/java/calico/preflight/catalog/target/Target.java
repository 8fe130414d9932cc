package calico.preflight.catalog.target;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is to be run on the host.
 *
 * @param features further features in use, by the names that the documents give them: {@code host-endpoints}, {@code xdp}
 * @param roles what this host offers to the others; at least one
 * @param kubeProxy nothing where no kube-proxy runs, or where its mode does not matter
 */
public record Target(
        CalicoVersion calico,
        Platform platform,
        Networking networking,
        Encapsulation encapsulation,
        Set<Role> roles,
        Dataplane dataplane,
        Datastore datastore,
        IpFamily ipFamily,
        Bgp bgp,
        boolean typha,
        boolean wireguard,
        Optional<KubeProxy> kubeProxy,
        Set<String> features,
        Profile profile) {

    public Target {
        roles = Collections.unmodifiableSet(new TreeSet<>(roles));
        features = Collections.unmodifiableSet(new TreeSet<>(features));
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("a target needs at least one role");
        }
    }

    /**
     * The values that conditions ({@code appliesTo}) are compared with, by the names of the options: {@code networking},
     * {@code encapsulation}, {@code role}, {@code feature}, ...
     */
    public Map<String, Set<String>> options() {
        Map<String, Set<String>> options = new LinkedHashMap<>();
        options.put("networking", Set.of(networking.label()));
        options.put("encapsulation", Set.of(encapsulation.label()));
        options.put("role", roles.stream().map(Role::label).collect(Collectors.toCollection(TreeSet::new)));
        options.put("dataplane", Set.of(dataplane.label()));
        options.put("datastore", Set.of(datastore.label()));
        options.put("ipFamily", Set.of(ipFamily.label()));
        options.put("bgp", Set.of(bgp.label()));
        options.put("typha", Set.of(Boolean.toString(typha)));
        options.put("wireguard", Set.of(Boolean.toString(wireguard)));
        options.put("kubeProxy", kubeProxy.map(mode -> Set.of(mode.label())).orElse(Set.of()));
        options.put("feature", features);
        options.put("profile", Set.of(profile.label()));
        return options;
    }
}
