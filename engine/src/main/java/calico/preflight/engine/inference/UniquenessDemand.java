package calico.preflight.engine.inference;

/**
 * That no two hosts of a fleet have the same.
 *
 * @param id the comparison
 * @param fact what is compared
 */
public record UniquenessDemand(String id, String fact) implements FactDemand {}
