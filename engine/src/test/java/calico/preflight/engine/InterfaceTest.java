package calico.preflight.engine;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.catalog.requirement.Check;
import calico.preflight.catalog.requirement.Level;
import calico.preflight.engine.report.Evidence;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The check kinds on who else manages Calico's interfaces: interface-management and network-manager. */
class InterfaceTest {

    private static final String CONFIG = "/etc/NetworkManager/NetworkManager.conf";
    private static final String NETWORKS = "/etc/systemd/network";

    private static TestHost withoutOthers() {
        return TestHost.unseen().table("network.managers", "/usr/sbin/wickedd", Map.of());
    }

    private static TestHost withoutNetworkManager() {
        return withoutOthers().flag("network-manager.installed", false, "/usr/sbin/NetworkManager");
    }

    private static TestHost withoutNetworkd() {
        return withoutOthers().flag("systemd-networkd.active", false, "/usr/lib/systemd/systemd-networkd");
    }

    private static TestHost networkManagerTold(TestHost host, String unmanaged) {
        return host.flag("network-manager.installed", true, "/usr/sbin/NetworkManager")
                .table("network-manager.config", CONFIG, Map.of("keyfile.unmanaged-devices", unmanaged));
    }

    private static TestHost networks(TestHost host, String file, int line, String match, boolean unmanaged) {
        return host.rows(
                "systemd-networkd.networks",
                NETWORKS,
                List.of(Map.of(
                        "file",
                        NETWORKS + "/" + file,
                        "line",
                        Integer.toString(line),
                        "match",
                        match,
                        "unmanaged",
                        unmanaged ? "yes" : "no")));
    }

    private static Finding judge(String pattern, TestHost host) {
        return TestPack.of(Level.MUST, new Check.InterfaceManagement(pattern)).judge(host.facts());
    }

    @Nested
    class Networkd {

        private TestHost running() {
            return withoutNetworkManager()
                    .flag("systemd-networkd.active", true, "/proc/412/comm")
                    .text("systemd.version", "252.39", "/var/lib/dpkg/status:100");
        }

        private TestHost unseen() {
            return withoutNetworkManager().unknown("systemd-networkd.active", "not all processes", "/proc");
        }

        @ParameterizedTest
        @ValueSource(strings = {"cali*", "tunl*", "vxlan.calico", "tap*"})
        void a_file_that_matches_every_interface_takes_those_of_calico(String pattern) {
            Finding finding = judge(pattern, networks(running(), "90-all.network", 3, "Name=*", false));

            assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
            assertThat(finding.reason())
                    .startsWith("systemd-networkd runs and manages " + pattern
                            + ": /etc/systemd/network/90-all.network:3 (Name=*) matches");
            assertThat(finding.evidence())
                    .contains(new Evidence(
                            "systemd-networkd.networks",
                            pattern + " managed",
                            "/etc/systemd/network/90-all.network:3"));
        }

        @ParameterizedTest
        @CsvSource({
            "cali*, Name=cali*, true, PASS",
            "cali*, Name=eth0, false, PASS",
            "cali*, Name=cali0*, true, PASS",
            "cali*, Name=cali0*, false, FAIL",
            "cali*, Driver=veth, false, FAIL",
            "cali*, Driver=virtio_net, false, PASS",
            "vxlan.calico, Type=vxlan, false, FAIL",
            "vxlan.calico, Type=ether, false, PASS",
            "cali*, Type=ether, false, FAIL",
            "cali*, MACAddress=52:54:00:12:34:56, false, PASS",
            "cali*, Host=node1, false, UNKNOWN",
            "cali*, Virtualization=vmware, false, UNKNOWN",
            "cali*, Virtualization=vmware, true, PASS",
            "tap*, Driver=tun, false, UNKNOWN"
        })
        void what_the_first_file_that_matches_says_counts(
                String pattern, String match, boolean unmanaged, Outcome outcome) {
            assertThat(judge(pattern, networks(running(), "10.network", 1, match, unmanaged))
                            .outcome())
                    .isEqualTo(outcome);
        }

