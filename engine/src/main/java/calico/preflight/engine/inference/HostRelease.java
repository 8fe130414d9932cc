package calico.preflight.engine.inference;

/**
 * The release of OpenStack on this host, inferred.
 *
 * @param release its name in lower case
 */
public record HostRelease(String release) {}
