package calico.preflight.engine.inference;

/**
 * That all hosts of a fleet have the same.
 *
 * @param id the comparison
 * @param fact what is compared
 */
public record LikenessDemand(String id, String fact) implements FactDemand {}
