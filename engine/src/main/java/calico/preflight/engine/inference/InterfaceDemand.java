package calico.preflight.engine.inference;

/**
 * The check kind {@code interface-management}, and each pattern of the kind {@code network-manager}.
 *
 * @param pattern an interface name or a pattern such as {@code cali*}
 * @param installed the fact that says whether NetworkManager is there
 * @param active the fact that says whether it runs
 */
public record InterfaceDemand(String id, String pattern, String installed, String active) implements Demand {}
