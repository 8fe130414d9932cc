package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Looking at a host contacts nobody: what only a datastore can tell stays unknown, and the endpoints to ask are none. */
final class DatastoreNotAsked implements Collector {

    private static final String ETCD_ENDPOINTS = "etcd.endpoints";
    private static final String API_SERVERS = "kubernetes.api-server.endpoints";
    private static final String API_SERVER_VERSION = "kubernetes.api-server.version";
    private static final Origin ETCD = Origin.of("--etcd-endpoints");
    private static final Origin API_SERVER = Origin.of("--kube-apiserver");

    private static final List<String> TOLD_BY_ETCD = List.of(
            "etcd.reachable",
            "etcd.members",
            "etcd.learners",
            "etcd.silent-members",
            "etcd.version",
            "etcd.mixed-versions",
            "etcd.alarms",
            "etcd.clock-skew");

    @Override
    public Set<String> facts() {
        Set<String> facts = new LinkedHashSet<>(TOLD_BY_ETCD);
        facts.addAll(List.of(ETCD_ENDPOINTS, API_SERVERS, API_SERVER_VERSION));
        return facts;
    }

    @Override
    public List<Fact> collect(Look look, CollectionOptions options) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(ETCD_ENDPOINTS, Observed.absent(ETCD)));
        for (String name : TOLD_BY_ETCD) {
            facts.add(new Fact(name, Observed.unknown("no etcd endpoints were given", ETCD)));
        }
        facts.add(new Fact(API_SERVERS, Observed.absent(API_SERVER)));
        facts.add(new Fact(API_SERVER_VERSION, Observed.unknown("no API server was given", API_SERVER)));
        return facts;
    }
}
