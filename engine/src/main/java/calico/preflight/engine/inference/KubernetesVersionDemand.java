package calico.preflight.engine.inference;

import java.util.List;

/**
 * The check kind {@code kubernetes-version}.
 *
 * @param tested minor versions; may be empty
 * @param minimum the oldest version; {@link Version#NONE}: none is given
 */
public record KubernetesVersionDemand(String id, String fact, List<String> tested, Version minimum)
        implements FactDemand {}
