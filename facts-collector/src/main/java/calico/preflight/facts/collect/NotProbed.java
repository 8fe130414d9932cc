package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.source.HostSource;
import java.util.List;
import java.util.Set;

/** Looking tries nothing out, so what only a probe can tell stays unknown. */
final class NotProbed implements Collector {

    private static final String FACT = "kernel.probe";

    @Override
    public Set<String> facts() {
        return Set.of(FACT);
    }

    @Override
    public List<Fact> collect(HostSource host, CollectionOptions options) {
        return List.of(new Fact(FACT, Observed.unknown("not probed", Origin.of("probe kernel"))));
    }
}
