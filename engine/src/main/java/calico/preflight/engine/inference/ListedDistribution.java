package calico.preflight.engine.inference;

/**
 * A distribution in the list of a {@link DistributionDemand}.
 *
 * @param id the requirement
 * @param distribution as in os-release
 * @param from the first version, inclusive
 * @param before the first version after, exclusive
 */
public record ListedDistribution(String id, String distribution, Version from, Version before) {}
