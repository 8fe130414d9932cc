package calico.preflight.engine.inference;

/**
 * A release that meets an {@link OpenstackReleaseDemand}.
 *
 * @param id the requirement
 * @param release its name
 */
public record AcceptedRelease(String id, String release) {}
