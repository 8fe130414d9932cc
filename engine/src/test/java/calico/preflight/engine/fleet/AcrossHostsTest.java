package calico.preflight.engine.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.catalog.Catalog;
import calico.preflight.catalog.RulesFolder;
import calico.preflight.catalog.fleet.FleetRules;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.target.Bgp;
import calico.preflight.catalog.target.Dataplane;
import calico.preflight.catalog.target.Datastore;
import calico.preflight.catalog.target.Encapsulation;
import calico.preflight.catalog.target.IpFamily;
import calico.preflight.catalog.target.Networking;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.target.Profile;
import calico.preflight.catalog.target.Role;
import calico.preflight.catalog.target.Target;
import calico.preflight.engine.FleetJudge;
import calico.preflight.engine.RuleTrust;
import calico.preflight.engine.report.Outcome;
import calico.preflight.engine.report.Report;
import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The rules across hosts, as they ship, on fleets that are told in a few words. */
class AcrossHostsTest {

    private final List<Map<String, FactValue>> hosts = new ArrayList<>();

    /** A host that has nothing in common with others but its kernel, MTU and subnet. */
    private Map<String, FactValue> host(String name) {
        int number = hosts.size() + 1;
        Map<String, FactValue> host = new TreeMap<>();
        host.put("host.name", text(name));
        host.put("host.machine-id", text("id" + number));
        host.put("host.architecture", text("x86_64"));
        host.put("os.id", text("debian"));
        host.put("os.version", text("12"));
        host.put("kernel.release", text("6.1.0"));
        host.put("iptables.backend", text("nft"));
        host.put("network.default-interface", text("eth0"));
        host.put("network.default-interface.mtu", new FactValue.Whole(1500));
        host.put(
                "network.addresses",
                rows(List.of(
                        address("lo", "127.0.0.1"),
                        address("docker0", "172.17.0.1"),
                        address("", "10.96.0.1"),
                        address("eth0", "fe80::1"),
                        address("eth0", "10.0.0." + number))));
        host.put(
                "network.interfaces",
                rows(List.of(
                        Map.of("name", "docker0", "mac", "02:42:ac:11:00:01"),
                        Map.of("name", "eth0", "mac", "52:54:00:00:00:0" + number % 10 + number / 10))));
        host.put("network.routes", rows(List.of(route("0.0.0.0/0", "10.0.0.254"), route("10.0.0.0/24", ""))));
        hosts.add(host);
        return host;
    }

    private static FactValue text(String text) {
        return new FactValue.Text(text);
    }

    private static FactValue rows(List<Map<String, String>> rows) {
        return new FactValue.Rows(rows);
    }

    private static Map<String, String> address(String device, String address) {
        return Map.of("interface", device, "address", address);
    }

    private static Map<String, String> route(String destination, String gateway) {
        return Map.of("interface", "eth0", "destination", destination, "gateway", gateway);
    }

    private Map<String, FleetFinding> findings() throws Exception {
        return findings(Encapsulation.IPIP);
    }

    private Map<String, FleetFinding> findings(Encapsulation encapsulation) throws Exception {
        Catalog catalog = Catalog.load(List.of(new RulesFolder(Path.of(System.getProperty("preflight.rules")), true)));
        ResolvedPack pack = catalog.resolve("calico-3.16", Platform.OPENSTACK);
        ResolvedPack empty = new ResolvedPack(
                pack.id(), pack.calico(), pack.platform(), pack.digest(), Map.of(), List.of(), List.of(), List.of());
        Target target = new Target(
                pack.calico(),
                Platform.OPENSTACK,
                Networking.CALICO,
                encapsulation,
                Set.of(Role.NODE),
                Dataplane.IPTABLES,
                Datastore.ETCD,
                IpFamily.IPV4,
                Bgp.ENABLED,
                false,
                false,
                Optional.empty(),
                Set.of(),
                Profile.DOCUMENTED);
        FleetRules rules = catalog.fleet();
        FleetJudge judge = FleetJudge.of(rules, RuleTrust.INSTALLATION, Optional.empty());
        Comparisons comparisons =
                new Comparisons(rules, target, catalog.knowledge().network());
        FleetLedger ledger = new FleetLedger(target, empty, comparisons);
        for (Map<String, FactValue> host : hosts) {
            HostFacts facts = HostFacts.of(
                    "live",
                    "2026-01-01T00:00:00Z",
                    host.entrySet().stream()
                            .map(fact -> new Fact(fact.getKey(), Observed.known(fact.getValue(), Origin.of("/proc/x"))))
                            .toList());
            Report report = new Report(target, pack.id(), pack.digest(), facts, List.of());
            ledger.add(
                    new HostRef(String.valueOf(host.get("host.name")), "fleet:" + (ledger.hosts() + 1)),
                    report,
                    comparisons.of(facts));
        }
        Map<String, FleetFinding> findings = new TreeMap<>();
        ledger.close(counted -> judge.judge(comparisons.requirements(), counted))
                .findings()
                .forEach(finding -> findings.put(finding.finding().id(), finding));
        return findings;
    }

