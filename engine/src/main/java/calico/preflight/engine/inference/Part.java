package calico.preflight.engine.inference;

/**
 * A piece of kernel code that a {@code kernel-module} requirement needs on this kernel.
 *
 * @param id the requirement
 * @param module the name of the code
 * @param certain {@code false} where the kernel version is unknown and other versions need other code
 */
public record Part(String id, String module, boolean certain) {}
