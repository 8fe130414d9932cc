package calico.preflight.engine.inference;

/**
 * A distribution whose kernels have a floor of their own in a {@link KernelVersionDemand}.
 *
 * @param id the requirement
 * @param distribution as in os-release
 * @param lowest the first version of the distribution, inclusive
 * @param below the first version after, exclusive
 * @param minimum the floor for its kernels
 */
public record KernelTrain(String id, String distribution, Version lowest, Version below, Version minimum) {}
