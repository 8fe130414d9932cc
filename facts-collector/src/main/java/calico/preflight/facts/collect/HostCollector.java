package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactCatalogue;
import calico.preflight.facts.FactType;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.source.HostSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Collects the facts of one host: runs the collectors that give what is wanted, and holds what each of them saw. */
public final class HostCollector {

    /** Every collector there is; each fact of the catalogue is given by one of them. */
    static final List<Collector> ALL = List.of();

    private final List<Collector> collectors;

    /** With every collector there is. */
    public HostCollector() {
        this(ALL);
    }

    HostCollector(List<Collector> collectors) {
        this.collectors = List.copyOf(collectors);
    }

    /**
     * Looks for the wanted facts. Each fact of the catalogue that is wanted is in the result, whatever happens: what a
     * collector could not see, or did not live to tell, is unknown.
     *
     * @param wanted is the fact of this name wanted?
     */
    public HostFacts collect(HostSource host, CollectionOptions options, Predicate<String> wanted) {
        Map<String, Fact> facts = new TreeMap<>();
        for (Collector collector : collectors) {
            if (collector.facts().stream().anyMatch(wanted)) {
                for (Fact fact : guarded(collector, host, options)) {
                    if (wanted.test(fact.name())) {
                        facts.put(fact.name(), fact);
                    }
                }
            }
        }
        for (FactType type : FactCatalogue.ALL) {
            if (wanted.test(type.name()) && !facts.containsKey(type.name())) {
                facts.put(type.name(), unknown(type.name(), "nothing collects this fact from such a source", host));
            }
        }
        String now = options.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString();
        return new HostFacts(host.name(), now, facts);
    }

    /** All facts of the catalogue. */
    public HostFacts collect(HostSource host, CollectionOptions options) {
        return collect(host, options, name -> true);
    }

    private static List<Fact> guarded(Collector collector, HostSource host, CollectionOptions options) {
        try {
            return collector.collect(host, options);
        } catch (RuntimeException | StackOverflowError e) {
            String why = "the collector failed: " + e;
            return collector.facts().stream()
                    .map(name -> unknown(name, why, host))
                    .toList();
        }
    }

    private static Fact unknown(String name, String why, HostSource host) {
        return new Fact(name, Observed.unknown(why, Origin.of(host.name())));
    }
}
