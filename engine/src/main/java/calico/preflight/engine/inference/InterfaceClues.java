package calico.preflight.engine.inference;

import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Rows;
import calico.preflight.facts.FactValue.Table;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.InterfaceManagement;
import calico.preflight.facts.Observed;
import calico.preflight.facts.parse.HostConditions;
import calico.preflight.facts.parse.NetworkManagerConfiguration;
import calico.preflight.facts.parse.NetworkdNetworks;
import calico.preflight.facts.parse.SystemdFile;
import calico.preflight.facts.parse.WickedInterfaces;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Which network managers there are, and what the configuration of each says of an interface. */
final class InterfaceClues {

    static final Set<String> NETWORK_MANAGER_FACTS =
            Set.of("network-manager.installed", "network-manager.active", "network-manager.config");

    private static final String NETWORK_MANAGER = "NetworkManager";
    private static final String NETWORK_MANAGER_CONFIG = "network-manager.config";
    private static final String NETWORKD = "systemd-networkd";
    private static final String NETWORKD_ACTIVE = "systemd-networkd.active";
    private static final String NETWORKS = "systemd-networkd.networks";
    private static final String SYSTEMD = "systemd.version";
    private static final String VENDOR = "hardware.dmi.sys_vendor";
    private static final String CONTAINER = "host.container";

    private static final String WICKED = "wicked";
    private static final String WICKED_ACTIVE = "network.managers.wicked";
    private static final String WICKED_INTERFACES = "wicked.interfaces";

    /** Those that {@link #everyManager} looks at beside the ones of NetworkManager. */
    static final Set<String> OTHER_FACTS =
            Set.of(NETWORKD_ACTIVE, NETWORKS, SYSTEMD, VENDOR, CONTAINER, "network.managers", WICKED_INTERFACES);

    private final HostFacts facts;
    private final List<InterfaceDemand> demands = new ArrayList<>();

    /** One for a manager and a pattern, of however many demands. */
    private final Map<String, InterfaceDecision> decisions = new LinkedHashMap<>();

    InterfaceClues(HostFacts facts) {
        this.facts = facts;
    }

    /** NetworkManager shall leave these interfaces alone. */
    void networkManager(String id, String pattern) {
        demands.add(new InterfaceDemand(
                id, NETWORK_MANAGER, pattern, "network-manager.installed", "network-manager.active"));
        decisions.computeIfAbsent(NETWORK_MANAGER + " " + pattern, unasked -> byNetworkManager(pattern));
    }

    /** Every network manager that is known here shall leave these interfaces alone. */
    void everyManager(String id, String pattern) {
        networkManager(id, pattern);
        demands.add(new InterfaceDemand(id, NETWORKD, pattern, "", NETWORKD_ACTIVE));
        decisions.computeIfAbsent(NETWORKD + " " + pattern, unasked -> byNetworkd(pattern));
        demands.add(new InterfaceDemand(id, WICKED, pattern, "", WICKED_ACTIVE));
        decisions.computeIfAbsent(WICKED + " " + pattern, unasked -> byWicked(pattern));
    }

    /** The names of the facts that the rules look at themselves. */
    List<String> observed() {
        return demands.stream()
                .flatMap(demand -> List.of(demand.installed(), demand.active()).stream())
                .filter(fact -> !fact.isEmpty())
                .distinct()
                .toList();
    }

    /** The demands and the decisions. */
    List<Object> gather() {
        List<Object> clues = new ArrayList<>(demands);
        clues.addAll(decisions.values());
        return clues;
    }

    private InterfaceDecision byNetworkManager(String pattern) {
        Observed<FactValue> config = facts.get(NETWORK_MANAGER_CONFIG);
        if (config.isUnknown()) {
            return unseen(NETWORK_MANAGER, pattern, NETWORK_MANAGER_CONFIG, config);
        }
        Table table = config.known()
                .filter(Table.class::isInstance)
                .map(Table.class::cast)
                .orElseGet(() -> new Table(Map.of()));
        return decision(
                NETWORK_MANAGER,
                pattern,
                NETWORK_MANAGER_CONFIG,
                NetworkManagerConfiguration.of(table).management(pattern));
    }

    private InterfaceDecision byNetworkd(String pattern) {
        Observed<FactValue> networks = facts.get(NETWORKS);
        if (networks.isUnknown()) {
            return unseen(NETWORKD, pattern, NETWORKS, networks);
        }
        return decision(
                NETWORKD,
                pattern,
                NETWORKS,
                NetworkdNetworks.of(rows(networks)).management(pattern, systemdVersion(), conditions()));
    }

    private InterfaceDecision byWicked(String pattern) {
        Observed<FactValue> interfaces = facts.get(WICKED_INTERFACES);
        return interfaces.isUnknown()
                ? unseen(WICKED, pattern, WICKED_INTERFACES, interfaces)
                : decision(
                        WICKED,
                        pattern,
                        WICKED_INTERFACES,
                        WickedInterfaces.of(rows(interfaces)).management(pattern));
    }

    private static Rows rows(Observed<FactValue> observed) {
        return observed.known()
                .filter(Rows.class::isInstance)
                .map(Rows.class::cast)
                .orElseGet(() -> new Rows(List.of()));
    }

    private OptionalInt systemdVersion() {
        return facts.get(SYSTEMD)
                .known()
                .map(version -> SystemdFile.majorVersion(version.toString()))
                .orElse(OptionalInt.empty());
    }

    /**
     * A file for virtual machines of VMware alone is known to have taken Calico's interfaces. What other hosts are is left
     * open: systemd asks the processor, too, and a container before the machine under it.
     */
    private HostConditions conditions() {
        boolean bare = !facts.get(CONTAINER).isUnknown()
                && facts.get(CONTAINER).known().isEmpty();
        boolean vmware = facts.get(VENDOR)
                .known()
                .filter(vendor -> vendor.toString().startsWith("VMware"))
                .isPresent();
        return bare && vmware
                ? new HostConditions(
                        Set.of("Virtualization=vmware", "Virtualization=vm", "Virtualization=yes"),
                        Set.of("Virtualization=container", "Virtualization=no"))
                : HostConditions.UNKNOWN;
    }

    private static InterfaceDecision unseen(
            String manager, String pattern, String fact, Observed<FactValue> configuration) {
        Observation seen = Observation.of(fact, configuration);
        return new InterfaceDecision(
                manager, pattern, "unknown", seen.why(), fact, seen.evidence().value(), seen.origin());
    }

    private static InterfaceDecision decision(
            String manager, String pattern, String fact, InterfaceManagement management) {
        String decision =
                switch (management.state()) {
                    case LEFT_ALONE -> "left-alone";
                    case MANAGED -> "managed";
                    case UNDECIDED -> "unclear";
                };
        return new InterfaceDecision(
                manager,
                pattern,
                decision,
                management.why(),
                fact,
                pattern + " " + decision,
                management.origin().toString());
    }
}
