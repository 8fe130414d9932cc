package calico.preflight.engine.inference;

/**
 * The check kind {@code kubernetes-version}, where it gives a minimum.
 *
 * @param minimum the oldest version
 */
public record KubernetesFloor(String id, String fact, Version minimum) implements FactDemand {}
