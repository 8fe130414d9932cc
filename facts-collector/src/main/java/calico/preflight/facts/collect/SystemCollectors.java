package calico.preflight.facts.collect;

import java.util.List;

/** The collectors of everything that is not the kernel's. */
final class SystemCollectors {

    static final List<Collector> ALL = List.of(
            new NetworkCollector(),
            new NetworkManagementCollector(),
            new PrivilegeCollector(),
            new OpenstackCollector(),
            new KubernetesCollector(),
            new HardwareCollector(),
            new EtcdCollector());

    private SystemCollectors() {}
}
