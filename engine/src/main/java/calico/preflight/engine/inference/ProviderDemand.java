package calico.preflight.engine.inference;

import java.util.List;

/**
 * The check kind {@code network-provider}.
 *
 * @param fact the fact that tells the CNI configurations
 * @param allowed names of network providers
 */
public record ProviderDemand(String id, String fact, List<String> allowed) implements FactDemand {
    public ProviderDemand {
        allowed = List.copyOf(allowed);
    }
}
