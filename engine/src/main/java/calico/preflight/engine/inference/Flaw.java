package calico.preflight.engine.inference;

/**
 * What speaks against one {@link Way} on this kernel.
 *
 * @param id the requirement
 * @param way the name of the way
 * @param weight {@code closed} (it cannot be gone), {@code open} (it cannot be told) or {@code reserved} (it can be gone,
 *     with a reservation)
 * @param module the code that it lies in
 * @param how what that code is or does, as the predicate of a sentence
 * @param detail completes it
 */
public record Flaw(String id, String way, String weight, String module, String how, String detail) {}
