package calico.preflight.facts.collect;

import java.util.List;

/** The collectors of everything that is not the kernel's. */
final class SystemCollectors {

    static final List<Collector> ALL = List.of(
            new NetworkCollector(),
            new SocketCollector(),
            new NetfilterTools(),
            new FirewallCollector(),
            new NetworkManagementCollector(),
            new NetworkManagersCollector(),
            new SystemdCollector(),
            new CloudInitCollector(),
            new PrivilegeCollector(),
            new OpenstackCollector(),
            new KubernetesCollector(),
            new KubernetesComponents(),
            new ContainerRuntime(),
            new CniCollector(),
            new FelixCollector(),
            new HardwareCollector(),
            new MachineCollector(),
            new DatastoreNotAsked());

    private SystemCollectors() {}
}
