package calico.preflight.engine.drl.words;

import java.util.List;

/** A value among those. */
public record OneOfDemand(String id, String fact, List<String> anyOf, boolean strict) implements Demand {}
