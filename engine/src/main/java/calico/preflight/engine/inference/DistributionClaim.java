package calico.preflight.engine.inference;

/**
 * The check kind {@code distribution-satisfies}: the document says that a listed distribution meets other requirements too.
 *
 * @param listedBy the id of the requirement that lists the distributions
 */
public record DistributionClaim(String id, String listedBy) implements Demand {}
