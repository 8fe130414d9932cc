package calico.preflight.engine.inference;

/** A requirement that holds for the target, as the rules see it: each check kind has a record of its own. */
public interface Demand {
    /** The id of the requirement, which its verdict carries too. */
    String id();
}