    private static void assertOutcome(Map<String, FleetFinding> findings, String id, Outcome outcome, String... hosts) {
        FleetFinding finding = Optional.ofNullable(findings.get(id)).orElseThrow();
        assertThat(finding.finding().outcome())
                .as(id + ": " + finding.finding().reason())
                .isEqualTo(outcome);
        assertThat(finding.hosts().shown()).as(id).extracting(HostRef::name).containsExactly(hosts);
        assertThat(finding.finding().derivation()).as(id).isNotEmpty();
        assertThat(finding.finding().evidence()).as(id).isNotEmpty();
    }

    @Test
    void hosts_that_differ_where_they_should_and_are_alike_elsewhere_pass() throws Exception {
        for (int i = 0; i < 5; i++) {
            host("node" + i);
        }

        Map<String, FleetFinding> findings = findings(Encapsulation.NONE);

        for (String id : List.of(
                "host-name",
                "machine-id",
                "address",
                "mac",
                "kernel",
                "mtu",
                "iptables-backend",
                "ip-families",
                "subnet")) {
            assertOutcome(findings, "fleet/" + id, Outcome.PASS);
        }
    }

    @Test
    void a_name_an_id_an_address_or_a_mac_that_two_hosts_have_is_found_and_the_hosts_are_named() throws Exception {
        Map<String, FactValue> first = host("node1");
        host("node2");
        Map<String, FactValue> third = host("node3");
        for (String fact : List.of("host.machine-id", "network.addresses", "network.interfaces")) {
            third.put(fact, Optional.ofNullable(first.get(fact)).orElseThrow());
        }
        host("node2");

        Map<String, FleetFinding> findings = findings();

        assertOutcome(findings, "fleet/host-name", Outcome.FAIL, "node2", "node2");
        assertOutcome(findings, "fleet/machine-id", Outcome.WARN, "node1", "node3");
        assertOutcome(findings, "fleet/address", Outcome.FAIL, "node1", "node3");
        assertOutcome(findings, "fleet/mac", Outcome.WARN, "node1", "node3");
    }

    @Test
    void addresses_that_every_host_has_by_nature_are_no_duplicates() throws Exception {
        host("node1");
        host("node2");

        assertOutcome(findings(), "fleet/address", Outcome.PASS);
        assertThat(findings().get("fleet/other-address"))
                .satisfies(other -> assertThat(other.finding().outcome()).isEqualTo(Outcome.NOT_APPLICABLE));
    }

    @Test
    void one_host_that_differs_from_nine_others_is_named_alone() throws Exception {
        for (int i = 0; i < 19; i++) {
            host("node" + i);
        }
        host("odd").put("network.default-interface.mtu", new FactValue.Whole(9000));

        Map<String, FleetFinding> findings = findings();

        assertOutcome(findings, "fleet/mtu", Outcome.WARN, "odd");
        assertThat(Optional.ofNullable(findings.get("fleet/mtu"))
                        .orElseThrow()
                        .finding()
                        .reason())
                .isEqualTo("hosts that differ from the 19 that have 1500: 1");
    }

    @Test
    void kernels_are_compared_among_hosts_of_one_distribution() throws Exception {
        host("node1");
        host("node2");
        Map<String, FactValue> other = host("node3");
        other.put("os.version", text("11"));
        other.put("kernel.release", text("5.10.0"));

        assertOutcome(findings(), "fleet/kernel", Outcome.PASS);

        host("node4").put("kernel.release", text("6.1.99"));
        assertOutcome(findings(), "fleet/kernel", Outcome.WARN, "node4");
    }

    @Test
    void subnets_matter_without_encapsulation_alone() throws Exception {
        host("node1");
        host("node2").put("network.routes", rows(List.of(route("0.0.0.0/0", "10.1.0.254"), route("10.1.0.0/24", ""))));

        assertThat(findings(Encapsulation.IPIP)).doesNotContainKey("fleet/subnet");
        assertThat(findings(Encapsulation.VXLAN_CROSS_SUBNET)).doesNotContainKey("fleet/subnet");
        assertOutcome(findings(Encapsulation.NONE), "fleet/subnet", Outcome.WARN, "node2");
    }

    @Test
    void hosts_that_show_nothing_are_neither_alike_nor_different() throws Exception {
        host("node1");
        host("node2").keySet().removeIf(fact -> !fact.equals("host.name"));

        Map<String, FleetFinding> findings = findings();

        for (String id : List.of(
                "machine-id", "address", "mac", "kernel", "mtu", "iptables-backend", "ip-families", "etcd-members")) {
            assertOutcome(findings, "fleet/" + id, Outcome.UNKNOWN);
        }
    }

    @Test
    void a_thousand_hosts_with_one_address_are_counted_and_ten_are_named() throws Exception {
        FactValue address = rows(List.of(address("eth0", "10.0.0.1")));
        for (int i = 0; i < 1_000; i++) {
            host("node" + i).put("network.addresses", address);
        }

        FleetFinding finding =
                Optional.ofNullable(findings().get("fleet/address")).orElseThrow();

        assertThat(finding.hosts().count()).isEqualTo(1_000);
        assertThat(finding.hosts().shown()).hasSize(HostList.MOST_SHOWN);
        assertThat(finding.finding().evidence())
                .anySatisfy(evidence -> assertThat(evidence.origin()).endsWith("and 990 more"));
    }
}
