package calico.preflight.engine.inference;

/**
 * A distribution in the list of a {@link DistributionDemand}.
 *
 * @param id the requirement
 * @param distribution as in os-release
 * @param variant as in os-release; empty: any
 * @param lowest the first version, inclusive
 * @param below the first version after, exclusive
 */
public record ListedDistribution(String id, String distribution, String variant, Version lowest, Version below) {}
