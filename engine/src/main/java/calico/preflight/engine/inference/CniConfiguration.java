package calico.preflight.engine.inference;

import calico.preflight.engine.report.Evidence;

/**
 * A CNI configuration, and what its plugins belong to.
 *
 * @param fact the fact that tells the CNI configurations
 * @param file its name
 * @param sort {@code provider}; {@code besides} where it connects no cluster; {@code unknown-plugin}; {@code unreadable}
 *     where its plugins could not be seen
 * @param owner the provider's name, or the type of the plugin that is not known
 * @param first it is the one that the container runtime takes
 * @param value its plugins
 * @param origin where it stands
 */
public record CniConfiguration(
        String fact, String file, String sort, String owner, boolean first, String value, String origin)
        implements Evident {
    @Override
    public Evidence evidence() {
        return new Evidence(fact + "." + file, value, origin);
    }
}
