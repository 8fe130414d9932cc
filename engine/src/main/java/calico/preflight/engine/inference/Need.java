package calico.preflight.engine.inference;

/**
 * A kernel module that cannot be loaded without other code, on which that code depends in turn included.
 *
 * @param module the name of the module
 * @param needed the name of the other code
 */
public record Need(String module, String needed) {}
