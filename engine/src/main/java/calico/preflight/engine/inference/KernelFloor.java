package calico.preflight.engine.inference;

/**
 * The floor that holds for this host, inferred.
 *
 * @param fact the fact that is compared with it
 * @param because whose floor it is, for the reader
 */
public record KernelFloor(String id, String fact, Version minimum, String because) {}
