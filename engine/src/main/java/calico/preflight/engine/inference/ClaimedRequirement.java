package calico.preflight.engine.inference;

/**
 * A requirement that a {@link DistributionClaim} says is met.
 *
 * @param claim the id of the claim
 * @param id the requirement
 */
public record ClaimedRequirement(String claim, String id) {}
