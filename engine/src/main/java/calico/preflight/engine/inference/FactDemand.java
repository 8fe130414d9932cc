package calico.preflight.engine.inference;

/** A demand that rests on a single fact: where that could not be looked at, nothing is settled. */
public interface FactDemand extends Demand {
    /** The name of the fact. */
    String fact();
}
