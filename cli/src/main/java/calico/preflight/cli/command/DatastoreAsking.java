package calico.preflight.cli.command;

import calico.preflight.cli.console.UserException;
import calico.preflight.cli.option.DatastoreOptions;
import calico.preflight.cli.option.HostOptions;
import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.collect.AmbiguousKernelException;
import calico.preflight.facts.collect.CollectionOptions;
import calico.preflight.facts.collect.HostCollector;
import calico.preflight.facts.datastore.Endpoint;
import calico.preflight.facts.datastore.EtcdAsking;
import calico.preflight.facts.datastore.KubernetesAsking;
import calico.preflight.facts.datastore.Trust;
import calico.preflight.facts.datastore.Vantage;
import calico.preflight.facts.source.LiveHost;
import java.util.ArrayList;
import java.util.List;

/** Asks the datastores that the options name, from the machine that this runs on. */
final class DatastoreAsking {

    private static final String NAME = "host.name";

    private DatastoreAsking() {}

    /**
     * What they answered, to be laid over what was seen of the host; nothing where the options name none.
     *
     * @throws UserException where the options cannot be used; then nobody was contacted
     */
    static List<Fact> asAskedFor(DatastoreOptions options, HostOptions host) {
        if (!options.isGiven()) {
            return List.of();
        }
        List<Endpoint> etcd = options.etcd();
        Trust etcdTrust = options.etcdTrust();
        List<Endpoint> kubernetes = options.kubernetes();
        Trust kubernetesTrust = options.kubernetesTrust();
        Vantage vantage = new Vantage(nameOfThisMachine(), host.isLive());
        List<Fact> facts = new ArrayList<>();
        if (!etcd.isEmpty()) {
            facts.addAll(EtcdAsking.ask(etcd, etcdTrust, vantage));
        }
        if (!kubernetes.isEmpty()) {
            facts.addAll(KubernetesAsking.ask(kubernetes, kubernetesTrust, vantage));
        }
        return facts;
    }

    private static String nameOfThisMachine() {
        try {
            return new HostCollector()
                    .collect(new LiveHost(), CollectionOptions.none(), NAME::equals)
                    .get(NAME)
                    .known()
                    .map(FactValue::toString)
                    .orElse("this machine");
        } catch (AmbiguousKernelException e) {
            throw new UserException(String.valueOf(e.getMessage()), e);
        }
    }
}
