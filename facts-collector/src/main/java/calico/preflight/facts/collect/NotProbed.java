package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looking tries nothing out, so what only a probe can tell stays unknown. */
final class NotProbed implements Collector {

    /** The facts, and what finds them out. */
    private static final Map<String, String> PROBES = Map.of(
            "kernel.probe", "probe kernel",
            "probe.flows", "probe run",
            "probe.path-mtu", "probe run");

    @Override
    public Set<String> facts() {
        return PROBES.keySet();
    }

    @Override
    public List<Fact> collect(Look look, CollectionOptions options) {
        return PROBES.entrySet().stream()
                .map(probe -> new Fact(probe.getKey(), Observed.unknown("not probed", Origin.of(probe.getValue()))))
                .toList();
    }
}
