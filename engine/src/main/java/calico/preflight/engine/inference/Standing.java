package calico.preflight.engine.inference;

/**
 * How a piece of kernel code stands on this host, inferred from the clues.
 *
 * @param module the name of the code
 * @param state {@code usable}, {@code reserved} (usable with a reservation), {@code kept-out}, {@code missing} or {@code open}
 * @param step the step of the evidence ladder on which this stands: 1 tried, 2 in use, 3 built in, 4 on disk, 5 only configured; 6: nothing seen
 * @param how what the module is or does, as the predicate of a sentence
 * @param detail completes it
 */
public record Standing(String module, String state, int step, String how, String detail) {}
