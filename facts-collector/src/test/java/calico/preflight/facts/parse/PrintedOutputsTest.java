package calico.preflight.facts.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import calico.preflight.facts.Cidr.Family;
import calico.preflight.facts.parse.InstalledPackages.Installed;
import calico.preflight.facts.parse.PrintedAddresses.Interface;
import calico.preflight.facts.parse.PrintedRoutes.Route;
import calico.preflight.facts.parse.PrintedSockets.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What reports keep of commands is read where it is whole, and of nothing else a part. */
class PrintedOutputsTest {

    private static final String ADDRESSES = """
            1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
                link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00 promiscuity 0 minmtu 0 maxmtu 0 numtxqueues 1
                inet 127.0.0.1/8 scope host lo
                   valid_lft forever preferred_lft forever
                inet6 ::1/128 scope host\s
                   valid_lft forever preferred_lft forever
            2: ens3: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 qdisc fq_codel state UP group default qlen 1000
                link/ether 02:00:00:00:00:0a brd ff:ff:ff:ff:ff:ff promiscuity 0 minmtu 68 maxmtu 65535\s
                altname enp0s3
                inet 192.0.2.10/24 brd 192.0.2.255 scope global dynamic ens3
                   valid_lft 84872sec preferred_lft 84872sec
                inet6 2001:db8:0:0:0:0:0:10/64 scope global tentative\s
                   valid_lft forever preferred_lft forever
            5: ens3.7@ens3: <BROADCAST,MULTICAST> mtu 1450 qdisc noop state DOWN group default qlen 1000
                link/ether 02:00:00:00:00:0a brd ff:ff:ff:ff:ff:ff promiscuity 0\s
                vlan protocol 802.1Q id 7 <REORDER_HDR>\s
            6: tunl0@NONE: <NOARP,UP,LOWER_UP> mtu 1430 qdisc noqueue state UNKNOWN group default qlen 1000
                link/ipip 0.0.0.0 brd 0.0.0.0 promiscuity 0 minmtu 0 maxmtu 0\s
                inet 198.51.100.10 peer 198.51.100.11/32 scope global tunl0
                   valid_lft forever preferred_lft forever
            9: cali0123456789a@if4: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1430 qdisc noqueue state UP group default\s
                link/ether ee:ee:ee:ee:ee:ee brd ff:ff:ff:ff:ff:ff link-netnsid 0 promiscuity 0\s
                veth\s
            """;

    private static final String ROUTES = """
            10.9.0.0/16 dev ens3 table 77 scope link\s
            default via 192.0.2.1 dev ens3 proto dhcp src 192.0.2.10 metric 100\s
            default proto static metric 50\s
            \tnexthop via 192.0.2.2 dev ens4 weight 1\s
            \tnexthop via 192.0.2.3 dev ens3 weight 1 dead linkdown\s
            192.0.2.0/24 dev ens3 proto kernel scope link src 192.0.2.10\s
            blackhole 203.0.113.64/26 proto bird\s
            203.0.113.0/26 via 192.0.2.20 dev tunl0 proto bird onlink\s
            203.0.113.128/26 via inet6 fe80::1 dev ens3\s
            broadcast 127.0.0.0 dev lo table local proto kernel scope link src 127.0.0.1\s
            local 127.0.0.0/8 dev lo table local proto kernel scope host src 127.0.0.1\s
            local 192.0.2.10 dev ens3 table local proto kernel scope host src 192.0.2.10\s
            2001:db8::/64 dev ens3 proto kernel metric 256 pref medium
            unreachable 2001:db8:1::/48 dev lo metric 1024 error -113 pref medium
            fe80::/64 dev ens3 proto kernel metric 256 pref medium
            default via fe80::2 dev ens3 proto ra metric 1024 expires 1700sec hoplimit 64 pref medium
            local ::1 dev lo table local proto kernel metric 0 pref medium
            multicast ff00::/8 dev ens3 table local proto kernel metric 256 pref medium
            """;

