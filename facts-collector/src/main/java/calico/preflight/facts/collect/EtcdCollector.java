package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.source.HostSource;
import java.util.List;
import java.util.Set;

/** The datastore, which nothing on a host tells of: it is asked only where endpoints are given. */
public final class EtcdCollector implements Collector {

    @Override
    public Set<String> facts() {
        return Set.of("etcd.reachable", "etcd.members");
    }

    @Override
    public List<Fact> collect(HostSource host, CollectionOptions options) {
        return List.of(unknown("etcd.reachable"), unknown("etcd.members"));
    }

    private static Fact unknown(String name) {
        return new Fact(name, Observed.unknown("no etcd endpoints were given", Origin.of("--etcd-endpoints")));
    }
}
