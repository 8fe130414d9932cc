package calico.preflight.engine.inference;

/**
 * The check kind {@code host-mtu}.
 *
 * @param interfaces the fact that tells the interfaces of the host
 * @param fact the fact that tells the MTU of the interface of the default route
 */
public record HostMtuDemand(String id, String interfaces, String fact) implements FactDemand {}
