package calico.preflight.engine.drl.words;

import java.util.List;

/** A fact of the host. */
public record Observation(String fact, String state, String text, Version version, List<String> items) {}
