package calico.preflight.facts.opening;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.FactValue.Flag;
import calico.preflight.facts.FactValue.Rows;
import calico.preflight.facts.FactValue.Table;
import calico.preflight.facts.FactValue.Text;
import calico.preflight.facts.FactValue.Texts;
import calico.preflight.facts.FactValue.Whole;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.collect.CollectionOptions;
import calico.preflight.facts.collect.HostCollector;
import calico.preflight.facts.remote.SshSettings;
import calico.preflight.facts.source.HostSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What other tools gathered of a host is read like the host itself, as far as it goes. */
class ReportsTest {

    @TempDir
    private Path directory;

    private void file(String path, String text) throws IOException {
        Path file = directory.resolve("in").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void link(String path, String target) throws IOException {
        Path link = directory.resolve("in").resolve(path);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of(target));
    }

    private void sosreport() throws IOException {
        String top = "sosreport-node7-2026-01-01-abcdefg/";
        file(top + "sos_commands/host/hostname", "node7.example\n");
        file(
                top + "sos_commands/kernel/uname_-a",
                "Linux node7 4.18.0-553.el8_10.x86_64 #1 SMP Fri May 10 15:19:13 UTC 2024 x86_64 x86_64 x86_64 GNU/Linux\n");
        file(top + "sos_commands/kernel/lsmod", """
                Module                  Size  Used by
                nf_conntrack          172032  2 xt_conntrack,nf_nat
                ip_set                 45056  0
                """);
        file(top + "installed-rpms", """
                kubelet-1.28.3-0.x86_64                       Mon Jan  1 00:00:00 2024
                python3-nova-23.2.0-1.el8.noarch              Mon Jan  1 00:00:00 2024
                """);
        file(top + "var/lib/rpm/Packages", "");
        file(top + "usr/lib/os-release", "ID=\"rhel\"\nVERSION_ID=\"8.10\"\n");
        link(top + "etc/os-release", "../usr/lib/os-release");
        link(top + "etc/resolv.conf", "/run/NetworkManager/resolv.conf");
        link(top + "etc/modprobe.d", "/../../../../../../etc/no-such-directory");
        file(top + "version.txt", "sosreport: 4.5.6\n");
    }

    private static HostFacts facts(Path source) throws Exception {
        try (HostSource host = HostSources.open(source.toString(), SshSettings.USUAL)) {
            return new HostCollector().collect(host, CollectionOptions.none());
        }
    }

    private static String value(HostFacts facts, String name) {
        return facts.get(name)
                .known()
                .map(Object::toString)
                .orElse(facts.get(name).toString());
    }

    private static void assertIsNode7(HostFacts facts) {
        assertThat(value(facts, "host.name")).isEqualTo("node7.example");
        assertThat(value(facts, "kernel.release")).isEqualTo("4.18.0-553.el8_10.x86_64");
        assertThat(value(facts, "host.architecture")).isEqualTo("x86_64");
        assertThat(value(facts, "os.id")).isEqualTo("rhel");
        assertThat(value(facts, "os.version")).isEqualTo("8.10");
        assertThat(value(facts, "kernel.modules.loaded.nf_conntrack")).isEqualTo("Live");
        assertThat(value(facts, "kernel.modules.loaded.ip_set")).isEqualTo("Live");
        assertThat(facts.get("kernel.modules.loaded.Module").known()).isEmpty();
        assertThat(value(facts, "openstack.packages.python3-nova")).isEqualTo("23.2.0-1.el8");
        // what a report has no copy of may be on the host all the same
        assertThat(facts.get("kernel.modules.files").isUnknown()).isTrue();
        assertThat(facts.get("firewall.nft.ruleset").isUnknown()).isTrue();
    }

    @Test
    void anUnpackedSosreportIsReadFromItsOwnFolderOrTheOneAroundIt() throws Exception {
        sosreport();
        assertIsNode7(facts(directory.resolve("in")));
        assertIsNode7(facts(directory.resolve("in/sosreport-node7-2026-01-01-abcdefg")));
    }

