package calico.preflight.engine;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.catalog.requirement.Check;
import calico.preflight.catalog.requirement.Level;
import calico.preflight.engine.report.Evidence;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The check kinds on the network of a node: mtu, network-provider and address-ranges. */
class NetworkKindsTest {

    private static final String CONFIGURATIONS = "kubernetes.cni.configurations";
    private static final String DIRECTORY = "/etc/cni/net.d";

    private static TestHost row(TestHost host, String fact, String origin, String... columnsAndValues) {
        return host.rows(fact, origin, List.of(columns(columnsAndValues)));
    }

    private static Map<String, String> columns(String... columnsAndValues) {
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < columnsAndValues.length; i += 2) {
            row.put(columnsAndValues[i], columnsAndValues[i + 1]);
        }
        return row;
    }

    @Nested
    class Mtu {

        private static final String NETWORK = "network.default-interface.mtu";
        private static final String CONFIGURED = "kubernetes.cni.mtu";

        private TestHost host(int network) {
            return TestHost.unseen().number(NETWORK, network, "/sys/class/net/eth0/mtu");
        }

        private Finding judge(int byDefault, TestHost host) {
            return TestPack.of(Level.RECOMMENDED, new Check.Mtu(20, byDefault, "tunl0"))
                    .judge(host.facts());
        }

        @ParameterizedTest
        @CsvSource({"1500, 1480, PASS", "1500, 1481, WARN", "1450, 1440, WARN", "9001, 1480, PASS"})
        void what_is_set_must_leave_room_for_the_header(int network, int set, Outcome outcome) {
            TestHost configured = host(network).number(CONFIGURED, set, DIRECTORY + "/10-calico.conflist");
            assertThat(judge(0, configured).outcome()).isEqualTo(outcome);

            TestHost device = row(
                    host(network).absent(CONFIGURED, DIRECTORY),
                    "network.interfaces",
                    "/sys/class/net",
                    "name",
                    "tunl0",
                    "mtu",
                    Integer.toString(set),
                    "state",
                    "unknown");
            assertThat(judge(1440, device).outcome()).isEqualTo(outcome);
        }

        @Test
        void a_finding_says_what_is_set_and_what_is_left() {
            Finding finding = judge(0, host(1450).number(CONFIGURED, 1440, DIRECTORY + "/10-calico.conflist"));

            assertThat(finding.reason())
                    .isEqualTo(
                            "the MTU in the CNI configuration is 1440, but the MTU of 1450 of the network leaves only"
                                    + " 1430 bytes to workloads");
            assertThat(finding.evidence())
                    .containsExactlyInAnyOrder(
                            new Evidence(NETWORK, "1450", "/sys/class/net/eth0/mtu"),
                            new Evidence(CONFIGURED, "1440", DIRECTORY + "/10-calico.conflist"));
        }

        @Test
        void the_smallest_room_decides() {
            TestHost both = row(
                    host(1500).number(CONFIGURED, 1440, DIRECTORY + "/10-calico.conflist"),
                    "network.interfaces",
                    "/sys/class/net",
                    "name",
                    "tunl0",
                    "mtu",
                    "1500",
                    "state",
                    "unknown");

            Finding finding = judge(0, both);

            assertThat(finding.outcome()).isEqualTo(Outcome.WARN);
            assertThat(finding.reason()).startsWith("the MTU of tunl0 is 1500, but");
        }

        @Test
        void a_device_that_is_down_is_used_by_nobody() {
            TestHost unused = row(
                    host(1400).absent(CONFIGURED, DIRECTORY),
                    "network.interfaces",
                    "/sys/class/net",
                    "name",
                    "tunl0",
                    "mtu",
                    "1480",
                    "state",
                    "down");

            assertThat(judge(0, unused).outcome()).isEqualTo(Outcome.PASS);
        }

        @Test
        void where_nothing_is_set_the_default_of_that_version_counts() {
            assertThat(judge(1440, host(1500).absent(CONFIGURED, DIRECTORY)).reason())
                    .isEqualTo("Calico sets 1440 where it is told nothing; the MTU of 1500 of the network leaves 1480"
                            + " bytes to workloads");
            Finding small = judge(1440, host(1400).absent(CONFIGURED, DIRECTORY));
            assertThat(small.outcome()).isEqualTo(Outcome.WARN);
            assertThat(small.reason()).contains("leaves only 1380 bytes");
            Finding derived = judge(0, host(1400).absent(CONFIGURED, DIRECTORY));
            assertThat(derived.outcome()).isEqualTo(Outcome.PASS);
            assertThat(derived.reason())
                    .isEqualTo(
                            "Calico derives its MTU from the 1400 of the network, which leave 1380 bytes to workloads");
        }

        @Test
        void what_is_not_seen_is_not_judged() {
            TestHost noRoute =
                    TestHost.unseen().absent(NETWORK, "/proc/net/route").absent(CONFIGURED, DIRECTORY);
            assertThat(judge(1440, noRoute).outcome()).isEqualTo(Outcome.UNKNOWN);
            assertThat(judge(1440, TestHost.unseen()).outcome()).isEqualTo(Outcome.UNKNOWN);
            assertThat(judge(1440, host(1500).unknown(CONFIGURED, "permission denied", DIRECTORY))
                            .outcome())
                    .as("the configuration may set another MTU")
                    .isEqualTo(Outcome.UNKNOWN);
        }
    }

    @Nested
    class NetworkProvider {

        private Finding judge(TestHost host, String... allowed) {
            return TestPack.of(Level.MUST, new Check.NetworkProvider(List.of(allowed)))
                    .judge(host.facts());
        }

        private TestHost files(String... namesAndPlugins) {
            return TestHost.unseen().table(CONFIGURATIONS, DIRECTORY, columns(namesAndPlugins));
        }

        @Test
        void calico_itself_may_be_there() {
            Finding finding = judge(files("10-calico.conflist", "calico, bandwidth, portmap"), "calico");

            assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
            assertThat(finding.reason()).isEqualTo("the CNI configuration in use, 10-calico.conflist, is of calico");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "05-cilium.conflist | cilium-cni | cilium",
                    "10-flannel.conflist | flannel, portmap | flannel",
                    "10-weave.conflist | weave-net, portmap | weave",
                    "10-aws.conflist | aws-cni, egress-cni, portmap | aws-vpc",
                    "10-azure.conflist | azure-vnet, portmap | azure-vnet",
                    "10-kuberouter.conflist | bridge, portmap | kube-router",
                    "10-kindnet.conflist | ptp, portmap | kindnet",
                    "10-antrea.conflist | antrea, portmap, bandwidth | antrea",
                    "10-ovn-kubernetes.conf | ovn-k8s-cni-overlay | ovn-kubernetes"
                })
        void another_network_provider_is_named_with_its_file(String file, String plugins, String provider) {
            Finding finding = judge(files(file, plugins), "calico");

            assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
            assertThat(finding.reason())
                    .isEqualTo(
                            "the CNI configuration in use, " + file + ", is of another network provider: " + provider);
            assertThat(finding.evidence()).extracting(Evidence::fact).contains(CONFIGURATIONS + "." + file);
            assertThat(judge(files(file, plugins), "calico", provider).outcome())
                    .isEqualTo(Outcome.PASS);
        }

        @Test
        void a_configuration_that_another_provider_left_is_told_apart_from_the_one_in_use() {
            Finding left = judge(files("10-calico.conflist", "calico", "10-flannel.conflist", "flannel"), "calico");
            assertThat(left.outcome()).isEqualTo(Outcome.FAIL);
            assertThat(left.reason())
                    .isEqualTo("beside the CNI configuration in use there is 10-flannel.conflist, of another network"
                            + " provider: flannel");

            Finding chained = judge(files("05-x.conflist", "aws-cni, portmap, cilium-cni"), "calico", "aws-vpc");
            assertThat(chained.outcome()).isEqualTo(Outcome.FAIL);
            assertThat(chained.reason()).contains("cilium");
        }

        @Test
        void helpers_and_networks_of_this_host_alone_are_no_matter() {
            TestHost host = files(
                    "00-multus.conf",
                    "multus-shim",
                    "10-calico.conflist",
                    "calico, portmap",
                    "100-crio-bridge.conflist",
                    "bridge",
                    "87-podman-bridge.conflist",
                    "bridge, portmap, firewall, tuning",
                    "99-loopback.conf",
                    "loopback");
            assertThat(judge(host, "calico").outcome()).isEqualTo(Outcome.PASS);
            Finding nothing =
                    judge(files("87-podman-bridge.conflist", "bridge", "99-loopback.conf", "loopback"), "calico");
            assertThat(nothing.outcome()).isEqualTo(Outcome.PASS);
            assertThat(nothing.reason()).isEqualTo("no network provider is set up on this host yet");
        }

        @Test
        void a_plugin_that_nobody_knows_settles_nothing() {
            Finding unknown = judge(files("10-calico.conflist", "calico", "20-x.conf", "our-own"), "calico");
            assertThat(unknown.outcome()).isEqualTo(Outcome.UNKNOWN);
            assertThat(unknown.reason())
                    .isEqualTo("20-x.conf names the plugin our-own, which belongs to no network provider that is known"
                            + " here");
            assertThat(judge(files("10-bridge.conf", "bridge"), "calico").outcome())
                    .as("many use the plain bridge")
                    .isEqualTo(Outcome.UNKNOWN);
            assertThat(judge(files("10-calico.conflist", "calico", "20-x.conf", ""), "calico")
                            .reason())
                    .isEqualTo("which plugins 20-x.conf names could not be seen");
        }

        @Test
        void a_host_without_configurations_has_no_provider_yet_and_one_that_is_not_seen_may_have_any() {
            assertThat(judge(files(), "calico").outcome()).isEqualTo(Outcome.PASS);
            assertThat(judge(TestHost.unseen().absent(CONFIGURATIONS, DIRECTORY), "calico")
                            .outcome())
                    .isEqualTo(Outcome.PASS);
            assertThat(judge(TestHost.unseen(), "calico").outcome()).isEqualTo(Outcome.UNKNOWN);
            assertThat(judge(TestHost.unseen().unknown(CONFIGURATIONS, "permission denied", DIRECTORY), "calico")
                            .outcome())
                    .isEqualTo(Outcome.UNKNOWN);
        }
    }

    @Nested
    class AddressRanges {

        private final List<Map<String, String>> addresses = new ArrayList<>();
        private final List<Map<String, String>> routes = new ArrayList<>();

        private AddressRanges address(String address, String device) {
            addresses.add(columns("address", address, "interface", device));
            return this;
        }

        private AddressRanges route(String destination, String gateway, String device) {
            routes.add(columns("destination", destination, "gateway", gateway, "interface", device));
            return this;
        }

        private TestHost host(String pods, String services) {
            return TestHost.unseen()
                    .rows("network.addresses", "/proc/net/fib_trie", addresses)
                    .rows("network.routes", "/proc/net/route", routes)
                    .texts("kubernetes.cluster-cidr", "--pod-cidr", pods.split(","))
                    .texts("kubernetes.service-cidr", "--service-cidr", services.split(","))
                    .table(CONFIGURATIONS, DIRECTORY, Map.of());
        }

        private Finding judge(TestHost host) {
            return TestPack.of(Level.MUST, new Check.AddressRanges()).judge(host.facts());
        }

        private Finding judge(String pods, String services) {
            return judge(host(pods, services));
        }

        @Test
        void ranges_apart_from_everything_are_free() {
            Finding finding = address("10.0.0.7", "eth0")
                    .route("0.0.0.0/0", "10.0.0.1", "eth0")
                    .route("10.0.0.0/24", "", "eth0")
                    .judge("10.244.0.0/16,fd00:244::/64", "10.96.0.0/12");

            assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
            assertThat(finding.reason().split("; "))
                    .containsExactlyInAnyOrder(
                            "the pod range 10.244.0.0/16 overlaps with nothing that was seen here",
                            "the pod range fd00:244::/64 overlaps with nothing that was seen here",
                            "the service range 10.96.0.0/12 overlaps with nothing that was seen here");
        }

        @Test
        void pods_and_services_need_ranges_of_their_own() {
            Finding finding = judge("10.0.0.0/8", "10.96.0.0/12");

            assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
            assertThat(finding.reason())
                    .isEqualTo("the pod range 10.0.0.0/8 overlaps with the service range 10.96.0.0/12");
            assertThat(finding.evidence())
                    .containsExactlyInAnyOrder(
                            new Evidence("kubernetes.cluster-cidr", "10.0.0.0/8", "--pod-cidr"),
                            new Evidence("kubernetes.service-cidr", "10.96.0.0/12", "--service-cidr"));
        }

        @Test
        void the_network_of_the_host_is_not_for_pods() {
            Finding finding = address("192.168.1.5", "eth0")
                    .route("192.168.1.0/24", "", "eth0")
                    .judge("192.168.0.0/16", "10.96.0.0/12");

            assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
            assertThat(finding.reason().split("; "))
                    .containsExactlyInAnyOrder(
                            "the pod range 192.168.0.0/16 overlaps with the host's own address 192.168.1.5 on eth0",
                            "the pod range 192.168.0.0/16 overlaps with the network 192.168.1.0/24 on eth0");
            assertThat(finding.evidence())
                    .contains(
                            new Evidence("network.addresses", "192.168.1.5 on eth0", "/proc/net/fib_trie"),
                            new Evidence("network.routes", "192.168.1.0/24 dev eth0", "/proc/net/route"));
        }

        @Test
        void the_bridge_of_docker_is_not_for_services() {
            Finding finding = route("172.17.0.0/16", "", "docker0").judge("10.244.0.0/16", "172.16.0.0/12");

            assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
            assertThat(finding.reason())
                    .isEqualTo("the service range 172.16.0.0/12 overlaps with the network 172.17.0.0/16 on docker0");
        }

        @Test
        void addresses_of_the_other_family_are_no_matter() {
            assertThat(address("fd00:244::1", "eth0")
                            .judge("0.0.0.0/1,fd01::/64", "128.0.0.0/1")
                            .outcome())
                    .isEqualTo(Outcome.PASS);
            assertThat(judge("10.244.0.0/16,fd00:244::/64", "10.96.0.0/12").reason())
                    .contains("fd00:244::/64 overlaps with the host's own address fd00:244::1 on eth0");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"cali12345678901", "tunl0", "vxlan.calico", "wireguard.cali", "kube-ipvs0", "nodelocaldns"})
        void what_calico_and_kubernetes_set_up_is_no_network_of_the_host(String device) {
            Finding finding = address("192.168.77.0", device)
                    .route("192.168.77.5", "", device)
                    .route("192.168.9.0/26", "10.0.0.2", device)
                    .judge("192.168.0.0/16", "10.96.0.0/12");

            assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
        }

        @Test
        void routes_to_the_pods_of_other_hosts_are_known_by_the_provider_that_is_set_up() {
            address("192.168.77.0", "").route("192.168.9.0/26", "10.0.0.2", "eth0");
            TestHost before = host("192.168.0.0/16", "10.96.0.0/12");
            assertThat(judge(before).reason().split("; "))
                    .containsExactlyInAnyOrder(
                            "the pod range 192.168.0.0/16 overlaps with the host's own address 192.168.77.0",
                            "the pod range 192.168.0.0/16 overlaps with the network 192.168.9.0/26 behind 10.0.0.2");

            TestHost running = host("192.168.0.0/16", "10.96.0.0/12")
                    .table(CONFIGURATIONS, DIRECTORY, Map.of("10-calico.conflist", "calico, portmap"));
            assertThat(judge(running).outcome()).isEqualTo(Outcome.PASS);
        }

        @Test
        void devices_of_a_provider_count_only_where_it_is_set_up() {
            route("10.244.1.0/24", "", "cni0");
            assertThat(judge("10.244.0.0/16", "10.96.0.0/12").outcome()).isEqualTo(Outcome.FAIL);
            TestHost flannel = host("10.244.0.0/16", "10.96.0.0/12")
                    .table(CONFIGURATIONS, DIRECTORY, Map.of("10-flannel.conflist", "flannel, portmap"));
            assertThat(judge(flannel).outcome()).isEqualTo(Outcome.PASS);
        }

        @Test
        void a_route_to_more_than_the_range_may_lead_to_what_uses_it() {
            Finding finding = route("10.0.0.0/8", "172.20.0.1", "eth0")
                    .route("0.0.0.0/1", "172.20.0.9", "tun0")
                    .judge("10.244.0.0/16", "192.168.0.0/24");

            assertThat(finding.outcome()).isEqualTo(Outcome.WARN);
            assertThat(finding.reason())
                    .isEqualTo("the pod range 10.244.0.0/16 lies within the route to 10.0.0.0/8 by way of 172.20.0.1;"
                            + " what has such addresses there cannot be reached from pods");
        }

        @Test
        void a_network_around_the_range_that_is_reached_directly_is_the_hosts_own() {
            assertThat(route("10.0.0.0/8", "", "eth0")
                            .judge("10.244.0.0/16", "192.168.0.0/24")
                            .outcome())
                    .isEqualTo(Outcome.FAIL);
        }

        @Test
        void a_range_that_nobody_names_is_asked_for() {
            TestHost noPods = TestHost.unseen()
                    .rows("network.addresses", "/proc/net/fib_trie", List.of())
                    .rows("network.routes", "/proc/net/route", List.of())
                    .unknown("kubernetes.cluster-cidr", "no component names it", "/proc/*/comm")
                    .texts("kubernetes.service-cidr", "--service-cidr", "10.96.0.0/12");
            Finding finding = judge(noPods);
            assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
            assertThat(finding.reason())
                    .isEqualTo("the range of pod addresses is not known on this host; give it with --pod-cidr");

            TestHost noServices = TestHost.unseen()
                    .rows("network.addresses", "/proc/net/fib_trie", List.of())
                    .rows("network.routes", "/proc/net/route", List.of())
                    .texts("kubernetes.cluster-cidr", "--pod-cidr", "10.244.0.0/16");
            assertThat(judge(noServices).reason()).contains("give it with --service-cidr");
        }

        @Test
        void an_overlap_that_is_seen_weighs_more_than_what_is_not() {
            TestHost half = TestHost.unseen()
                    .rows(
                            "network.routes",
                            "/proc/net/route",
                            List.of(columns("destination", "10.244.0.0/16", "gateway", "", "interface", "eth0")))
                    .texts("kubernetes.cluster-cidr", "--pod-cidr", "10.244.0.0/16");
            assertThat(judge(half).outcome()).isEqualTo(Outcome.FAIL);
        }

        @Test
        void a_host_that_is_not_seen_may_be_connected_to_anything() {
            TestHost image = TestHost.unseen()
                    .unknown("network.addresses", "not there", "/proc/net/fib_trie")
                    .unknown("network.routes", "not there", "/proc/net/route")
                    .texts("kubernetes.cluster-cidr", "--pod-cidr", "10.244.0.0/16")
                    .texts("kubernetes.service-cidr", "--service-cidr", "10.96.0.0/12");
            assertThat(judge(image).outcome()).isEqualTo(Outcome.UNKNOWN);
        }

        @Test
        void what_is_no_range_is_not_compared() {
            assertThat(judge("10.244.0.0/99", "10.96.0.0/12").reason())
                    .isEqualTo("10.244.0.0/99 is no range of addresses such as 10.244.0.0/16");
        }
    }
}
