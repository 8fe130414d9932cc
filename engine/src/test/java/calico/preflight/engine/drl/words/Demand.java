package calico.preflight.engine.drl.words;

/** What is asked for. */
public interface Demand {

    /** The name of the demand. */
    String id();

    /** The fact that settles it. */
    String fact();
}