    @ParameterizedTest
    @CsvSource({"tar.xz, -cJf", "tar.gz, -czf", "tar.bz2, -cjf", "tar, -cf"})
    void aPackedSosreportIsReadHoweverItIsPacked(String ending, String option) throws Exception {
        sosreport();
        Path packed = directory.resolve("sosreport." + ending);
        Process tar = new ProcessBuilder("tar", option, packed.toString(), "-C", directory + "/in", ".")
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).isZero();
        HostFacts facts = facts(packed);
        assertIsNode7(facts);
        assertThat(facts.source()).isEqualTo("archive:" + packed);
    }

    private static final String ADDRESSES = """
            1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
                link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00 promiscuity 0 minmtu 0 maxmtu 0\s
                inet 127.0.0.1/8 scope host lo
                   valid_lft forever preferred_lft forever
                inet6 ::1/128 scope host\s
                   valid_lft forever preferred_lft forever
            2: ens3: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 qdisc fq_codel state UP group default qlen 1000
                link/ether 02:00:00:00:00:0a brd ff:ff:ff:ff:ff:ff promiscuity 0 minmtu 68 maxmtu 65535\s
                inet 192.0.2.10/24 brd 192.0.2.255 scope global dynamic ens3
                   valid_lft 84872sec preferred_lft 84872sec
            """;
    private static final String ROUTES = """
            default via 192.0.2.1 dev ens3 proto dhcp src 192.0.2.10 metric 100\s
            192.0.2.0/24 dev ens3 proto kernel scope link src 192.0.2.10\s
            local 127.0.0.0/8 dev lo table local proto kernel scope host src 127.0.0.1\s
            """;
    private static final String IPV6_ROUTES = """
            ::1 dev lo proto kernel metric 256 pref medium
            local ::1 dev lo table local proto kernel metric 0 pref medium
            """;
    private static final String SOCKETS = """
            Netid State  Recv-Q Send-Q Local Address:Port  Peer Address:Port Process
            udp   UNCONN 0      0          127.0.0.1:323        0.0.0.0:*     users:(("chronyd",pid=9,fd=6)) ino:275 <->
            tcp   LISTEN 0      128          0.0.0.0:179        0.0.0.0:*     users:(("bird",pid=12,fd=7)) ino:280 <->
            """;
    private static final String UNITS = """
              UNIT                     LOAD   ACTIVE SUB     DESCRIPTION
              systemd-networkd.service loaded active running Network Service

            1 loaded units listed. Pass --all to see loaded but inactive units, too.
            """;
    private static final String RULES = """
            # Generated by iptables-save v1.4.21 on Thu Jan  1 00:00:00 2026
            *filter
            :INPUT ACCEPT [0:0]
            -A INPUT -p tcp -m tcp --dport 179 -j DROP
            COMMIT
            # Completed on Thu Jan  1 00:00:00 2026
            """;

    private void networkOfSosreport() throws IOException {
        file("sos_commands/networking/ip_-d_address", ADDRESSES);
        file("sos_commands/networking/ip_route_show_table_all", ROUTES);
        file("sos_commands/networking/ip_-6_route_show_table_all", IPV6_ROUTES);
        file("sos_commands/networking/ss_-peaonmi", SOCKETS);
        file("sos_commands/systemd/systemctl_list-units", UNITS);
        file("sos_commands/networking/iptables-save", RULES);
        // the rest of /proc and /sys that a report copies is no network of a host
        file("sys/class/net/ens3/flags", "0x1003\n");
        file("proc/net/ip_tables_names", "filter\n");
    }

    private String told(String fact) throws Exception {
        return facts(directory.resolve("in")).get(fact).toString();
    }

    @Test
    void whatASosreportKeptOfCommandsTellsTheNetworkOfTheHost() throws Exception {
        networkOfSosreport();
        HostFacts facts = facts(directory.resolve("in"));
        assertThat(facts.get("network.default-interface"))
                .isEqualTo(Observed.known(
                        new Text("ens3"), new Origin("sos_commands/networking/ip_route_show_table_all", 1)));
        assertThat(facts.get("network.default-interface.mtu"))
                .isEqualTo(Observed.known(new Whole(1450), new Origin("sos_commands/networking/ip_-d_address", 7)));
        assertThat(facts.get("network.interfaces").known().orElseThrow())
                .isEqualTo(new Rows(List.of(
                        Map.of(
                                "name", "lo",
                                "mtu", "65536",
                                "state", "unknown",
                                "mac", "00:00:00:00:00:00",
                                "addresses", "127.0.0.1 ::1",
                                "index", "1"),
                        Map.of(
                                "name", "ens3",
                                "mtu", "1450",
                                "state", "up",
                                "mac", "02:00:00:00:00:0a",
                                "addresses", "192.0.2.10",
                                "index", "2"))));
        assertThat(facts.get("network.addresses").known().orElseThrow())
                .isEqualTo(new Rows(List.of(
                        Map.of("address", "127.0.0.1", "interface", "lo"),
                        Map.of("address", "::1", "interface", "lo"),
                        Map.of("address", "192.0.2.10", "interface", "ens3"))));
        assertThat(facts.get("network.routes").known().orElseThrow())
                .isEqualTo(new Rows(List.of(
                        Map.of("destination", "0.0.0.0/0", "gateway", "192.0.2.1", "interface", "ens3"),
                        Map.of("destination", "192.0.2.0/24", "gateway", "", "interface", "ens3"),
                        Map.of("destination", "::1", "gateway", "", "interface", "lo"))));
        assertThat(facts.get("network.sockets.tcp"))
                .isEqualTo(Observed.known(
                        new Rows(List.of(Map.of("address", "0.0.0.0", "port", "179", "process", "bird"))),
                        Origin.of("sos_commands/networking/ss_-peaonmi")));
        assertThat(facts.get("systemd-networkd.active"))
                .isEqualTo(Observed.known(new Flag(true), new Origin("sos_commands/systemd/systemctl_list-units", 2)));
        assertThat(facts.get("network-manager.active"))
                .isEqualTo(Observed.known(new Flag(false), Origin.of("sos_commands/systemd/systemctl_list-units")));
    }

    @Test
    void aServiceThatIsJustStartingReloadingOrStoppingIsActiveAndOneThatFailedIsNot() throws Exception {
        networkOfSosreport();
        for (String state : List.of("activating", "reloading", "deactivating", "failed", "inactive")) {
            file("sos_commands/systemd/systemctl_list-units", """
                    UNIT                   LOAD   ACTIVE %s SUB     DESCRIPTION
                    NetworkManager.service loaded %s        running Network Manager

                    1 loaded units listed. Pass --all to see loaded but inactive units, too.
                    """.formatted(" ".repeat(6), state));
            assertThat(facts(directory.resolve("in"))
                            .get("network-manager.active")
                            .known())
                    .as(state)
                    .contains(new Flag(!state.equals("failed") && !state.equals("inactive")));
        }
    }

    @Test
    void rulesThatASosreportKeptMayShowABlockAndNeverThatThereIsNone() throws Exception {
        networkOfSosreport();
        HostFacts facts = facts(directory.resolve("in"));
        assertThat(facts.get("firewall.legacy.ipv4"))
                .isEqualTo(Observed.known(
                        new Texts(List.of(
                                "*filter",
                                ":INPUT ACCEPT [0:0]",
                                "-A INPUT -p tcp -m tcp --dport 179 -j DROP",
                                "COMMIT")),
                        Origin.of("sos_commands/networking/iptables-save")));
        assertThat(facts.get("firewall.nft.ruleset").isUnknown()).isTrue();
        assertThat(facts.get("firewall.legacy.ipv6").isUnknown()).isTrue();
    }

    @Test
    void aListOfRulesForReadersLeavesTheFirewallOpen() throws Exception {
        networkOfSosreport();
        Files.delete(directory.resolve("in/sos_commands/networking/iptables-save"));
        file("sos_commands/firewall_tables/nft_-a_list_ruleset", """
                table ip filter { # handle 1
                \tchain INPUT { # handle 1
                \t\ttype filter hook input priority filter; policy accept;
                \t}
                }
                """);
        file(
                "sos_commands/firewall_tables/iptables_-t_filter_-nvL",
                "Chain INPUT (policy ACCEPT 7 packets, 9 bytes)\n");
        HostFacts facts = facts(directory.resolve("in"));
        assertThat(List.of("firewall.nft.ruleset", "firewall.legacy.ipv4", "firewall.nft.ipv4"))
                .allMatch(fact -> facts.get(fact).isUnknown());
    }

    @Test
    void theSocketsOfNetstatAreTakenWhereThoseOfSsWereNotKept() throws Exception {
        networkOfSosreport();
        Files.delete(directory.resolve("in/sos_commands/networking/ss_-peaonmi"));
        file("sos_commands/networking/netstat_-W_-neopa", """
                Active Internet connections (servers and established)
                Proto Recv-Q Send-Q Local Address           Foreign Address         State       User       Inode      PID/Program name     Timer
                tcp        0      0 0.0.0.0:179             0.0.0.0:*               LISTEN      0          280        12/bird              off (0.00/0/0)
                Active UNIX domain sockets (servers and established)
                """);
        HostFacts facts = facts(directory.resolve("in"));
        assertThat(facts.get("network.sockets.tcp"))
                .isEqualTo(Observed.known(
                        new Rows(List.of(Map.of("address", "0.0.0.0", "port", "179", "process", "bird"))),
                        Origin.of("sos_commands/networking/netstat_-W_-neopa")));
        assertThat(facts.get("network.sockets.udp").known()).contains(new Rows(List.of()));
    }

    @Test
    void aHostWithoutIpv6HasNoRoutesOfIt() throws Exception {
        networkOfSosreport();
        file("sos_commands/networking/ip_-d_address", ADDRESSES.replaceAll("(?m)^    inet6 .*\\n.*\\n", ""));
        file("sos_commands/networking/ip_-6_route_show_table_all", "");
        assertThat(facts(directory.resolve("in")).get("network.routes").known().orElseThrow())
                .isEqualTo(new Rows(List.of(
                        Map.of("destination", "0.0.0.0/0", "gateway", "192.0.2.1", "interface", "ens3"),
                        Map.of("destination", "192.0.2.0/24", "gateway", "", "interface", "ens3"))));
        assertThat(told("network.ipv6")).startsWith("Unknown");
    }

    @Test
    void aHostWithoutADefaultRouteHasNoDefaultInterface() throws Exception {
        networkOfSosreport();
        file("sos_commands/networking/ip_route_show_table_all", ROUTES.substring(ROUTES.indexOf("192.0.2.0/24")));
        assertThat(told("network.default-interface")).startsWith("Absent");
        assertThat(told("network.default-interface.mtu")).startsWith("Absent");
    }

    @ParameterizedTest
    @CsvSource({
        "ip_-d_address, network.interfaces network.default-interface.mtu network.addresses network.sockets.tcp",
        "ip_route_show_table_all, network.default-interface network.routes",
        "ip_-6_route_show_table_all, network.routes",
        "ss_-peaonmi, network.sockets.tcp network.sockets.udp"
    })
    void anOutputThatWasCutOrComplainsLeavesItsFactsOpen(String output, String facts) throws Exception {
        for (String spoilt : List.of(
                "cut", "bash: ip: command not found\n", "Cannot open netlink socket: Permission denied\n", "")) {
            networkOfSosreport();
            Path file = directory.resolve("in/sos_commands/networking/" + output);
            String whole = Files.readString(file);
            // a part of an output need not look like one
            Files.writeString(file, spoilt.equals("cut") ? whole.substring(0, whole.length() - 20) : spoilt);
            for (String fact : facts.split(" ", -1)) {
                assertThat(told(fact)).as(spoilt).startsWith("Unknown");
            }
        }
    }

    @Test
    void theNetworkOfAContainerIsNotThatOfTheHost() throws Exception {
        networkOfSosreport();
        // a container may have networks of its own
        file("sos_commands/networking/ip_-d_address", ADDRESSES.replace("2: ens3:", "2: ens3@if12:") + """
                3: docker0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default\s
                    inet 172.17.0.1/16 scope global docker0
                """);
        file("proc/net/route", "Iface\tDestination\n");
        HostFacts facts = facts(directory.resolve("in"));
        for (String fact : List.of(
                "network.interfaces",
                "network.default-interface",
                "network.addresses",
                "network.sockets.tcp",
                "firewall.legacy.ipv4")) {
            assertThat(facts.get(fact).isUnknown()).as(fact).isTrue();
        }
        assertThat(told("network.addresses")).contains("ens3@if12 leads out of this network");
    }

    @Test
    void aNetworkOfWhichAllAddressesAreThoseOfPairsIsThatOfAContainer() throws Exception {
        networkOfSosreport();
        Files.delete(directory.resolve("in/sos_commands/networking/ip_route_show_table_all"));
        file("sos_commands/networking/ip_-d_address", ADDRESSES.replace("2: ens3:", "2: ens3@if12:"));
        assertThat(told("network.addresses")).contains("ens3@if12 leads out of this network");
    }

    @Test
    void theSettingsThatSysctlPrintedAreThoseOfTheKernel() throws Exception {
        networkOfSosreport();
        file("proc/sys/kernel/random/boot_id", "00000000-0000-0000-0000-000000000000\n");
        file("sos_commands/kernel/sysctl_-a", """
                fs.file-max = 9223372036854775807
                kernel.modules_disabled = 0
                kernel.ostype = Linux
                net.ipv4.conf.all.rp_filter = 2
                net.ipv4.conf.ens3.rp_filter = 1
                net.ipv4.tcp_fastopen_key = 00000000-00000000-00000000-00000000
                vm.overcommit_memory = 0
                """);
        HostFacts facts = facts(directory.resolve("in"));
        assertThat(facts.get("sysctl"))
                .isEqualTo(Observed.known(
                        new Table(Map.of(
                                "kernel.modules_disabled", Entry.at(2, "0"),
                                "net.ipv4.conf.all.rp_filter", Entry.at(4, "2"))),
                        Origin.of("sos_commands/kernel/sysctl_-a")));
        assertThat(facts.get("sysctl.net.ipv4.conf.all.rp_filter").origin())
                .isEqualTo(new Origin("sos_commands/kernel/sysctl_-a", 4));
    }

    @Test
    void theProgramsThatAReportHasNoCopyOfMayBeThere() throws Exception {
        networkOfSosreport();
        file("usr/sbin/some-script", "#!/bin/sh\n");
        assertThat(told("network-manager.installed")).startsWith("Unknown");
        file("sos_commands/systemd/systemctl_list-unit-files", """
                UNIT FILE                STATE   PRESET
                systemd-networkd.service enabled enabled

                1 unit files listed.
                """);
        assertThat(facts(directory.resolve("in")).get("network-manager.installed"))
                .isEqualTo(
                        Observed.known(new Flag(false), Origin.of("sos_commands/systemd/systemctl_list-unit-files")));
    }

    @Test
    void whatCalicoctlNodeDiagsGatheredTellsTheNameOfTheHost() throws Exception {
        file("diagnostics/hostname", "node8\n");
        file("diagnostics/ipv4_tables", "*filter\n:INPUT ACCEPT [0:0]\nCOMMIT\n");
        file("diagnostics/ipv4_route", "default via 192.0.2.1 dev eth0\n");
        file("diagnostics/date", "Thu Jan  1 00:00:00 UTC 2026\n");
        HostFacts facts = facts(directory.resolve("in"));
        assertThat(value(facts, "host.name")).isEqualTo("node8");
        assertThat(facts.facts().values())
                .filteredOn(fact -> fact.observed().known().isPresent())
                .extracting(fact -> fact.name())
                .containsExactly("host.name");
    }
}
