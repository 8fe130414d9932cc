package calico.preflight.facts.collect;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Flag;
import calico.preflight.facts.FactValue.Rows;
import calico.preflight.facts.FactValue.Table;
import calico.preflight.facts.FactValue.Text;
import calico.preflight.facts.FactValue.Texts;
import calico.preflight.facts.FactValue.Whole;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.source.HostCommand;
import calico.preflight.facts.source.HostSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes, mounts, the tools of netfilter, the machine, and what Felix is told. */
class NetworkFactsTest {

    private static final String ROUTE_HEADER =
            "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n";

    @TempDir
    Path temp;

    private Root root;

    @BeforeEach
    void start_with_an_empty_root() {
        root = new Root(temp).withDirectory("/etc");
    }

    @AfterEach
    void take_the_links_away() throws IOException {
        try (Stream<Path> files = Files.walk(temp)) {
            for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    private HostFacts image(String... subjects) throws AmbiguousKernelException {
        return collected(root.host(), Set.of(subjects));
    }

    private HostFacts running(String... subjects) throws AmbiguousKernelException {
        return collected(RunningRoot.of(root, Map.of()), Set.of(subjects));
    }

    private static HostFacts collected(HostSource host, Set<String> subjects) throws AmbiguousKernelException {
        return new HostCollector()
                .collect(
                        host,
                        Root.OPTIONS,
                        name -> subjects.contains(
                                name.substring(0, name.indexOf('.') < 0 ? name.length() : name.indexOf('.'))));
    }

    private static Observed<FactValue> text(String text, String origin, int line) {
        return Observed.known(new Text(text), new Origin(origin, line));
    }

    // routes

    @Test
    void a_network_is_that_of_the_first_process() throws Exception {
        String other = ROUTE_HEADER + "eth9\t00000000\t0100000A\t0003\t0\t0\t0\t00000000\t0\t0\t0\n";
        root.with("/proc/net/route", other)
                .with("/proc/1/net/route", other.replace("eth9", "ens3"))
                .withLink("/sys/class/net/ens3/device/driver", "../../../../bus/virtio/drivers/virtio_net")
                .with("/sys/class/net/ens3/mtu", "1450\n");

        HostFacts facts = image("network");

        assertThat(facts.get("network.default-interface")).isEqualTo(text("ens3", "/proc/1/net/route", 0));
        assertThat(facts.get("network.default-interface.mtu"))
                .isEqualTo(Observed.known(new Whole(1450), Origin.of("/sys/class/net/ens3/mtu")));
        assertThat(facts.get("network.default-interface.driver"))
                .isEqualTo(text("virtio_net", "/sys/class/net/ens3/device/driver", 0));
        assertThat(facts.get("network.routes"))
                .as("those of IPv6 were not given")
                .isEqualTo(Observed.unknown(
                        "the file on the routes of IPv6 is not there", Origin.of("/proc/1/net/ipv6_route")));
    }

    @Test
    void a_bridge_has_no_driver_and_a_host_without_routes_has_no_default_interface() throws Exception {
        root.with("/proc/net/route", ROUTE_HEADER + "br0\t00000000\t0100000A\t0003\t0\t0\t0\t00000000\t0\t0\t0\n")
                .with("/sys/class/net/br0/mtu", "1500\n")
                .withDirectory("/proc/sys/net/ipv4")
                .withDirectory("/proc/sys/net/core");

        HostFacts facts = running("network");

        assertThat(facts.get("network.default-interface.driver"))
                .isEqualTo(Observed.absent(Origin.of("/sys/class/net/br0/device/driver")));
        assertThat(facts.get("network.ipv6"))
                .isEqualTo(Observed.known(new Flag(false), Origin.of("/proc/sys/net/ipv6")));
        assertThat(facts.get("network.routes").known())
                .contains(new Rows(
                        List.of(Map.of("destination", "0.0.0.0/0", "gateway", "10.0.0.1", "interface", "br0"))));

        root.with("/proc/net/route", ROUTE_HEADER);
        facts = running("network");
        for (String fact : List.of("", ".mtu", ".driver")) {
            assertThat(facts.get("network.default-interface" + fact))
                    .as(fact)
                    .isEqualTo(Observed.absent(Origin.of("/proc/net/route")));
        }
    }

    @Test
    void an_address_whose_interface_cannot_be_told_is_an_address_all_the_same() throws Exception {
        root.with("/proc/net/route", ROUTE_HEADER)
                .with("/proc/net/fib_trie", "     |-- 192.168.77.0\n        /32 host LOCAL\n");

        assertThat(running("network").get("network.addresses").known())
                .contains(new Rows(List.of(Map.of("address", "192.168.77.0", "interface", ""))));
    }

    // mounts and what the kernel can do

    @Test
    void of_several_mounts_at_one_place_the_last_is_seen() throws Exception {
        root.with("/proc/1/mounts", """
                none /sys/fs/cgroup tmpfs rw 0 0
                bpf /sys/fs/bpf bpf rw,nosuid 0 0
                cgroup2 /sys/fs/cgroup cgroup2 ro,nosuid 0 0
                """)
                .with("/proc/filesystems", "nodev\tbpf\n\text4\n")
                .with("/proc/sys/kernel/osrelease", "6.1.0\n");

        HostFacts facts = image("mounts", "kernel");

        assertThat(facts.get("mounts./sys/fs/bpf")).isEqualTo(text("bpf", "/proc/1/mounts", 2));
        assertThat(facts.get("mounts./sys/fs/cgroup")).isEqualTo(text("cgroup2", "/proc/1/mounts", 3));
        assertThat(facts.get("mounts.access./sys/fs/cgroup")).isEqualTo(text("ro", "/proc/1/mounts", 3));
        assertThat(facts.get("mounts./proc")).isEqualTo(Observed.absent(Origin.of("/proc/1/mounts")));
        assertThat(facts.get("kernel.filesystems").known()).contains(new Texts(List.of("bpf", "ext4")));
        assertThat(facts.get("kernel.btf").isUnknown()).as("there is no /sys").isTrue();
    }

    @Test
    void the_mounts_of_whoever_looks_are_not_those_of_the_host() throws Exception {
        root.with("/proc/4711/mounts", "bpf /sys/fs/bpf bpf rw 0 0\n").withLink("/proc/self", "4711");
        assertThat(image("mounts").get("mounts").isUnknown()).isTrue();
        Files.delete(temp.resolve("proc/self"));
        root.with("/proc/self/mounts", "bpf /sys/fs/bpf bpf rw 0 0\n");
        assertThat(image("mounts").get("mounts./sys/fs/bpf")).isEqualTo(text("bpf", "/proc/self/mounts", 1));
    }

    @Test
    void types_for_ebpf_are_there_or_not_where_all_of_sys_is_seen() throws Exception {
        root.with("/proc/sys/kernel/osrelease", "6.1.0\n").with("/sys/kernel/uevent_seqnum", "7\n");
        Origin vmlinux = Origin.of("/sys/kernel/btf/vmlinux");
        assertThat(image("kernel").get("kernel.btf")).isEqualTo(Observed.known(new Flag(false), vmlinux));
        root.with("/sys/kernel/btf/vmlinux", "");
        assertThat(image("kernel").get("kernel.btf")).isEqualTo(Observed.known(new Flag(true), vmlinux));
        assertThat(new HostCollector()
                        .collect(root.host(), Root.OPTIONS.withKernelRelease("5.4.0"), "kernel.btf"::equals)
                        .get("kernel.btf")
                        .isUnknown())
                .as("of another kernel")
                .isTrue();
    }

    // the tools of netfilter

    @Test
    void packages_tell_the_versions_of_tools_without_asking_them() throws Exception {
        root.with("/lib/apk/db/installed", "P:nftables\nV:1.0.9-r0\n\nP:iptables\nV:1.8.10-r3\n\nP:ipset\nV:7.21-r0\n")
                .with("/usr/sbin/conntrack", "")
                .with("/usr/sbin/xtables-nft-multi", "")
                .withLink("/etc/alternatives/iptables", "/usr/sbin/xtables-nft-multi")
                .withLink("/usr/sbin/iptables", "/etc/alternatives/iptables");

        HostFacts facts = image("nft", "iptables", "ipset", "conntrack");

        assertThat(facts.get("nft.version")).isEqualTo(text("1.0.9", "/lib/apk/db/installed", 1));
        assertThat(facts.get("iptables.version")).isEqualTo(text("1.8.10", "/lib/apk/db/installed", 4));
        assertThat(facts.get("ipset.version")).isEqualTo(text("7.21", "/lib/apk/db/installed", 7));
        assertThat(facts.get("conntrack.version"))
                .isEqualTo(Observed.unknown(
                        "no package tells, and the program was not asked", Origin.of("/usr/sbin/conntrack")));
        assertThat(facts.get("iptables.backend")).isEqualTo(text("nft", "/usr/sbin/iptables", 0));
    }

    @Test
    void the_link_of_iptables_tells_its_backend() throws Exception {
        root.with("/usr/sbin/xtables-legacy-multi", "")
                .withLink("/usr/sbin/iptables-legacy", "xtables-legacy-multi")
                .withLink("/usr/sbin/iptables", "iptables-legacy");
        assertThat(image("iptables").get("iptables.backend")).isEqualTo(text("legacy", "/usr/sbin/iptables", 0));
        Files.delete(temp.resolve("usr/sbin/iptables"));
        assertThat(image("iptables").get("iptables.backend"))
                .isEqualTo(Observed.absent(Origin.of("/usr/sbin/iptables")));
        root.with("/usr/sbin/xtables-multi", "").withLink("/usr/sbin/iptables", "xtables-multi");
        assertThat(image("iptables").get("iptables.backend").known()).contains(new Text("legacy"));
        Files.delete(temp.resolve("usr/sbin/iptables"));
        root.with("/usr/sbin/iptables", "");
        assertThat(image("iptables").get("iptables.backend").isUnknown()).isTrue();
    }

    @Test
    void a_program_is_asked_only_where_that_loads_nothing() throws Exception {
        root.with("/usr/sbin/nft", "").with("/usr/sbin/iptables", "").with("/usr/sbin/ipset", "");
        RunningRoot host = RunningRoot.of(
                root,
                Map.of(
                        HostCommand.NFT_VERSION, "nftables v1.0.6 (Lester Gooch #5)\n",
                        HostCommand.IPTABLES_VERSION, "iptables v1.8.9 (legacy)\n"));
        Set<String> tools = Set.of("nft", "iptables", "ipset", "conntrack");

        HostFacts before = collected(host, tools);

        assertThat(host.asked()).isEmpty();
        assertThat(before.get("nft.version"))
                .isEqualTo(Observed.unknown(
                        "asking the program could make the kernel load nfnetlink", Origin.of("/usr/sbin/nft")));
        assertThat(before.get("iptables.backend").isUnknown()).isTrue();

        root.with("/proc/net/netlink", "sk Eth Pid\n0000000000000000 0   0\n0000000000000000 12  0\n");
        HostFacts after = collected(host, tools);

        assertThat(after.get("nft.version")).isEqualTo(text("1.0.6", "nft --version", 0));
        assertThat(after.get("iptables.version")).isEqualTo(text("1.8.9", "iptables --version", 0));
        assertThat(after.get("iptables.backend")).isEqualTo(text("legacy", "iptables --version", 0));
        assertThat(after.get("ipset.version").isUnknown())
                .as("ipset asks the kernel, whatever it is asked")
                .isTrue();
        assertThat(after.get("conntrack.version")).isEqualTo(Observed.absent(Origin.of("/usr/sbin/conntrack")));
        assertThat(host.asked()).containsOnly(HostCommand.NFT_VERSION, HostCommand.IPTABLES_VERSION);
    }

    // the machine

    @Test
    void firmware_tells_the_maker_and_keeps_the_serial_numbers() throws Exception {
        String dmi = "/sys/class/dmi/id/";
        root.with(dmi + "sys_vendor", "Microsoft Corporation\n")
                .with(dmi + "chassis_asset_tag", "7783-7084-3265-9085-8269-3286-77\n")
                .with(dmi + "product_serial", "do-not-tell\n")
                .with(dmi + "product_uuid", "do-not-tell\n")
                .with(dmi + "board_vendor", "x".repeat(5000))
                .with(dmi + "uevent", "MODALIAS=x\n")
                .withDirectory(dmi + "power");

        HostFacts facts = image("hardware");

        assertThat(facts.get("hardware.dmi")
                        .known()
                        .map(Table.class::cast)
                        .orElseThrow()
                        .entries())
                .containsOnlyKeys("sys_vendor", "chassis_asset_tag");
        assertThat(facts.get("hardware.dmi.sys_vendor"))
                .isEqualTo(text("Microsoft Corporation", dmi + "sys_vendor", 0));
        assertThat(facts.get("hardware.dmi.product_serial"))
                .isEqualTo(Observed.unknown(
                        "it identifies the machine and is not collected", Origin.of(dmi + "product_serial")));
        assertThat(facts.get("hardware.dmi.board_vendor").isUnknown()).isTrue();
        assertThat(facts.get("hardware.dmi.bios_vendor")).isEqualTo(Observed.absent(Origin.of("/sys/class/dmi/id")));
        assertThat(facts.facts().toString()).doesNotContain("do-not-tell");
    }

    @Test
    void a_machine_without_such_firmware_tells_none() throws Exception {
        root.withDirectory("/sys/kernel");
        assertThat(running("hardware").get("hardware.dmi")).isEqualTo(Observed.absent(Origin.of("/sys/class/dmi/id")));
        assertThat(image("hardware").get("hardware.dmi").isUnknown()).isTrue();
    }

    @Test
    void a_hypervisor_names_itself_or_sets_a_bit_or_does_not_show() throws Exception {
        assertThat(image("hardware").get("hardware.hypervisor").isUnknown()).isTrue();
        root.with("/proc/cpuinfo", "processor\t: 0\nFeatures\t: fp asimd\n");
        assertThat(image("hardware").get("hardware.hypervisor").isUnknown()).isTrue();
        root.with("/proc/cpuinfo", "processor\t: 0\nflags\t\t: fpu vme\n");
        assertThat(image("hardware").get("hardware.hypervisor"))
                .isEqualTo(Observed.absent(new Origin("/proc/cpuinfo", 2)));
        root.with("/proc/cpuinfo", "processor\t: 0\nflags\t\t: fpu hypervisor vme\n");
        assertThat(image("hardware").get("hardware.hypervisor")).isEqualTo(text("other", "/proc/cpuinfo", 2));
        root.with("/sys/hypervisor/type", "xen\n");
        assertThat(image("hardware").get("hardware.hypervisor")).isEqualTo(text("xen", "/sys/hypervisor/type", 0));
    }

    // Felix

    @Test
    void a_running_felix_tells_its_environment() throws Exception {
        root.with("/proc/1/comm", "systemd\n")
                .with("/etc/calico/calico.env", "FELIX_LOGSEVERITYSYS=info\nCALICO_TOKEN=do-not-tell\n")
                .with("/etc/calico/felix.cfg", "[global]\nIptablesBackend = NFT\n");

        HostFacts before = running("felix");

        assertThat(before.get("felix.environment.FELIX_LOGSEVERITYSYS"))
                .isEqualTo(text("info", "/etc/calico/calico.env", 1));
        assertThat(before.get("felix.configuration.iptablesbackend"))
                .isEqualTo(text("NFT", "/etc/calico/felix.cfg", 2));
        assertThat(before.facts().toString()).doesNotContain("do-not-tell");

        root.with("/proc/9/comm", "calico-node\n").with("/proc/9/environ", "FELIX_IPTABLESBACKEND=Legacy\0");
        assertThat(running("felix").get("felix.environment.FELIX_IPTABLESBACKEND"))
                .isEqualTo(text("Legacy", "/proc/9/environ", 0));
        Files.delete(temp.resolve("proc/9/environ"));
        root.withDirectory("/proc/9/environ");
        assertThat(running("felix").get("felix.environment").isUnknown()).isTrue();
    }

    @Test
    void a_host_without_felix_has_no_settings_of_it() throws Exception {
        root.with("/proc/1/comm", "systemd\n");
        assertThat(running("felix").get("felix.environment"))
                .isEqualTo(Observed.absent(Origin.of("/etc/calico/calico.env")));
        assertThat(running("felix").get("felix.configuration"))
                .isEqualTo(Observed.absent(Origin.of("/etc/calico/felix.cfg")));
        Files.delete(temp.resolve("proc/1/comm"));
        assertThat(running("felix").get("felix.environment").isUnknown())
                .as("not all processes are seen")
                .isTrue();
    }
}
