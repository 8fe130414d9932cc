package calico.preflight.engine.inference;

/**
 * How the distribution lets a module be installed that was built with this kernel.
 *
 * @param module the name of the module
 * @param install a command
 */
public record ModulePackage(String module, String install) {}
