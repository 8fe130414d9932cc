package calico.preflight.engine.inference;

/**
 * That one network manager leaves the interfaces of one pattern alone: of the check kind {@code interface-management} one
 * for each manager, of the kind {@code network-manager} one for each pattern.
 *
 * @param manager {@code NetworkManager}, {@code systemd-networkd} or {@code wicked}
 * @param pattern an interface name or a pattern such as {@code cali*}
 * @param installed the fact that says whether the manager is there; empty where {@code active} and its configuration tell
 *     by themselves
 * @param active the fact that says whether it runs
 */
public record InterfaceDemand(String id, String manager, String pattern, String installed, String active)
        implements Demand {}
