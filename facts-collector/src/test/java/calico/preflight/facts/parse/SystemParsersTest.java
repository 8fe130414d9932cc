package calico.preflight.facts.parse;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.facts.Cidr;
import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.parse.InstalledPackages.Installed;
import calico.preflight.facts.parse.MountTable.Mount;
import calico.preflight.facts.parse.ProcNet.Inet6;
import calico.preflight.facts.parse.ProcNet.Route;
import calico.preflight.facts.parse.ProcNet.Socket;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SystemParsersTest {

    private static final String ROUTES = """
            Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
            eth1\t00000000\t0101A8C0\t0003\t0\t0\t200\t00000000\t0\t0\t0
            eth0\t00000000\t0100000A\t0003\t0\t0\t100\t00000000\t0\t0\t0
            eth2\t00000000\t00000000\t0201\t0\t0\t0\t00000000\t0\t0\t0
            eth0\t0000000A\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0
            eth1\t0001A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
            eth3\t000000C0\t0100000A\t0003\t0\t0\t0\t000000FF\t0\t0\t0
            """;

    @Test
    void listening_sockets_are_decoded_in_the_byte_order_of_the_host() {
        String tcp = """
                  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
                   0: 0100007F:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0
                   1: 0200A8C0:00B3 0300A8C0:1234 01 00000000:00000000 00:00000000 00000000     0        0 4712 1 0
                """;
        assertThat(ProcNet.listeningTcp(tcp, ByteOrder.LITTLE_ENDIAN))
                .containsExactly(new Socket("127.0.0.1", 22, 4711));
        assertThat(ProcNet.listeningTcp(tcp.replace("0100007F", "7F000001"), ByteOrder.BIG_ENDIAN))
                .containsExactly(new Socket("127.0.0.1", 22, 4711));
    }

    @Test
    void inet6_sockets_are_written_as_rfc_5952_recommends() {
        String line = "0: %s:18EB 00000000000000000000000000000000:0000 07 0:0 00:0 0 0 0 99 2 0\n";
        assertThat(ProcNet.boundUdp(line.formatted("00000000000000000000000001000000"), ByteOrder.LITTLE_ENDIAN))
                .containsExactly(new Socket("::1", 6379, 99));
        assertThat(ProcNet.boundUdp(line.formatted("0".repeat(32)), ByteOrder.LITTLE_ENDIAN))
                .containsExactly(new Socket("::", 6379, 99));
        assertThat(ProcNet.boundUdp(line.formatted("B80D0120000001000000000000000100"), ByteOrder.LITTLE_ENDIAN))
                .containsExactly(new Socket("2001:db8:1::1:0", 6379, 99));
    }

    @Test
    void the_default_route_is_the_one_that_is_up_with_the_lowest_metric() {
        assertThat(ProcNet.defaultDevice(ProcNet.routes(ROUTES, ByteOrder.LITTLE_ENDIAN)))
                .contains("eth0");
        assertThat(ProcNet.defaultDevice(ProcNet.routes("", ByteOrder.LITTLE_ENDIAN)))
                .isEmpty();
    }

    @Test
    void the_default_route_of_ipv6_is_none_that_rejects() {
        String zero = "0".repeat(32);
        String routes =
                zero + " 00 " + zero + " 00 fe800000000000000000000000000001 00000400 00000001 00000000 00000003 eth5\n"
                        + zero + " 00 " + zero + " 00 " + zero + " ffffffff 00000001 00000000 00200200 lo\n"
                        + zero + " 00 " + zero + " 00 " + zero + " 00000001 00000001 00000000 00000201 eth6\n";
        assertThat(ProcNet.defaultDevice6(routes)).contains("eth5");
    }

    @Test
    void networks_are_where_routes_that_are_up_lead_to() {
        assertThat(ProcNet.networks(ProcNet.routes(ROUTES, ByteOrder.LITTLE_ENDIAN)))
                .extracting(ProcNet.Network::toString)
                .containsExactly(
                        network("0.0.0.0/0", "192.168.1.1", "eth1"),
                        network("0.0.0.0/0", "10.0.0.1", "eth0"),
                        network("10.0.0.0/24", "", "eth0"),
                        network("192.168.1.0/24", "", "eth1"),
                        network("192.0.0.0/8", "10.0.0.1", "eth3"));
    }

    @Test
    void networks_of_ipv6_are_neither_own_addresses_nor_multicast_nor_dead_ends() {
        String zero = "0".repeat(32);
        String to = " " + zero + " 00 ";
        assertThat(ProcNet.networks6("fd000000000000000000000000000000 40" + to + zero
                        + " 00000100 00000001 00000000 00000001     eth0\n"
                        + zero + " 00" + to + "fe800000000000000000000000000001"
                        + " 00000400 00000002 00000000 00000003     eth0\n"
                        + "fd000000000000000000000000000002 80" + to + zero
                        + " 00000000 00000003 00000000 80200001     eth0\n"
                        + "ff000000000000000000000000000000 08" + to + zero
                        + " 00000100 00000003 00000000 00000001     eth0\n"
                        + zero + " 00" + to + zero + " ffffffff 00000001 00000000 00200200       lo\n"
                        + "fd000000000000000000000000000000 99" + to + zero
                        + " 00000100 00000001 00000000 00000001     eth9\n"))
                .extracting(ProcNet.Network::toString)
                .containsExactly(network("fd00::/64", "", "eth0"), network("::/0", "fe80::1", "eth0"));
    }

    private static String network(String destination, String gateway, String device) {
        return new ProcNet.Network(Cidr.of(destination).orElseThrow(), gateway, device).toString();
    }

    @Test
    void mounts_are_told_with_their_type_and_access() {
        assertThat(MountTable.parse("""
                bpf /sys/fs/bpf bpf rw,nosuid,nodev,noexec,relatime,mode=700 0 0
                cgroup2 /sys/fs/cgroup cgroup2 ro,nosuid 0 0
                /dev/sdb1 /mnt/a\\040b\\134c ext4 rw 0 0
                nonsense
                """))
                .containsExactly(
                        new Mount("/sys/fs/bpf", "bpf", "rw", 1),
                        new Mount("/sys/fs/cgroup", "cgroup2", "ro", 2),
                        new Mount("/mnt/a b\\c", "ext4", "rw", 3));
        assertThat(MountTable.known("nodev\tbpf\n\text4\n")).containsExactly("bpf", "ext4");
    }

    @ParameterizedTest
    @CsvSource({
        "nftables v1.0.6 (Lester Gooch #5), 1.0.6",
        "nftables v0.9.3 (Topsy), 0.9.3",
        "iptables v1.8.9 (nf_tables), 1.8.9",
        "conntrack v1.4.7 (conntrack-tools), 1.4.7",
        "containerd containerd.io 1.6.33 d2d58213f83a351ca8f528a95fbd145f5654e957, 1.6.33",
        "containerd github.com/containerd/containerd 1.6.20~ds1 1.6.20~ds1-1+deb12u1, 1.6.20",
        "crio version 1.31.0, 1.31.0",
        "'Docker version 24.0.5, build ced0996', 24.0.5"
    })
    void programs_tell_their_version_in_their_own_ways(String output, String version) {
        assertThat(ProgramVersion.of(output + "\n")).contains(version);
    }

    @Test
    void iptables_tells_its_backend_since_it_has_two() {
        assertThat(ProgramVersion.iptablesBackend("iptables v1.8.9 (nf_tables)\n"))
                .contains("nft");
        assertThat(ProgramVersion.iptablesBackend("iptables v1.8.9 (legacy)\n")).contains("legacy");
        assertThat(ProgramVersion.iptablesBackend("iptables v1.4.21\n")).contains("legacy");
        assertThat(ProgramVersion.iptablesBackend("iptables: not found\n")).isEmpty();
        assertThat(ProgramVersion.iptablesBackend("nft v1.0.6\n")).isEmpty();
    }

    @Test
    void packages_of_alpine_are_paragraphs() {
        assertThat(InstalledPackages.apk("C:Q1x\nP:nftables\nV:1.0.9-r0\nA:x86_64\n\nP:ipset\nV:7.21-r0\n"))
                .containsExactly(new Installed("nftables", "1.0.9-r0", 2), new Installed("ipset", "7.21-r0", 6));
    }

    @Test
    void settings_of_felix_come_without_what_may_be_secret() {
        assertThat(FelixSettings.environment("PATH=/bin\0FELIX_IPINIPMTU=1440\0FELIX_ETCDKEYFILE=/k\0IP=autodetect\0"
                        + "CALICO_DISABLE_FILE_LOGGING=true\0CALICO_PASSWORD=x\0FELIX_ETCDADDR=https://u:p@host\0NO\0"))
                .isEqualTo(Map.of(
                        "FELIX_IPINIPMTU", Entry.at(0, "1440"),
                        "IP", Entry.at(0, "autodetect"),
                        "CALICO_DISABLE_FILE_LOGGING", Entry.at(0, "true")));
        assertThat(FelixSettings.environmentFile("# x\nFELIX_LOGSEVERITYSYS=\"warning\"\nETCD_ENDPOINTS=https://a\n"))
                .isEqualTo(Map.of("FELIX_LOGSEVERITYSYS", Entry.at(2, "warning")));
        assertThat(
                        FelixSettings.file(
                                "[global]\n; IptablesBackend = legacy\nIptablesBackend = NFT\nEtcdKeyFile=/k\nTwo words = 3\nX=\n"))
                .isEqualTo(Map.of("iptablesbackend", Entry.at(3, "NFT")));
    }

    @Test
    void an_address_belongs_to_the_interface_of_its_longest_direct_route() {
        List<Route> routes = ProcNet.routes(ROUTES, ByteOrder.LITTLE_ENDIAN);
        assertThat(ProcNet.deviceOf("10.0.0.7", routes)).contains("eth0");
        assertThat(ProcNet.deviceOf("192.168.1.4", routes)).contains("eth1");
        assertThat(ProcNet.deviceOf("127.0.0.53", routes)).contains("lo");
        assertThat(ProcNet.deviceOf("192.0.2.1", routes)).isEmpty();
    }

    @Test
    void own_addresses_are_the_local_leaves() {
        assertThat(ProcNet.localAddresses("""
                Main:
                  +-- 0.0.0.0/0 3 0 5
                     |-- 0.0.0.0
                        /0 universe UNICAST
                     +-- 10.0.0.0/24 2 0 2
                        |-- 10.0.0.0
                           /24 link UNICAST
                        |-- 10.0.0.7
                           /32 host LOCAL
                        |-- 10.0.0.255
                           /32 link BROADCAST
                Local:
                        |-- 10.0.0.7
                           /32 host LOCAL
                        |-- 999.0.0.7
                           /32 host LOCAL
                """)).containsExactly("10.0.0.7");
    }

    @Test
    void inet6_addresses_come_with_their_interface() {
        assertThat(ProcNet.inet6Addresses("fe80000000000000000000fffe000001 02 40 20 80     eth0\nnonsense\n"))
                .containsExactly(new Inet6("eth0", "fe80::ff:fe00:1"));
    }

    @Test
    void capabilities_are_named_and_unnamed_ones_are_counted() {
        assertThat(Capabilities.names("0000000000201000")).contains(List.of("CAP_NET_ADMIN", "CAP_SYS_ADMIN"));
        assertThat(Capabilities.names("000001ffffffffff").orElseThrow())
                .hasSize(41)
                .endsWith("CAP_CHECKPOINT_RESTORE");
        assertThat(Capabilities.names("0000020000000000")).contains(List.of("CAP_41"));
        assertThat(Capabilities.names("0")).contains(List.of());
        assertThat(Capabilities.names("xyz")).isEmpty();
        assertThat(Capabilities.names("1".repeat(17))).isEmpty();
    }

    @Test
    void processors_and_memory_are_counted() {
        assertThat(Lines.cpus("0-3,5\n")).isEqualTo(OptionalInt.of(5));
        assertThat(Lines.cpus("3-1")).isEmpty();
        assertThat(Lines.cpus("")).isEmpty();
        assertThat(Lines.memory("MemTotal:       16384 kB\n")).isEqualTo(OptionalLong.of(16 << 20));
        assertThat(Lines.memory("MemTotal:       16384 MB\n")).isEmpty();
    }

    @Test
    void assignments_lose_their_quotes() {
        String text = "A=1\n# B=2\nB=\"two \\\"2\\\"\"\nC='3' # c\nD=4 # d\nA=last\n";
        assertThat(Lines.assignment(text, "A")).contains(new Lines.Line("last", 6));
        assertThat(Lines.assignment(text, "B")).contains(new Lines.Line("two \"2\"", 3));
        assertThat(Lines.assignment(text, "C")).contains(new Lines.Line("3", 4));
        assertThat(Lines.assignment(text, "D")).contains(new Lines.Line("4", 5));
        assertThat(Lines.assignment(text, "E")).isEmpty();
    }

    @Test
    void words_stand_between_white_space_of_any_sort() {
        assertThat(Lines.words(" \ta  b\t\f c\r\n")).containsExactly("a", "b", "c");
        assertThat(Lines.words("a\u00a0b")).containsExactly("a\u00a0b");
        assertThat(Lines.words(" \t")).isEmpty();
    }

    @Test
    void numbers_have_digits_of_ascii_only_and_not_too_many() {
        assertThat(Lines.number("0042")).hasValue(42);
        assertThat(Lines.number("1".repeat(18))).hasValue(111_111_111_111_111_111L);
        for (String none : List.of("", "-1", "+1", " 1", "1a", "\u0661", "1".repeat(19))) {
            assertThat(Lines.number(none)).isEmpty();
        }
        assertThat(Lines.isHexadecimal("09afAF", 6, 6)).isTrue();
        for (String none : List.of("09afA", "09afAF0", "09afAg", "09af\uff21F")) {
            assertThat(Lines.isHexadecimal(none, 6, 6)).isFalse();
        }
    }

    @Test
    void only_packages_that_are_installed_count() {
        assertThat(InstalledPackages.dpkg("""
                Package: nova-common
                Status: install ok installed
                Description: something
                 Version: 0 in a description
                Version: 3:29.0.2-0ubuntu1

                Package: neutron-common
                Status: deinstall ok config-files
                Version: 2:24.0.0

                Package: kubelet
                Status: hold ok installed
                Version: 1.28.2-1.1
                """))
                .containsExactly(
                        new Installed("nova-common", "3:29.0.2-0ubuntu1", 1),
                        new Installed("kubelet", "1.28.2-1.1", 11));
        assertThat(InstalledPackages.dpkg(
                        "Package: a\nVersion: 1\nStatus: install ok installed\n \t\nPackage: b\n\n\n"))
                .containsExactly(new Installed("a", "1", 1));
        assertThat(InstalledPackages.rpm("openstack-nova-common 20.6.1-1.el7\nbroken\n"))
                .containsExactly(new Installed("openstack-nova-common", "20.6.1-1.el7", 1));
    }

    @Test
    void metadata_directories_of_python_name_their_package() {
        assertThat(InstalledPackages.python("networking_calico-3.16.1-py3.6.egg-info"))
                .contains(new Installed("networking-calico", "3.16.1", 0));
        assertThat(InstalledPackages.python("nova-21.2.4.dev3.dist-info"))
                .contains(new Installed("nova", "21.2.4.dev3", 0));
        assertThat(InstalledPackages.python("nova")).isEmpty();
        assertThat(InstalledPackages.python("networking_calico.egg-info")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nova",
                "nova-compute",
                "python3-neutron",
                "python-nova",
                "networking-calico",
                "openstack-dashboard"
            })
    void parts_of_openstack_are_known_by_name(String name) {
        assertThat(InstalledPackages.isOpenstack(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"python3-novaclient", "novation", "python3-neutron-lib", "python3", "heater", "libnova"})
    void other_packages_are_not_part_of_openstack(String name) {
        assertThat(InstalledPackages.isOpenstack(name)).isFalse();
    }

    @Test
    void the_upstream_version_is_within_that_of_the_package() {
        assertThat(InstalledPackages.upstream("3:29.0.2-0ubuntu1")).contains("29.0.2");
        assertThat(InstalledPackages.upstream("1.28.2-1.1")).contains("1.28.2");
        assertThat(InstalledPackages.upstream("unknown")).isEmpty();
    }

    @Test
    void flags_of_the_kubelet_have_values_in_either_form() {
        assertThat(KubernetesFiles.flags(KubernetesFiles.arguments(
                        "/usr/bin/kubelet\0--config=/x\0--v\0002\0--fail-swap-on\0-h\0stray\0word\0")))
                .isEqualTo(Map.of("config", "/x", "v", "2", "fail-swap-on", "true", "h", "stray"));
        assertThat(KubernetesFiles.version("Kubernetes v1.16.3\n")).contains("1.16.3");
        assertThat(KubernetesFiles.version("kubelet: error")).isEmpty();
    }

    @Test
    void plugin_types_of_cni_are_found_in_lists_and_single_configurations() {
        assertThat(KubernetesFiles.cniTypes("{\"plugins\": [{\"type\": \"calico\"}, {\"type\": \"portmap\"}, {}]}"))
                .contains(List.of("calico", "portmap"));
        assertThat(KubernetesFiles.cniTypes("{\"type\": \"bridge\"}")).contains(List.of("bridge"));
        assertThat(KubernetesFiles.cniTypes("{\"type\": 7}")).isEmpty();
        assertThat(KubernetesFiles.cniTypes("[".repeat(100_000))).isEmpty();
        assertThat(KubernetesFiles.cniTypes("")).isEqualTo(Optional.empty());
    }
}
