package calico.preflight.engine.inference;

import calico.preflight.catalog.requirement.Check;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Observed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the endpoints of datastores answered, for the demands on them and on the way to them. */
final class DatastoreClues {

    private static final String ETCD = "etcd";
    private static final String ETCD_ENDPOINTS = "etcd.endpoints";
    private static final String ETCD_REACHABLE = "etcd.reachable";
    private static final String API_SERVERS = "kubernetes.api-server.endpoints";

    /** States in which an endpoint may serve Calico; in all others it does not. */
    private static final Set<String> USABLE = Set.of("serves", "wants-user", "unasked");

    /** The hosts that a port is on, and the fact that tells of connections to them. */
    private static final Map<String, String> ON_HOSTS = Map.of(ETCD, ETCD_ENDPOINTS, "apiserver", API_SERVERS);

    private DatastoreClues() {}

    /** The facts that tell of such a datastore. */
    static Set<String> facts(Check.Datastore check) {
        return check.type().equals(ETCD) ? Set.of(ETCD_ENDPOINTS, ETCD_REACHABLE) : Set.of(API_SERVERS);
    }

    /** The facts that tell of connections to the hosts of this port. */
    static Set<String> facts(Check.Port check) {
        String fact = ON_HOSTS.getOrDefault(check.hosts(), "");
        return fact.isEmpty() ? Set.of() : Set.of(fact);
    }

    /** The fact that says in one word whether such a datastore answers. */
    static String reachable(Check.Datastore check) {
        return check.type().equals(ETCD) ? ETCD_REACHABLE : API_SERVERS;
    }

    /** The demand, and what each endpoint answered. */
    static List<Object> of(String id, Check.Datastore check, HostFacts facts) {
        String fact = check.type().equals(ETCD) ? ETCD_ENDPOINTS : API_SERVERS;
        List<DatastoreEndpoint> endpoints = new ArrayList<>();
        for (Map<String, String> row : rows(fact, facts)) {
            String endpoint = row.getOrDefault("endpoint", "");
            String state = row.getOrDefault("state", "");
            String tls = row.getOrDefault("tls", "");
            endpoints.add(new DatastoreEndpoint(
                    id,
                    endpoints.size(),
                    endpoint,
                    row.getOrDefault("way", ""),
                    state,
                    USABLE.contains(state),
                    row.getOrDefault("cluster", ""),
                    row.getOrDefault("why", ""),
                    endpoint + ": " + state + (tls.isEmpty() ? "" : ", TLS " + tls),
                    fact,
                    facts.get(fact).origin().toString()));
        }
        int usable = (int) endpoints.stream().filter(DatastoreEndpoint::usable).count();
        List<Object> clues = new ArrayList<>();
        clues.add(new DatastoreDemand(id, check.type(), reachable(check), endpoints.size(), usable));
        clues.addAll(endpoints);
        return clues;
    }

    /** The connections that this host tried to make over the network to the hosts of this port. */
    static List<PortConnection> of(String id, Check.Port check, HostFacts facts) {
        List<PortConnection> connections = new ArrayList<>();
        for (String fact : facts(check)) {
            for (Map<String, String> row : rows(fact, facts)) {
                if (row.getOrDefault("way", "").equals("network")) {
                    connections.add(new PortConnection(
                            id,
                            row.getOrDefault("reached", "").equals("yes"),
                            row.getOrDefault("endpoint", ""),
                            row.getOrDefault("why", ""),
                            fact,
                            facts.get(fact).origin().toString()));
                }
            }
        }
        return connections;
    }

    private static List<Map<String, String>> rows(String fact, HostFacts facts) {
        Observed<FactValue> observed = facts.get(fact);
        return observed.known().orElse(null) instanceof FactValue.Rows rows ? rows.rows() : List.of();
    }
}
