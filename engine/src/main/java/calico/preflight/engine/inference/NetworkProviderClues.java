package calico.preflight.engine.inference;

import calico.preflight.catalog.knowledge.NetworkProviders;
import calico.preflight.catalog.knowledge.NetworkProviders.NetworkProvider;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Observed;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whose plugins the CNI configurations of a host name. */
final class NetworkProviderClues {

    static final String FACT = "kubernetes.cni.configurations";

    private final NetworkProviders known;
    private final HostFacts facts;

    NetworkProviderClues(NetworkProviders known, HostFacts facts) {
        this.known = known;
        this.facts = facts;
    }

    /** One of each file, or several where a file chains the plugins of several providers. */
    List<CniConfiguration> gather() {
        List<CniConfiguration> configurations = new ArrayList<>();
        Observed<FactValue> seen = facts.get(FACT);
        if (!(seen.known().orElse(null) instanceof FactValue.Table table)) {
            return configurations;
        }
        boolean first = true;
        for (Map.Entry<String, FactValue.Entry> file : table.entries().entrySet()) {
            String origin = HostFacts.originOf(file.getValue(), seen.origin()).toString();
            String plugins = file.getValue().value();
            for (Owner owner : owners(file.getKey(), plugins)) {
                boolean counts = !owner.sort().equals("besides");
                configurations.add(new CniConfiguration(
                        FACT, file.getKey(), owner.sort(), owner.name(), first && counts, plugins, origin));
                first &= !counts;
            }
        }
        return configurations;
    }

    private record Owner(String sort, String name) {}

    private List<Owner> owners(String file, String plugins) {
        if (plugins.isEmpty()) {
            return List.of(new Owner("unreadable", ""));
        }
        Set<Owner> owners = new LinkedHashSet<>();
        for (String plugin : plugins.split(", ", -1)) {
            Optional<NetworkProvider> provider = known.providers().stream()
                    .filter(candidate -> candidate.plugins().contains(plugin)
                            && (candidate.files().isEmpty() || Glob.anyMatches(candidate.files(), file)))
                    .findFirst();
            if (provider.isPresent()) {
                owners.add(new Owner(
                        provider.get().hostOnly() ? "besides" : "provider",
                        provider.get().name()));
            } else if (!known.helpers().contains(plugin)) {
                owners.add(new Owner("unknown-plugin", plugin));
            }
        }
        return owners.isEmpty() ? List.of(new Owner("besides", "")) : List.copyOf(owners);
    }

    /** Is a network provider set up on this host? */
    boolean isSetUp() {
        return gather().stream().anyMatch(configuration -> configuration.sort().equals("provider"));
    }

    /**
     * Interfaces, or patterns of them, whose addresses and routes are those of pods and services: those of Calico, those of
     * what is no provider, and those of the providers that are set up here.
     */
    List<String> devices() {
        List<CniConfiguration> configurations = gather();
        return known.providers().stream()
                .filter(provider -> provider.name().equals("calico")
                        || provider.plugins().isEmpty()
                        || configurations.stream()
                                .anyMatch(configuration -> configuration.sort().equals("provider")
                                        && configuration.owner().equals(provider.name())))
                .flatMap(provider -> provider.devices().stream())
                .toList();
    }
}
