package calico.preflight.engine.fleet;

/**
 * A host of a fleet, as a reader finds it again.
 *
 * @param name its own name; where that is not known, its place
 * @param place where its facts were read, such as {@code fleet.ndjson:17}
 */
public record HostRef(String name, String place) {}
