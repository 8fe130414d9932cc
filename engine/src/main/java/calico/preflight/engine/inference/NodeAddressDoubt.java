package calico.preflight.engine.inference;

/**
 * Why it cannot be told which address Calico would take.
 *
 * @param id the requirement
 * @param family {@code IPv4} or {@code IPv6}
 * @param why for the reader, without a final period
 */
public record NodeAddressDoubt(String id, String family, String why) {}