    private static final String SS = """
            Netid State  Recv-Q Send-Q Local Address:Port  Peer Address:Port Process                            \s
            nl    UNCONN 0      0                  0:967               *     sk:1 cgroup:/ -*                    \s
            \t skmem:(r0,rb212992,t0,tb212992,f0,w0,o0,bl0,d0)                                                    \s
            u_str LISTEN 0      128  /run/a.sock 1040                 * 0    users:(("a",pid=7,fd=3)) <->        \s
            udp   UNCONN 0      0            0.0.0.0:4789       0.0.0.0:*     ino:274 sk:18 <->
            \t skmem:(r0,rb212992,t0,tb212992,f0,w0,o0,bl0,d0)
            udp   UNCONN 0      0      127.0.0.53%lo:53         0.0.0.0:*     users:(("systemd-resolve",pid=9,fd=6)) ino:275 <->
            udp   ESTAB  0      0         192.0.2.10:68        192.0.2.1:67   users:(("systemd-network",pid=8,fd=6)) ino:276 <->
            tcp   LISTEN 0      128          0.0.0.0:179        0.0.0.0:*     users:(("bird",pid=12,fd=7)) ino:280 sk:1a <->
            \t skmem:(r0,rb131072,t0,tb16384,f0,w0,o0,bl0,d0) cubic cwnd:10
            tcp   LISTEN 0      128          0.0.0.0:111        0.0.0.0:*     users:(("systemd",pid=1,fd=40),("rpcbind",pid=62,fd=4)) ino:281 <->
            tcp   ESTAB  0      0         192.0.2.10:55932   192.0.2.10:6443  users:(("kubelet",pid=14,fd=7)) ino:282 <->
            tcp   LISTEN 0      128             [::]:22            [::]:*     ino:283 sk:1d v6only:1 <->
            tcp   LISTEN 0      128                *:10250            *:*     users:(("kubelet",pid=14,fd=4)) ino:284 sk:1e v6only:0 <->
            """;

    private static final String NETSTAT = """
            Active Internet connections (servers and established)
            Proto Recv-Q Send-Q Local Address           Foreign Address         State       User       Inode      PID/Program name     Timer
            tcp        0      0 0.0.0.0:179             0.0.0.0:*               LISTEN      0          280        12/bird              off (0.00/0/0)
            tcp        0      0 192.0.2.10:55932        192.0.2.10:6443         ESTABLISHED 0          282        14/kubelet           keepalive (6.63/0/0)
            tcp6       0      0 :::22                   :::*                    LISTEN      0          283        20/sshd: /usr/sbin/  off (0.00/0/0)
            udp        0      0 0.0.0.0:4789            0.0.0.0:*                           0          274        -                    off (0.00/0/0)
            udp        0      0 192.0.2.10:68           192.0.2.1:67            ESTABLISHED 101        276        8/systemd-network    off (0.00/0/0)
            udp6       0      0 ::1:323                 :::*                                0          290        30/chronyd           off (0.00/0/0)
            raw6       0      0 :::58                   :::*                    7           0          291        31/NetworkManager    off (0.00/0/0)
            Active UNIX domain sockets (servers and established)
            Proto RefCnt Flags       Type       State         I-Node   PID/Program name     Path
            unix  2      [ ACC ]     STREAM     LISTENING     300      1/systemd            /run/systemd/private
            """;

    private static final String UNITS = """
              UNIT                               LOAD      ACTIVE SUB       DESCRIPTION
              -.mount                            loaded    active mounted   Root Mount
              systemd-networkd.service           loaded    active running   Network Service
            ● firewalld.service                  loaded    failed failed    firewalld - dynamic firewall daemon
            * iscsi.service                      not-found inactive dead    iscsi.service

            LOAD   = Reflects whether the unit definition was properly loaded.
            ACTIVE = The high-level unit activation state, i.e. generalization of SUB.

            4 loaded units listed. Pass --all to see loaded but inactive units, too.
            To show all installed unit files use 'systemctl list-unit-files'.
            """;

