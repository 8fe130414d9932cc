package calico.preflight.engine.inference;

/**
 * The check kind {@code kernel-version}.
 *
 * @param minimum the floor for kernels that follow mainline
 */
public record KernelVersionDemand(String id, String fact, Version minimum) implements FactDemand {}
