package calico.preflight.engine.inference;

/**
 * The check kind {@code node-address}.
 *
 * @param interfaces the fact that tells the interfaces of the host
 * @param addresses the fact that tells its addresses
 * @param route the fact that tells the interface of the default route
 */
public record NodeAddressDemand(String id, String interfaces, String addresses, String route) implements Demand {}