        @Test
        void a_file_for_virtual_machines_of_vmware_takes_the_interfaces_on_one() {
            TestHost host = networks(running(), "yy-vmware.network", 1, "Virtualization=vmware", false)
                    .absent("host.container", "/run/systemd/container");

            assertThat(judge("cali*", host.table("hardware.dmi", "/sys/class/dmi/id", Map.of("sys_vendor", "QEMU")))
                            .outcome())
                    .isEqualTo(Outcome.UNKNOWN);
            assertThat(judge(
                                    "cali*",
                                    host.table(
                                            "hardware.dmi", "/sys/class/dmi/id", Map.of("sys_vendor", "VMware, Inc.")))
                            .outcome())
                    .isEqualTo(Outcome.FAIL);
        }

        @Test
        void a_container_on_a_machine_of_vmware_is_none() {
            TestHost host = networks(running(), "yy-vmware.network", 1, "Virtualization=vmware", false)
                    .text("host.container", "lxc", "/run/systemd/container")
                    .table("hardware.dmi", "/sys/class/dmi/id", Map.of("sys_vendor", "VMware, Inc."));

            assertThat(judge("cali*", host).outcome()).isEqualTo(Outcome.UNKNOWN);
        }

        @Test
        void without_files_it_takes_nothing() {
            Finding finding = judge("cali*", running().rows("systemd-networkd.networks", NETWORKS, List.of()));

            assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
            assertThat(finding.reason()).contains("systemd-networkd leaves cali* alone: no .network file matches it");
        }

        @Test
        void files_that_could_not_be_read_leave_it_open() {
            Finding finding =
                    judge("cali*", running().unknown("systemd-networkd.networks", "permission denied", NETWORKS));

            assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
            assertThat(finding.reason())
                    .isEqualTo("the configuration of systemd-networkd could not be read: permission denied");
        }

        @Test
        void one_that_does_not_run_takes_nothing_whatever_its_files_say() {
            TestHost host = withoutNetworkManager().flag("systemd-networkd.active", false, "/proc/*/comm");

            assertThat(judge("cali*", networks(host, "90-all.network", 1, "Name=*", false))
                            .outcome())
                    .isEqualTo(Outcome.PASS);
            assertThat(judge("cali*", withoutNetworkManager().absent("systemd-networkd.active", "/usr/lib/systemd"))
                            .outcome())
                    .isEqualTo(Outcome.PASS);
        }

        @Test
        void one_that_may_run_settles_nothing_unless_its_files_leave_the_interfaces_alone() {
            assertThat(judge("cali*", networks(unseen(), "90-all.network", 1, "Name=*", false))
                            .outcome())
                    .isEqualTo(Outcome.UNKNOWN);
            assertThat(judge("cali*", unseen()).outcome()).isEqualTo(Outcome.UNKNOWN);
            assertThat(judge("cali*", networks(unseen(), "10.network", 1, "Name=eth0", false))
                            .outcome())
                    .isEqualTo(Outcome.PASS);
        }

        @Test
        void the_kind_network_manager_does_not_ask_for_it() {
            Finding finding = TestPack.of(
                            Level.MUST, new Check.NetworkManager(List.of("cali*"), "/etc/NetworkManager/conf.d/a.conf"))
                    .judge(networks(running(), "90-all.network", 1, "Name=*", false)
                            .facts());

            assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
        }
    }

    @Nested
    class Wicked {

        private TestHost running(TestHost host) {
            return host.flag("network-manager.installed", false, "/usr/sbin/NetworkManager")
                    .flag("systemd-networkd.active", false, "/usr/lib/systemd/systemd-networkd")
                    .table("network.managers", "/proc/300/comm", Map.of("wicked", "true"));
        }

        @Test
        void an_interface_without_a_file_of_its_own_is_left_alone() {
            Finding finding = judge(
                    "cali*", running(TestHost.unseen()).rows("wicked.interfaces", "/etc/sysconfig/network", List.of()));

            assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
            assertThat(finding.reason())
                    .contains("wicked leaves cali* alone: it takes only interfaces that have a file of their own");
        }

        @Test
        void one_that_has_a_file_is_taken_and_the_finding_says_where() {
            String file = "/etc/sysconfig/network/ifcfg-cali1";
            Finding finding = judge(
                    "cali*",
                    running(TestHost.unseen())
                            .rows(
                                    "wicked.interfaces",
                                    "/etc/sysconfig/network",
                                    List.of(Map.of("file", file, "line", "2", "name", "cali1", "startmode", "auto"))));

            assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
            assertThat(finding.evidence()).contains(new Evidence("wicked.interfaces", "cali* managed", file + ":2"));
        }

