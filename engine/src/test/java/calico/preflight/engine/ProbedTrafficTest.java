package calico.preflight.engine;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.catalog.requirement.Check;
import calico.preflight.catalog.requirement.Level;
import calico.preflight.catalog.target.IpFamily;
import calico.preflight.engine.report.Evidence;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What packets between hosts say of the check kind port, beside the firewall of this host. */
class ProbedTrafficTest {

    private static final Check BGP = new Check.Port("tcp", 179, List.of(), 0, "both", "all", false, List.of("bird"));
    private static final String NFT = "firewall.nft.ruleset";
    private static final TestPack PACK = TestPack.of(Level.MUST, BGP);

    private static TestHost host(String rule) {
        return TestHost.unseen()
                .texts(
                        "firewall.legacy.ipv4",
                        "iptables-legacy-save",
                        "*filter",
                        ":INPUT ACCEPT [0:0]",
                        ":OUTPUT ACCEPT [0:0]",
                        rule,
                        "COMMIT")
                .absent(NFT, "/proc/modules");
    }

    private static Map<String, String> row(String id, String direction, String peer, String result) {
        return Map.of(
                "requirement",
                id,
                "protocol",
                "tcp",
                "port",
                "179",
                "direction",
                direction,
                "peer",
                peer,
                "result",
                result,
                "detail",
                "");
    }

    private static List<Map<String, String>> rows(String id, int peers, String in, String out) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (int peer = 1; peer <= peers; peer++) {
            rows.add(row(id, "in", "10.0.0." + peer, in));
            rows.add(row(id, "out", "10.0.0." + peer, out));
        }
        return rows;
    }

    private static Finding judge(TestHost host) {
        return PACK.judge(host.facts());
    }

    private static String id() {
        return judge(TestHost.unseen()).id();
    }

    @Test
    void packets_that_arrive_weigh_more_than_a_rule_that_was_read_and_both_are_told() {
        Finding finding = judge(host("-A INPUT -p tcp -m tcp --dport 179 -j DROP")
                .rows("probe.flows", "probe run", rows(id(), 1, "passed", "passed")));

        assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
        assertThat(finding.reason())
                .startsWith(
                        "packets of TCP 179 passed from and to 10.0.0.1; though the firewall of this host was read to"
                                + " drop such packets: rule 1 of chain INPUT");
        assertThat(finding.evidence()).extracting(Evidence::fact).contains("probe.flows", "firewall.legacy.ipv4");
    }

    @Test
    void packets_that_do_not_arrive_though_this_host_lets_them_through_are_blocked_elsewhere() {
        Finding finding = judge(host("-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT")
                .rows("probe.flows", "probe run", rows(id(), 1, "passed", "blocked")));

        assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(finding.reason())
                .isEqualTo("TCP 179 to 10.0.0.1 did not arrive; the firewall of this host lets it through, so it is the"
                        + " other host or what lies between that does not");
    }

    @Test
    void of_many_peers_some_are_named() {
        Finding finding = judge(host("-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT")
                .rows("probe.flows", "probe run", rows(id(), 40, "passed", "passed")));

        assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
        assertThat(finding.reason()).endsWith("from and to 10.0.0.8, and 32 more");
        assertThat(finding.evidence()).hasSize(8);
    }

    @Test
    void of_two_probes_that_contradict_each_other_the_worse_counts() {
        List<Map<String, String>> both = new ArrayList<>(rows(id(), 1, "passed", "passed"));
        both.addAll(rows(id(), 1, "blocked", "passed"));

        assertThat(judge(host("-A INPUT -j ACCEPT").rows("probe.flows", "probe run", both))
                        .outcome())
                .isEqualTo(Outcome.FAIL);
    }

    @Test
    void a_way_that_nobody_tried_is_open_though_the_other_passed_and_the_firewall_lets_it_through() {
        Finding finding = judge(host("-A INPUT -j ACCEPT")
                .rows("probe.flows", "probe run", List.of(row(id(), "out", "10.0.0.1", "passed"))));

        assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(finding.reason())
                .isEqualTo("TCP 179 was not tried with all peers: no peer tried to reach this host");
    }

    @Test
    void packets_that_passed_to_nobody_are_none() {
        List<Map<String, String>> rows = List.of(row(id(), "in", "", "passed"), row(id(), "out", "", "passed"));

        assertThat(judge(host("-A INPUT -j ACCEPT").rows("probe.flows", "probe run", rows))
                        .outcome())
                .isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void packets_of_one_family_say_nothing_of_the_other() {
        TestHost host = host("-A INPUT -j ACCEPT")
                .texts(
                        "firewall.legacy.ipv6",
                        "ip6tables-legacy-save",
                        "*filter",
                        ":INPUT DROP [0:0]",
                        ":OUTPUT ACCEPT [0:0]",
                        "COMMIT")
                .rows("probe.flows", "probe run", rows(id(), 1, "passed", "passed"));

        assertThat(PACK.judge(IpFamily.DUAL, host.facts()).outcome()).isEqualTo(Outcome.FAIL);
    }
}
