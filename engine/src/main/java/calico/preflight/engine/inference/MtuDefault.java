package calico.preflight.engine.inference;

/**
 * The MTU that Calico gives to workloads where it is told nothing.
 *
 * @param id the requirement
 * @param bytes the MTU
 */
public record MtuDefault(String id, int bytes) {}
