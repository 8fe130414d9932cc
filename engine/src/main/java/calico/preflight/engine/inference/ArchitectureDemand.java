package calico.preflight.engine.inference;

import java.util.List;

/**
 * The check kind {@code architecture}.
 *
 * @param anyOf architectures as {@code uname -m} names them
 */
public record ArchitectureDemand(String id, String fact, List<String> anyOf) implements FactDemand {}
