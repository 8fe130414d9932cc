package calico.preflight.engine.inference;

/**
 * A piece of kernel code that one {@link Way} to what a requirement names takes on this kernel.
 *
 * @param id the requirement
 * @param way the name of the way
 * @param module the name of the code
 * @param certain {@code false} where the kernel version is unknown and other versions need other code
 */
public record Part(String id, String way, String module, boolean certain) {}