    private static final String PACKAGES = """
            Desired=Unknown/Install/Remove/Purge/Hold
            | Status=Not/Inst/Conf-files/Unpacked/halF-conf/Half-inst/trig-aWait/Trig-pend
            |/ Err?=(none)/Reinst-required (Status,Err: uppercase=bad)
            ||/ Name                                 Version                             Architecture Description
            +++-====================================-===================================-============-===============
            hi  kubelet                              1.28.2-1.1                          amd64        Node agent
            ii  libc6:amd64                          2.31-0ubuntu9.2                     amd64        GNU C Library
            ii  python3-nova                         2:21.2.4-0ubuntu1                   all          OpenStack Compute
            rc  nova-common                          2:20.0.0-0ubuntu1                   all          OpenStack Compute
            ii  util-linux                           2.34-0.1ubuntu9.1                   amd64        system utilities
            """;

    private interface Reading {
        Object of(String text) throws UnreadableOutputException;
    }

    private static void assertUnreadable(Reading reading, String text, String why, int line) {
        assertThatThrownBy(() -> reading.of(text))
                .isInstanceOfSatisfying(UnreadableOutputException.class, e -> assertThat(e.line())
                        .isEqualTo(line))
                .hasMessageContaining(why);
    }

    @Test
    void the_addresses_of_each_interface_are_read_with_its_mtu_and_state() throws Exception {
        List<Interface> interfaces = PrintedAddresses.parse(ADDRESSES);
        assertThat(interfaces)
                .extracting(Interface::name)
                .containsExactly("lo", "ens3", "ens3.7", "tunl0", "cali0123456789a");
        assertThat(interfaces.get(1))
                .isEqualTo(new Interface(
                        "ens3", "", 2, 1450, "up", "02:00:00:00:00:0a", List.of("192.0.2.10", "2001:db8::10"), 7));
        assertThat(interfaces.get(2).state()).isEqualTo("down");
        assertThat(interfaces.get(3).addresses()).containsExactly("198.51.100.10");
        assertThat(interfaces)
                .filteredOn(Interface::leadsOut)
                .extracting(Interface::name)
                .containsExactly("cali0123456789a");
    }

