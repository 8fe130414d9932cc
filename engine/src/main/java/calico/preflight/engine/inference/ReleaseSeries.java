package calico.preflight.engine.inference;

/**
 * What is known of a release of OpenStack: which series of a component belongs to it.
 */
public record ReleaseSeries(String release, String component, String series) {}
