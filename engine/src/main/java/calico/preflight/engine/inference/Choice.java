package calico.preflight.engine.inference;

/**
 * A requirement on the kernel is settled by the best of its ways: worse ones no longer matter.
 *
 * @param id the requirement
 */
public record Choice(String id) {}