    @Test
    void addresses_that_begin_in_the_middle_or_end_within_a_line_are_not_read() {
        assertUnreadable(
                PrintedAddresses::parse,
                ADDRESSES.substring(ADDRESSES.indexOf("2: ens3")),
                "does not begin with the loopback interface",
                1);
        assertUnreadable(
                PrintedAddresses::parse,
                ADDRESSES.substring(0, ADDRESSES.indexOf(" scope global dynamic")),
                "cut in its last line",
                10);
        assertUnreadable(
                PrintedAddresses::parse, ADDRESSES + "Dump terminated\n", "no line of ip address: Dump terminated", 24);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "/bin/sh: 1: ip: not found\n",
                "timeout: failed to run command 'ip': Permission denied\n",
                "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536\n    inet 127.0.0.1000/8 scope host lo\n"
            })
    void what_is_no_output_of_ip_is_not_read(String text) {
        assertThatThrownBy(() -> PrintedAddresses.parse(text)).isInstanceOf(UnreadableOutputException.class);
        assertThatThrownBy(() -> PrintedRoutes.parse(text)).isInstanceOf(UnreadableOutputException.class);
    }

    @Test
    void the_routes_of_the_main_table_are_read_but_for_those_that_lead_nowhere() throws Exception {
        PrintedRoutes routes = PrintedRoutes.parse(ROUTES.replace(" dead linkdown", ""));
        assertThat(routes.routes(Family.IPV4).orElseThrow())
                .extracting(route -> route.network().toString())
                .containsExactly(
                        "Network[destination=0.0.0.0/0, gateway=192.0.2.1, device=ens3]",
                        "Network[destination=0.0.0.0/0, gateway=192.0.2.2, device=ens4]",
                        "Network[destination=192.0.2.0/24, gateway=, device=ens3]",
                        "Network[destination=203.0.113.0/26, gateway=192.0.2.20, device=tunl0]",
                        "Network[destination=203.0.113.128/26, gateway=fe80::1, device=ens3]");
        assertThat(routes.routes(Family.IPV6).orElseThrow())
                .extracting(route ->
                        route.network().destination() + " " + route.network().device())
                .containsExactly("2001:db8::/64 ens3", "fe80::/64 ens3", "::/0 ens3");
        Route best = PrintedRoutes.defaultRoute(routes.routes(Family.IPV4).orElseThrow())
                .orElseThrow();
        assertThat(best.network().device()).isEqualTo("ens4");
        assertThat(best.line()).isEqualTo(3);
    }

    @Test
    void routes_without_those_to_the_loopback_address_are_not_all_there() throws Exception {
        String cut = ROUTES.substring(0, ROUTES.indexOf("local 127"));
        assertThat(PrintedRoutes.parse(cut).routes(Family.IPV4)).isEmpty();
        String inet4 = ROUTES.substring(0, ROUTES.indexOf("2001:db8::/64"));
        assertThat(PrintedRoutes.parse(inet4).routes(Family.IPV4)).isPresent();
        assertThat(PrintedRoutes.parse(inet4).routes(Family.IPV6)).isEmpty();
        assertUnreadable(PrintedRoutes::parse, ROUTES + "default via 192.0", "cut in its last line", 19);
        assertUnreadable(PrintedRoutes::parse, "\tnexthop via 192.0.2.2 dev ens4\n" + ROUTES, "nexthop", 1);
        assertUnreadable(PrintedRoutes::parse, ROUTES + "Dump was interrupted and may be inconsistent.\n", "Dump", 19);
    }

    @Test
    void a_default_route_without_a_gateway_is_of_the_family_that_its_scope_tells() throws Exception {
        String local = "local 127.0.0.1 dev lo table local\nlocal ::1 dev lo table local metric 0 pref medium\n";
        assertThat(PrintedRoutes.parse("default dev ppp0 scope link \n" + local)
                        .routes(Family.IPV4)
                        .orElseThrow())
                .hasSize(1);
        assertThat(PrintedRoutes.parse("default dev ppp0 metric 1024 pref medium\n" + local)
                        .routes(Family.IPV6)
                        .orElseThrow())
                .hasSize(1);
    }

    @Test
    void sockets_that_wait_for_peers_are_read_with_the_programs_that_hold_them() throws Exception {
        assertThat(PrintedSockets.ofSs(SS))
                .containsExactly(
                        new Socket("udp", "0.0.0.0", 4789, "274", ""),
                        new Socket("udp", "127.0.0.53", 53, "275", "systemd-resolve"),
                        new Socket("tcp", "0.0.0.0", 179, "280", "bird"),
                        new Socket("tcp", "0.0.0.0", 111, "281", "rpcbind"),
                        new Socket("tcp", "::", 22, "283", ""),
                        new Socket("tcp", "::", 10250, "284", "kubelet"));
        assertThat(PrintedSockets.ofNetstat(NETSTAT))
                .containsExactly(
                        new Socket("tcp", "0.0.0.0", 179, "280", "bird"),
                        new Socket("tcp", "::", 22, "283", "sshd"),
                        new Socket("udp", "0.0.0.0", 4789, "274", ""),
                        new Socket("udp", "::1", 323, "290", "chronyd"));
    }

    @Test
    void programs_that_ss_did_not_name_are_taken_from_netstat() throws Exception {
        assertThat(PrintedSockets.named(PrintedSockets.ofSs(SS), PrintedSockets.ofNetstat(NETSTAT)))
                .extracting(Socket::process)
                .containsExactly("", "systemd-resolve", "bird", "rpcbind", "sshd", "kubelet");
    }

    @Test
    void the_star_of_an_old_ss_is_any_address_of_ipv4() throws Exception {
        assertThat(PrintedSockets.ofSs("""
                        Netid  State      Recv-Q Send-Q Local Address:Port               Peer Address:Port
                        udp    UNCONN     0      0         *:111                   *:*                   users:(("rpcbind",1026,6)) ino:9
                        tcp    LISTEN     0      128       *:22                    *:*                   users:(("sshd",pid=1026,fd=3))
                        tcp    LISTEN     0      128      :::22                   :::*                   users:(("sshd",pid=1026,fd=4))
                        """))
                .containsExactly(
                        new Socket("udp", "0.0.0.0", 111, "9", "rpcbind"),
                        new Socket("tcp", "0.0.0.0", 22, "", "sshd"),
                        new Socket("tcp", "::", 22, "", "sshd"));
    }

    @Test
    void lists_of_sockets_that_are_not_whole_are_not_read() {
        assertUnreadable(
                PrintedSockets::ofSs, SS.substring(SS.indexOf("udp   UNCONN")), "names of the columns is missing", 1);
        assertUnreadable(
                PrintedSockets::ofSs, SS.substring(0, SS.indexOf("tcp   LISTEN")), "no socket of TCP is listed", 0);
        assertUnreadable(PrintedSockets::ofSs, SS.substring(0, SS.length() - 30), "cut in its last line", 14);
        assertUnreadable(PrintedSockets::ofSs, SS + "Killed\n", "no line of ss: Killed", 15);
        assertUnreadable(PrintedSockets::ofSs, SS.replace("0.0.0.0:179", "0.0.0.0:bgp"), "no line of ss: tcp", 9);
        assertUnreadable(
                PrintedSockets::ofNetstat,
                NETSTAT.substring(0, NETSTAT.indexOf("Active UNIX")),
                "the list of connections has no end",
                0);
        assertUnreadable(PrintedSockets::ofNetstat, NETSTAT.replace("LISTEN      0 ", "LISTEN"), "no line of", 3);
        assertUnreadable(
                PrintedSockets::ofNetstat, "Aktive Internetverbindungen (Server und stehende Verbindungen)\n", "", 1);
    }

    @Test
    void units_that_are_listed_are_read_with_whether_they_are_active() throws Exception {
        assertThat(PrintedUnits.loaded(UNITS))
                .containsEntry("systemd-networkd.service", new PrintedUnits.Unit("active", 3))
                .containsEntry("firewalld.service", new PrintedUnits.Unit("failed", 4))
                .containsEntry("iscsi.service", new PrintedUnits.Unit("inactive", 5))
                .hasSize(4);
        assertUnreadable(
                PrintedUnits::loaded,
                UNITS.substring(0, UNITS.indexOf("4 loaded")),
                "the line with the number of units is missing",
                0);
        assertUnreadable(
                PrintedUnits::loaded, "System has not been booted with systemd as init system.\n", "columns", 1);
        assertUnreadable(PrintedUnits::loaded, UNITS.replace("4 loaded", "5 loaded"), "4 of 5 units are listed", 0);
    }

    @Test
    void files_of_units_are_read_with_whether_they_are_enabled() throws Exception {
        String files = """
                UNIT FILE                   STATE    VENDOR PRESET
                systemd-networkd.service    enabled  enabled
                NetworkManager.service      masked   enabled

                2 unit files listed.
                """;
        assertThat(PrintedUnits.files(files))
                .containsEntry("systemd-networkd.service", new PrintedUnits.Unit("enabled", 2))
                .containsEntry("NetworkManager.service", new PrintedUnits.Unit("masked", 3))
                .hasSize(2);
        assertUnreadable(PrintedUnits::files, UNITS, "names of the columns", 1);
        assertUnreadable(PrintedUnits::files, files.replace("2 unit", "3 unit"), "2 of 3 units are listed", 0);
    }

    @Test
    void settings_are_read_where_they_are_all_there() throws Exception {
        String settings = """
                abi.vsyscall32 = 1
                fs.file-max = 9223372036854775807
                kernel.hotplug =\s
                kernel.ostype = Linux
                net.ipv4.conf.all.rp_filter = 2
                net.ipv4.tcp_rmem = 4096\t131072\t6291456
                sysctl: reading key "net.ipv6.conf.all.stable_secret"
                vm.overcommit_memory = 0
                """;
        assertThat(PrintedSettings.parse(settings))
                .containsEntry("kernel.hotplug", new PrintedSettings.Setting("", 3))
                .containsEntry("net.ipv4.conf.all.rp_filter", new PrintedSettings.Setting("2", 5))
                .hasSize(7);
        assertUnreadable(
                PrintedSettings::parse,
                settings.substring(0, settings.indexOf("vm.")),
                "vm.overcommit_memory is not in its place",
                0);
        assertUnreadable(
                PrintedSettings::parse,
                settings.substring(settings.indexOf("kernel.hotplug")),
                "fs.file-max is not in its place",
                0);
        assertUnreadable(
                PrintedSettings::parse,
                "sysctl: permission denied on key 'net.ipv4.ip_forward'\n" + settings,
                "no line of sysctl -a: sysctl: permission denied",
                1);
    }

    @Test
    void packages_of_dpkg_are_read_where_their_names_are_not_cut() throws Exception {
        assertThat(InstalledPackages.dpkgList(PACKAGES))
                .containsExactly(
                        new Installed("kubelet", "1.28.2-1.1", 6),
                        new Installed("libc6", "2.31-0ubuntu9.2", 7),
                        new Installed("python3-nova", "2:21.2.4-0ubuntu1", 8),
                        new Installed("util-linux", "2.34-0.1ubuntu9.1", 10));
        assertUnreadable(
                InstalledPackages::dpkgList,
                PACKAGES.replaceAll(
                        "(?m)^\\+\\+\\+.*$", "+++-==============-============-============-" + "=".repeat(33)),
                "so narrow that names are cut",
                5);
        assertUnreadable(
                InstalledPackages::dpkgList,
                PACKAGES.substring(0, PACKAGES.indexOf("ii  python3-nova")),
                "util-linux",
                0);
        assertUnreadable(InstalledPackages::dpkgList, PACKAGES + "dpkg: error\n", "no line of dpkg -l", 11);
    }

    @Test
    void rules_are_read_where_they_are_whole_and_of_the_legacy_kind_for_sure() throws Exception {
        String rules = """
                # Generated by iptables-save v1.8.9 on Sat Nov 28 07:13:16 2026
                *filter
                :INPUT ACCEPT [0:0]
                [12:720] -A INPUT -p tcp -m tcp --dport 179 -j DROP
                COMMIT
                # Completed on Sat Nov 28 07:13:16 2026
                """;
        List<String> lines = List.of(
                "*filter", ":INPUT ACCEPT [0:0]", "[12:720] -A INPUT -p tcp -m tcp --dport 179 -j DROP", "COMMIT");
        assertThat(PrintedRules.ofLegacyKind(rules)).isEqualTo(lines);
        assertThat(PrintedRules.ofLegacyKind(rules.replace("v1.8.9", "v1.4.21")))
                .isEqualTo(lines);
        assertUnreadable(
                PrintedRules::ofLegacyKind, rules.replace("v1.8.9", "v1.8.9 (nf_tables)"), "of the legacy kind", 1);
        assertUnreadable(PrintedRules::ofLegacyKind, rules.replace("v1.8.9", "v1.8.4"), "does not say whether", 1);
        assertUnreadable(
                PrintedRules::ofLegacyKind,
                rules.substring(0, rules.indexOf("COMMIT")),
                "the end of the last table is missing",
                4);
    }
}
