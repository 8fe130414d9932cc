package calico.preflight.engine.drl.words;

/** A kernel at least this new. */
public record KernelVersionDemand(String id, String fact, Version minimum) implements Demand {}
