package calico.preflight.engine.drl.words;

/** A fact with a harmless member that is called like the harmful one of {@link Lever}, and one that holds a lever. */
public record Crank(String pull, Lever lever) {}
