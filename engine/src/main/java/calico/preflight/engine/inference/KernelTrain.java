package calico.preflight.engine.inference;

/**
 * A distribution whose kernels have a floor of their own in a {@link KernelVersionDemand}.
 *
 * @param id the requirement
 * @param distribution as in os-release
 * @param from the first version of the distribution, inclusive
 * @param before the first version after, exclusive
 * @param minimum the floor for its kernels
 */
public record KernelTrain(String id, String distribution, Version from, Version before, Version minimum) {}
