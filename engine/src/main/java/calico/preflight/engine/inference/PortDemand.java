package calico.preflight.engine.inference;

/**
 * The check kind {@code port}.
 *
 * @param what the traffic, for the reader: {@code TCP 179}
 * @param served this host must take such traffic in; otherwise it must only be able to send it
 */
public record PortDemand(String id, String what, boolean served) implements Demand {}
