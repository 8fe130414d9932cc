package calico.preflight.engine;

/** Judges the facts of a host against a pack. */
public final class Judge {}
