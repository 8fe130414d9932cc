package calico.preflight.engine.inference;

import calico.preflight.facts.FactValue;
import calico.preflight.facts.HostFacts;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The interfaces that other hosts may be behind. */
final class OuterInterfaces {

    /** The fact they are taken from. */
    static final String FACT = "network.addresses";

    private static final List<String> LEADING_NOWHERE = List.of("lo", "dummy*");
    private static final List<String> OF_WORKLOADS = List.of(
            "cali*",
            "docker*",
            "virbr*",
            "cni*",
            "tunl*",
            "vxlan*.calico",
            "wireguard.cali",
            "wg-v6.cali",
            "flannel*",
            "veth*",
            "kube-ipvs*",
            "nodelocaldns*");

    /** Some address that reaches beyond the link, in the stead of any other. */
    private static final String SOME_ADDRESS = "192.0.2.1";

    private OuterInterfaces() {}

    /**
     * Those with an address that reaches beyond the link, but for those that Calico, Docker and the CNI make; none where some
     * address is on an interface that cannot be told, or on one that leads nowhere: such an address is reached by others that
     * have none.
     */
    static List<String> of(HostFacts facts) {
        if (!(facts.get(FACT).known().orElse(null) instanceof FactValue.Rows addresses)) {
            return List.of();
        }
        Set<String> names = new LinkedHashSet<>(reachable(addresses).toList());
        if (names.contains("") || names.stream().anyMatch(name -> Glob.anyMatches(LEADING_NOWHERE, name))) {
            return List.of();
        }
        names.removeIf(name -> Glob.anyMatches(OF_WORKLOADS, name));
        return List.copyOf(names);
    }

    /** The addresses as far as they count here: hosts differ in them, but seldom in the interfaces that have any. */
    static FactValue.Rows alike(FactValue.Rows addresses) {
        return new FactValue.Rows(reachable(addresses)
                .map(name -> Map.of("address", SOME_ADDRESS, "interface", name))
                .toList());
    }

    private static Stream<String> reachable(FactValue.Rows addresses) {
        return addresses.rows().stream()
                .filter(row -> {
                    String address = row.getOrDefault("address", "");
                    return NodeAddressClues.reachesFurther(address, "IPv4")
                            || NodeAddressClues.reachesFurther(address, "IPv6");
                })
                .map(row -> row.getOrDefault("interface", ""))
                .distinct();
    }
}
