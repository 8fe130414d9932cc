package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import java.util.List;
import java.util.Set;

/**
 * Looks for some facts on a host. A collector gives every fact that it declares, whatever the host is like: known,
 * absent or unknown. Collectors are stateless; which there are, {@link HostCollector} says.
 */
interface Collector {

    /** The names of the facts it gives, all in the {@link calico.preflight.facts.FactCatalogue}. */
    Set<String> facts();

    /** Looks for all of them. */
    List<Fact> collect(Look look, CollectionOptions options);
}
