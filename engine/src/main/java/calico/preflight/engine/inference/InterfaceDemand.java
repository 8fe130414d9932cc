package calico.preflight.engine.inference;

/**
 * The check kind {@code interface-management}, and each pattern of the kind {@code network-manager}.
 *
 * @param pattern an interface name or a pattern such as {@code cali*}
 */
public record InterfaceDemand(String id, String pattern) implements Demand {}
