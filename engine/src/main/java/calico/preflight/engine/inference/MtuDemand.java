package calico.preflight.engine.inference;

/**
 * The check kind {@code mtu}.
 *
 * @param fact the fact that tells the MTU of the network
 * @param configured the fact that tells the MTU of the CNI configuration
 */
public record MtuDemand(String id, String fact, String configured) implements FactDemand {}
