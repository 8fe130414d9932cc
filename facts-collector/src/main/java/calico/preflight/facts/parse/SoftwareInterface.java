package calico.preflight.facts.parse;

import java.util.Set;

/**
 * What interfaces are whose names only Calico or flannel gives. A match by driver or type is decided for them only where every
 * version of NetworkManager gives the same name to such a driver or type; where versions differ it stays open.
 */
enum SoftwareInterface {
    /** The host's ends of workloads; older versions call a veth an ethernet device. */
    VETH("cali", Set.of("veth"), Set.of(), Set.of(), Set.of("veth", "ethernet")),
    IPIP(
            "tunl",
            Set.of(),
            Set.of("ipip", "unknown"),
            Set.of(),
            Set.of("ip-tunnel", "iptunnel", "ipip", "tunnel", "generic", "unknown")),
    VXLAN("vxlan", Set.of("vxlan"), Set.of(), Set.of("vxlan"), Set.of("generic")),
    /** Flannel's, where Calico only brings the policies. */
    FLANNEL("flannel.1", Set.of("vxlan"), Set.of(), Set.of("vxlan"), Set.of("generic")),
    WIREGUARD(
            "wireguard.cali",
            Set.of(),
            Set.of("wireguard", "unknown"),
            Set.of(),
            Set.of("wireguard", "generic", "unknown")),
    WIREGUARD_V6(
            "wg-v6.cali",
            Set.of(),
            Set.of("wireguard", "unknown"),
            Set.of(),
            Set.of("wireguard", "generic", "unknown")),
    /** The host's ends of virtual machines, which OpenStack makes: a tap device, or a veth that leads to a bridge. */
    TAP("tap", Set.of(), Set.of(), Set.of(), Set.of()),
    /** Any other name. */
    UNKNOWN("", Set.of(), Set.of(), Set.of(), Set.of());

    private final String prefix;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable, but the checker cannot see it
    private final Set<String> drivers;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable, but the checker cannot see it
    private final Set<String> possibleDrivers;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable, but the checker cannot see it
    private final Set<String> types;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable, but the checker cannot see it
    private final Set<String> possibleTypes;

    SoftwareInterface(
            String prefix,
            Set<String> drivers,
            Set<String> possibleDrivers,
            Set<String> types,
            Set<String> possibleTypes) {
        this.prefix = prefix;
        this.drivers = drivers;
        this.possibleDrivers = possibleDrivers;
        this.types = types;
        this.possibleTypes = possibleTypes;
    }

    /** By a name or pattern. */
    static SoftwareInterface of(String pattern) {
        for (SoftwareInterface known : values()) {
            if (pattern.startsWith(known.prefix)) {
                return known;
            }
        }
        return UNKNOWN;
    }

    Ternary hasDriver(String driver) {
        return has(driver, drivers, possibleDrivers);
    }

    Ternary hasType(String type) {
        return has(type, types, possibleTypes);
    }

    private Ternary has(String name, Set<String> certain, Set<String> possible) {
        if (certain.contains(name)) {
            return Ternary.YES;
        }
        return this == UNKNOWN || this == TAP || possible.contains(name) ? Ternary.OPEN : Ternary.NO;
    }
}
