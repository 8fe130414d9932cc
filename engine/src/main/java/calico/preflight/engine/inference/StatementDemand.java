package calico.preflight.engine.inference;

/**
 * The check kind {@code statement}.
 *
 * @param binding the level makes it a demand, so that nobody having looked is worth saying
 */
public record StatementDemand(String id, boolean binding) implements Demand {}
