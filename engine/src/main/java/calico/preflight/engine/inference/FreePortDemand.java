package calico.preflight.engine.inference;

/**
 * The check kind {@code free-port}.
 *
 * @param fact the fact that tells the open sockets
 * @param what the port, for the reader: {@code TCP 9099}
 */
public record FreePortDemand(String id, String fact, String what) implements FactDemand {}
