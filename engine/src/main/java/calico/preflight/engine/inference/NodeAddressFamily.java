package calico.preflight.engine.inference;

/**
 * A family of addresses of which Calico takes one for the node, on a host that shows all that this depends on.
 *
 * @param id the requirement
 * @param family {@code IPv4} or {@code IPv6}
 */
public record NodeAddressFamily(String id, String family) {}
