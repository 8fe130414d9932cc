package calico.preflight.engine.inference;

/**
 * A release of OpenStack that is on this host, inferred.
 *
 * @param id the requirement that asks
 * @param release its name in lower case
 */
public record HostRelease(String id, String release) {}
