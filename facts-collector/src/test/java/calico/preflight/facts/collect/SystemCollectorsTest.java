package calico.preflight.facts.collect;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactCatalogue;
import calico.preflight.facts.FactType;
import calico.preflight.facts.FactType.Kind;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.FactValue.Flag;
import calico.preflight.facts.FactValue.Rows;
import calico.preflight.facts.FactValue.Table;
import calico.preflight.facts.FactValue.Text;
import calico.preflight.facts.FactValue.Texts;
import calico.preflight.facts.FactValue.Whole;
import calico.preflight.facts.InterfaceManagement.State;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.NetworkManagerConfiguration;
import calico.preflight.facts.source.DirectoryHost;
import calico.preflight.facts.source.HostSource;
import calico.preflight.facts.source.LiveHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemCollectorsTest {

    private static final Path HOSTS = Path.of("src/test/resources/hosts");

    /** The facts that others collect. */
    private static final Set<String> KERNEL_SIDE = Set.of("host", "os", "kernel", "sysctl", "mounts", "probe");

    @Test
    void every_fact_from_the_network_on_is_given_once_with_a_value_of_its_kind() throws Exception {
        Map<String, Kind> kinds = FactCatalogue.ALL.stream()
                .filter(type -> !KERNEL_SIDE.contains(type.name().split("\\.", 2)[0]))
                .collect(Collectors.toMap(FactType::name, FactType::kind));
        for (HostSource host : List.of(
                new LiveHost(), host("debian-openstack-compute"), host("rhel-kubernetes-node"), host("running-host"))) {
            List<Fact> facts =
                    collect(host).stream().filter(fact -> !isEntry(fact)).toList();
            assertThat(facts).extracting(Fact::name).containsExactlyInAnyOrderElementsOf(kinds.keySet());
            for (Fact fact : facts) {
                Kind kind = Objects.requireNonNull(kinds.get(fact.name()));
                fact.observed().known().ifPresent(value -> assertThat(value)
                        .describedAs(fact.name())
                        .isInstanceOf(classOf(kind)));
            }
        }
        for (Collector collector : SystemCollectors.ALL) {
            assertThat(collector.collect(new Look(new LiveHost()), CollectionOptions.none()).stream()
                            .filter(fact -> !isEntry(fact)))
                    .extracting(Fact::name)
                    .containsExactlyInAnyOrderElementsOf(collector.facts());
        }
    }

    /** An entry of a table that is there and not told is a fact of its own. */
    private static boolean isEntry(Fact fact) {
        return fact.name().startsWith("hardware.dmi.") || fact.name().startsWith("udev.mac-address-policy.");
    }

    private static Class<?> classOf(Kind kind) {
        return switch (kind) {
            case TEXT, VERSION -> Text.class;
            case NUMBER -> Whole.class;
            case FLAG -> Flag.class;
            case TEXTS -> Texts.class;
            case TABLE -> Table.class;
            case ROWS -> Rows.class;
        };
    }

    @Test
    void nothing_is_known_and_nothing_is_absent_of_a_directory_that_is_no_host() throws Exception {
        // Which datastores are to be asked the user says, whatever the host.
        Set<String> said = Set.of("etcd.endpoints", "kubernetes.api-server.endpoints");

        assertThat(collect(host("nothing-but-a-file")))
                .filteredOn(fact -> !said.contains(fact.name()))
                .allSatisfy(fact ->
                        assertThat(fact.observed()).describedAs(fact.name()).isInstanceOf(Observed.Unknown.class));
    }

    @Test
    void an_image_tells_who_will_manage_its_network() throws Exception {
        Map<String, Observed<FactValue>> facts = byName(host("debian-openstack-compute"));

        assertThat(facts)
                .containsEntry(
                        "network-manager.installed",
                        Observed.known(new Flag(true), Origin.of("/usr/sbin/NetworkManager")))
                .containsEntry(
                        "network-manager.active",
                        Observed.known(
                                new Flag(true),
                                Origin.of("/etc/systemd/system/multi-user.target.wants/NetworkManager.service")))
                .containsEntry("ufw.active", Observed.known(new Flag(true), new Origin("/etc/ufw/ufw.conf", 2)))
                // installed, but nothing starts it
                .containsEntry("nftables.active", Observed.known(new Flag(false), Origin.of("/etc/systemd/system")))
                // a link without a unit behind it
                .containsEntry("firewalld.active", Observed.known(new Flag(false), Origin.of("/etc/systemd/system")));
        Table config = (Table) known(facts, "network-manager.config");
        assertThat(config.entry("keyfile.unmanaged-devices").map(Entry::origin))
                .contains("/etc/NetworkManager/conf.d/calico.conf");
        NetworkManagerConfiguration configuration = NetworkManagerConfiguration.of(config);
        assertThat(configuration.management("cali*").state()).isEqualTo(State.LEFT_ALONE);
        assertThat(configuration.management("vxlan.calico").state()).isEqualTo(State.MANAGED);
        assertThat(facts.get("network.interfaces")).isInstanceOf(Observed.Unknown.class);
        assertThat(facts.get("privilege.uid")).isInstanceOf(Observed.Unknown.class);
    }

    @Test
    void an_image_tells_what_is_installed_of_openstack() throws Exception {
        Map<String, Observed<FactValue>> facts = byName(host("debian-openstack-compute"));

        assertThat(((Table) known(facts, "openstack.packages")).entries())
                .isEqualTo(Map.of(
                        "nova-compute",
                        Entry.from(new Origin("/var/lib/dpkg/status", 5), "2:26.2.0-1"),
                        "python3-neutron",
                        Entry.from(new Origin("/var/lib/dpkg/status", 9), "2:21.2.0-1"),
                        "networking-calico",
                        Entry.from(
                                Origin.of("/usr/lib/python3/dist-packages/networking_calico-3.27.0.dist-info"),
                                "3.27.0")));
        assertThat(known(facts, "openstack.python")).isEqualTo(new Texts(List.of("3")));
        assertThat(facts.get("openstack.release"))
                .describedAs("which release has which version is not known here")
                .isInstanceOf(Observed.Unknown.class);
        assertThat(facts)
                .containsEntry("python3.version", Observed.known(new Text("3.11"), Origin.of("/usr/bin/python3.11")));
        assertThat(facts.get("kubernetes.version")).isInstanceOf(Observed.Absent.class);
    }

    @Test
    void an_rpm_database_below_a_directory_is_not_taken_for_an_empty_one() throws Exception {
        Map<String, Observed<FactValue>> facts = byName(host("rhel-kubernetes-node"));

        assertThat(facts)
                .containsEntry(
                        "openstack.packages",
                        Observed.unknown("the rpm database can only be read on the host", Origin.of("/var/lib/rpm")))
                .containsEntry("openstack.release", Observed.known(new Text("train"), Origin.of("/etc/rhosp-release")))
                .containsEntry(
                        "kubernetes.version",
                        Observed.unknown(
                                "neither the kubelet nor a package told its version", Origin.of("/usr/bin/kubelet")))
                .containsEntry("openshift.version", Observed.known(new Text("4.14"), new Origin("/etc/os-release", 3)));
        assertThat(((Table) known(facts, "kubernetes.kubelet.arguments")).entries())
                .containsEntry(
                        "network-plugin", Entry.from(new Origin("/var/lib/kubelet/kubeadm-flags.env", 1), "cni"));
        assertThat(((Table) known(facts, "kubernetes.cni.configurations")).entries())
                .containsOnly(
                        Map.entry(
                                "10-calico.conflist",
                                Entry.from(Origin.of("/etc/cni/net.d/10-calico.conflist"), "calico, bandwidth")),
                        Map.entry("20-broken.conf", Entry.from(Origin.of("/etc/cni/net.d/20-broken.conf"), "")));
        assertThat(known(facts, "kubernetes.cni.plugins")).isEqualTo(new Texts(List.of("calico", "portmap")));
        assertThat(known(facts, "python3.version")).isEqualTo(new Text("3.6"));
        assertThat(known(facts, "firewalld.active")).isEqualTo(new Flag(true));
        assertThat(facts.get("network-manager.config")).isInstanceOf(Observed.Absent.class);
    }

    @Test
    void a_running_host_tells_what_runs() throws Exception {
        Map<String, Observed<FactValue>> facts = byName(host("running-host"));

        assertThat(facts)
                .containsEntry("network-manager.active", Observed.known(new Flag(true), Origin.of("/proc/77/comm")))
                .containsEntry("firewalld.active", Observed.known(new Flag(true), Origin.of("/proc/99/cmdline")))
                .containsEntry("systemd-networkd.active", Observed.known(new Flag(false), Origin.of("/proc/*/comm")))
                .containsEntry(
                        "privilege.calico.effective",
                        Observed.known(new Texts(List.of("CAP_NET_ADMIN")), new Origin("/proc/88/status", 2)))
                .containsEntry(
                        "etcd.reachable",
                        Observed.unknown("no etcd endpoints were given", Origin.of("--etcd-endpoints")));
        assertThat(known(facts, "privilege.init.bounding"))
                .isEqualTo(new Texts(List.of("CAP_NET_ADMIN", "CAP_NET_RAW", "CAP_SYS_ADMIN")));
        assertThat(((Table) known(facts, "kubernetes.kubelet.arguments")).entry("node-ip"))
                .contains(Entry.from(Origin.of("/proc/111/cmdline"), "10.0.0.7"));
        assertThat(known(facts, "network.default-interface")).isEqualTo(new Text("eth0"));
        assertThat(((Rows) known(facts, "network.interfaces")).rows())
                .containsExactly(Map.of(
                        "name", "eth0",
                        "mtu", "1450",
                        "state", "up",
                        "mac", "02:00:00:00:00:01",
                        "addresses", "10.0.0.7 fe80::ff:fe00:1",
                        "index", "2"));
        assertThat(((Rows) known(facts, "network.sockets.tcp")).rows())
                .containsExactly(Map.of("address", "0.0.0.0", "port", "179", "process", ""));
        assertThat(((Rows) known(facts, "network.sockets.udp")).rows())
                .containsExactly(Map.of("address", "0.0.0.0", "port", "4789", "process", ""));
        assertThat(known(facts, "hardware.cpus")).isEqualTo(new Whole(4));
        assertThat(known(facts, "hardware.memory")).isEqualTo(new Whole(2 << 20));
    }

    @Test
    void a_masked_unit_does_not_start(@TempDir Path root) throws Exception {
        write(root, "usr/lib/systemd/system/NetworkManager.service", "");
        write(root, "etc/systemd/system/multi-user.target.wants/NetworkManager.service", "");
        Path mask = root.resolve("etc/systemd/system/NetworkManager.service");
        Files.createSymbolicLink(mask, Path.of("/dev/null"));

        assertThat(byName(DirectoryHost.of(root)))
                .containsEntry(
                        "network-manager.active",
                        Observed.known(new Flag(false), Origin.of("/etc/systemd/system/NetworkManager.service")));
        // JUnit warns of links that lead out of its folder.
        Files.delete(mask);
    }

    @Test
    void sockets_are_told_with_their_process_where_its_files_can_be_seen(@TempDir Path root) throws Exception {
        write(root, "proc/net/tcp", Files.readString(HOSTS.resolve("running-host/proc/net/tcp")));
        write(root, "proc/5/comm", "bird\n");
        Files.createDirectories(root.resolve("proc/5/fd"));
        Files.createSymbolicLink(root.resolve("proc/5/fd/3"), Path.of("socket:[4711]"));

        assertThat(((Rows) known(byName(DirectoryHost.of(root)), "network.sockets.tcp")).rows())
                .containsExactly(Map.of("address", "0.0.0.0", "port", "179", "process", "bird"));
    }

    @Test
    void processes_that_are_hidden_are_not_taken_for_absent(@TempDir Path root) throws Exception {
        write(root, "proc/4711/comm", "java\n");

        Map<String, Observed<FactValue>> facts = byName(DirectoryHost.of(root));
        assertThat(facts.get("network-manager.active")).isInstanceOf(Observed.Unknown.class);
        assertThat(facts.get("privilege.calico.effective")).isInstanceOf(Observed.Unknown.class);
    }

    private static void write(Path root, String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private static HostSource host(String name) throws IOException {
        return DirectoryHost.of(HOSTS.resolve(name));
    }

    private static List<Fact> collect(HostSource host) {
        return SystemCollectors.ALL.stream()
                .flatMap(collector -> collector.collect(new Look(host), CollectionOptions.none()).stream())
                .toList();
    }

    private static Map<String, Observed<FactValue>> byName(HostSource host) {
        return collect(host).stream().collect(Collectors.toMap(Fact::name, Fact::observed));
    }

    private static FactValue known(Map<String, Observed<FactValue>> facts, String name) {
        return Objects.requireNonNull(facts.get(name), name).known().orElseThrow();
    }
}
