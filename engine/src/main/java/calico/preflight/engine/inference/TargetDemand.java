package calico.preflight.engine.inference;

import java.util.List;

/**
 * The check kind {@code target}: the target itself is possible.
 */
public record TargetDemand(String id, String option, List<String> anyOf) implements Demand {}
