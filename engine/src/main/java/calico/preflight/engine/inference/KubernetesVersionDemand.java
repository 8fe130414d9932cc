package calico.preflight.engine.inference;

import java.util.List;

/**
 * The check kind {@code kubernetes-version}, where it names tested versions.
 *
 * @param tested minor versions
 */
public record KubernetesVersionDemand(String id, String fact, List<String> tested) implements FactDemand {}
