package calico.preflight.engine;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.catalog.requirement.Check;
import calico.preflight.catalog.requirement.Level;
import calico.preflight.engine.report.Evidence;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the firewall of the host itself means for the check kind port. */
class HostFirewallTest {

    private static final Check BGP = new Check.Port("tcp", 179, List.of(), 0, "both", "all", false, List.of("bird"));
    private static final Check ETCD =
            new Check.Port("tcp", 0, List.of(2379, 4001), 0, "incoming", "etcd", true, List.of());
    private static final String LEGACY = "firewall.legacy.ipv4";
    private static final String NFT = "firewall.nft.ruleset";

    private static TestHost host(String... rules) {
        List<String> lines = new ArrayList<>(List.of("*filter", ":INPUT ACCEPT [0:0]", ":OUTPUT ACCEPT [0:0]"));
        lines.addAll(List.of(rules));
        lines.add("COMMIT");
        return TestHost.unseen().texts(LEGACY, "iptables-legacy-save", lines.toArray(String[]::new));
    }

    private static Finding judge(Check check, TestHost host) {
        return TestPack.of(Level.MUST, check).judge(host.facts());
    }

    @Test
    void a_rule_that_drops_the_port_fails_with_that_rule_as_evidence() {
        Finding finding =
                judge(BGP, host("-A INPUT -p tcp -m tcp --dport 179 -j DROP").absent(NFT, "/proc/modules"));
        String rule =
                "rule 1 of chain INPUT in table filter (iptables-legacy): -A INPUT -p tcp -m tcp --dport 179 -j DROP";

        assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(finding.reason()).isEqualTo("the firewall of this host drops TCP 179: " + rule);
        assertThat(finding.evidence()).contains(new Evidence(LEGACY, rule, "iptables-legacy-save"));
    }

    @Test
    void rules_that_let_it_through_settle_the_side_of_this_host() {
        Finding finding = judge(BGP, host().absent(NFT, "/proc/modules"));

        assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
        assertThat(finding.reason())
                .isEqualTo("the firewall of this host lets TCP 179 through; what lies between the hosts was not seen");
    }

    @Test
    void what_must_go_both_ways_fails_where_it_cannot_get_out() {
        assertThat(judge(
                                BGP,
                                host("-A OUTPUT -p tcp -m tcp --dport 179 -j REJECT")
                                        .absent(NFT, "/proc/modules"))
                        .outcome())
                .isEqualTo(Outcome.FAIL);
    }

    @Test
    void a_rule_that_is_not_understood_is_named() {
        Finding finding =
                judge(BGP, host("-A INPUT -m set --match-set bad src -j DROP").absent(NFT, "/proc/modules"));

        assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(finding.reason()).contains("depends on -m set --match-set bad src, in rule 1 of chain INPUT");
    }

    @Test
    void rules_that_nobody_could_read_leave_it_open_unless_others_drop_it() {
        String why = "only root may read the rules (CAP_NET_ADMIN)";
        Finding open = judge(BGP, host().unknown(NFT, why, "/proc/self/status"));

        assertThat(open.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(open.reason()).endsWith("the rules of this host were not read: " + why);
        assertThat(judge(BGP, host("-A INPUT -j DROP").unknown(NFT, why, "/proc/self/status"))
                        .outcome())
                .isEqualTo(Outcome.FAIL);
    }

    private static TestHost between(String... addresses) {
        TestHost host = host("-A INPUT -i eth0 -j ACCEPT", "-A INPUT -i br-+ -j ACCEPT", "-A INPUT -j DROP")
                .absent(NFT, "/proc/modules");
        return host.rows(
                "network.addresses",
                "/proc/net/fib_trie",
                java.util.stream.Stream.of(addresses)
                        .map(pair -> pair.split(" ", -1))
                        .map(pair -> java.util.Map.of("address", pair[0], "interface", pair[1]))
                        .toList());
    }

    @Test
    void rules_for_an_interface_are_asked_of_those_that_other_hosts_are_behind() {
        assertThat(judge(BGP, between()).outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(judge(BGP, between("127.0.0.1 lo", "10.0.0.5 eth0", "172.17.0.1 docker0"))
                        .outcome())
                .isEqualTo(Outcome.PASS);
        assertThat(judge(BGP, between("10.0.0.5 eth1")).outcome()).isEqualTo(Outcome.FAIL);
        assertThat(judge(BGP, between("10.0.0.5 eth0", "10.1.0.5 eth1")).outcome())
                .isEqualTo(Outcome.UNKNOWN);
        assertThat(judge(BGP, between("10.0.0.5 eth0", "10.2.0.5 ")).outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(judge(BGP, between("10.0.0.1 lo", "192.168.1.5 eth0")).outcome())
                .as("the address of the node is on no link")
                .isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void the_remedy_is_that_of_the_program_that_made_the_rules() {
        TestHost firewalld = host().texts(
                        NFT,
                        "nft -j list ruleset",
                        "{\"table\":{\"family\":\"inet\",\"name\":\"firewalld\",\"handle\":1}}",
                        "{\"chain\":{\"family\":\"inet\",\"table\":\"firewalld\",\"name\":\"filter_INPUT\",\"handle\":1,"
                                + "\"type\":\"filter\",\"hook\":\"input\",\"prio\":10,\"policy\":\"drop\"}}");
        TestHost ufw = host(
                        ":ufw-user-input - [0:0]",
                        "-A INPUT -j ufw-user-input",
                        "-A ufw-user-input -p tcp -m tcp --dport 179 -j DROP")
                .absent(NFT, "/proc/modules");

        assertThat(judge(BGP, firewalld).requirement().remedy())
                .startsWith("Run firewall-cmd --permanent --add-port=179/tcp, then firewall-cmd --reload");
        assertThat(judge(BGP, ufw).requirement().remedy()).isEqualTo("Run ufw allow 179/tcp.");
        assertThat(judge(BGP, host("-A INPUT -j DROP").absent(NFT, "/proc/modules"))
                        .requirement()
                        .remedy())
                .doesNotContain("Run ");
    }

    @Test
    void what_calico_lets_in_from_its_own_nodes_passes_for_other_nodes() {
        String ofNodes =
                "-A INPUT -p 4 -m comment --comment \"cali:x\" -m set --match-set cali40all-hosts-net src -j ACCEPT";
        Check ipip = new Check.Port("ipip", 0, List.of(), 4, "both", "all", false, List.of());

        assertThat(judge(ipip, host(ofNodes, "-A INPUT -p 4 -j DROP").absent(NFT, "/proc/modules"))
                        .outcome())
                .isEqualTo(Outcome.PASS);
    }

    @Test
    void a_listing_that_is_not_whole_passes_nothing() {
        TestHost cut = TestHost.unseen()
                .texts(LEGACY, "iptables-legacy-save", "*filter", ":INPUT ACCEPT [0:0]")
                .absent(NFT, "/proc/modules");

        assertThat(judge(BGP, cut).outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(judge(BGP, cut).reason()).endsWith("the table filter does not end");
    }

    @Test
    void of_several_usual_ports_all_must_be_dropped_to_fail() {
        assertThat(judge(
                                ETCD,
                                host("-A OUTPUT -p tcp -m tcp --dport 4001 -j DROP")
                                        .absent(NFT, "/proc/modules"))
                        .outcome())
                .isEqualTo(Outcome.UNKNOWN);
        assertThat(judge(ETCD, host("-A OUTPUT -p tcp -j DROP").absent(NFT, "/proc/modules"))
                        .outcome())
                .isEqualTo(Outcome.FAIL);
    }
}
