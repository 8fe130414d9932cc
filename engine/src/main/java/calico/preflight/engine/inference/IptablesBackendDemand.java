package calico.preflight.engine.inference;

/** The check kind {@code iptables-backend}. */
public record IptablesBackendDemand(String id) implements Demand {}
