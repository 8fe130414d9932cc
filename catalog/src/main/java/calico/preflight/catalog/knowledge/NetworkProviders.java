package calico.preflight.catalog.knowledge;

import java.util.List;

/**
 * Who the plugins in CNI configurations and the interfaces of a node belong to.
 *
 * @param helpers types of plugins that come beside those of any provider
 * @param providers in the order in which they are tried
 */
public record NetworkProviders(List<String> helpers, List<NetworkProvider> providers) {
    public NetworkProviders {
        helpers = List.copyOf(helpers);
        providers = List.copyOf(providers);
    }

    /**
     * Something that connects containers.
     *
     * @param name in lower case, such as {@code calico}
     * @param plugins the types of its CNI plugins; empty: it has none
     * @param files names of its configuration files, or patterns with {@code *}, where others use such plugins too; empty:
     *     a plugin is enough
     * @param devices interfaces, or patterns with {@code *}, whose addresses and routes are those of pods and services
     * @param hostOnly it connects containers of one host, and no cluster
     * @param source the public address that says so
     */
    public record NetworkProvider(
            String name,
            List<String> plugins,
            List<String> files,
            List<String> devices,
            boolean hostOnly,
            String source) {}
}
