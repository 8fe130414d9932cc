package calico.preflight.engine.inference;

/**
 * The check kind {@code distribution}.
 */
public record DistributionDemand(String id, String fact) implements FactDemand {}