        @Test
        void whether_it_runs_is_asked_for_by_itself() {
            assertThat(judge(
                                    "cali*",
                                    TestHost.unseen()
                                            .flag("network-manager.installed", false, "/usr/sbin/NetworkManager")
                                            .flag("systemd-networkd.active", false, "/usr/lib/systemd"))
                            .reason())
                    .startsWith("whether wicked runs and takes cali* cannot be told");
        }
    }

    @Nested
    class Both {

        @Test
        void each_manager_has_its_say_and_the_worst_holds() {
            TestHost host = networkManagerTold(withoutOthers(), "interface-name:cali*")
                    .flag("network-manager.active", true, "/proc/400/comm")
                    .flag("systemd-networkd.active", true, "/proc/412/comm")
                    .text("systemd.version", "252", "/var/lib/dpkg/status");
            Finding taken = judge("cali*", networks(host, "90-all.network", 1, "Name=*", false));

            assertThat(taken.outcome()).isEqualTo(Outcome.FAIL);
            assertThat(taken.reason()).startsWith("systemd-networkd runs").doesNotContain("NetworkManager");

            Finding alone = judge("cali*", networks(host, "10.network", 1, "Name=eth0", false));
            assertThat(alone.outcome()).isEqualTo(Outcome.PASS);
            assertThat(alone.reason()).contains("NetworkManager leaves", "systemd-networkd leaves");
            assertThat(alone.evidence())
                    .extracting(Evidence::fact)
                    .contains("network-manager.config", "systemd-networkd.networks");
        }

        @Test
        void what_is_known_of_one_manager_does_not_settle_the_other() {
            Finding finding = judge("cali*", withoutNetworkManager());

            assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
            assertThat(finding.reason()).startsWith("whether systemd-networkd runs and takes cali* cannot be told");
            assertThat(judge("cali*", withoutNetworkd()).reason()).startsWith("whether NetworkManager");
        }
    }

    @Nested
    class NetworkManager {

        private Finding judgeAll(TestHost host) {
            return TestPack.of(
                            Level.MUST,
                            new Check.NetworkManager(List.of("cali*", "tunl*"), "/etc/NetworkManager/conf.d/a.conf"))
                    .judge(host.facts());
        }

        @Test
        void one_pattern_that_is_left_alone_does_not_speak_for_another_while_it_may_run() {
            Finding finding = judgeAll(networkManagerTold(TestHost.unseen(), "interface-name:cali*")
                    .unknown("network-manager.active", "not all processes can be seen", "/proc/*/comm"));

            assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
            assertThat(finding.reason())
                    .isEqualTo("whether NetworkManager runs and takes tunl* cannot be told: not all processes can be"
                            + " seen");
        }

        @Test
        void patterns_that_are_all_left_alone_are_so_whether_it_runs_or_not() {
            assertThat(judgeAll(networkManagerTold(TestHost.unseen(), "interface-name:cali*;interface-name:tunl*")
                                    .unknown("network-manager.active", "not all processes can be seen", "/proc"))
                            .outcome())
                    .isEqualTo(Outcome.PASS);
        }

        @ParameterizedTest
        @CsvSource({
            "true, interface-name:cali*, FAIL",
            "true, interface-name:cali*;interface-name:tunl*, PASS",
            "false, interface-name:cali*, PASS"
        })
        void one_that_is_seen_is_judged_by_what_it_is_told(boolean active, String unmanaged, Outcome outcome) {
            assertThat(judgeAll(networkManagerTold(TestHost.unseen(), unmanaged)
                                    .flag("network-manager.active", active, "/proc/*/comm"))
                            .outcome())
                    .isEqualTo(outcome);
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void where_no_program_was_seen_there_may_be_more_than_what_was_read(boolean active) {
            TestHost host = TestHost.unseen()
                    .unknown("network-manager.installed", "there are no programs to look at", "/usr/sbin")
                    .flag("network-manager.active", active, "/etc/systemd/system")
                    .table("network-manager.config", CONFIG, Map.of("keyfile.unmanaged-devices", "*"));

            assertThat(judgeAll(host).outcome()).isEqualTo(Outcome.UNKNOWN);
        }
    }
}
