package calico.preflight.facts.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import calico.preflight.facts.firewall.Decision.Dropped;
import calico.preflight.facts.firewall.Decision.NotUnderstood;
import calico.preflight.facts.firewall.Decision.Passes;
import calico.preflight.facts.firewall.Flow.IpFamily;
import calico.preflight.facts.firewall.Flow.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FirewallTest {

    private static final Flow BGP_IN = new Flow(IpFamily.IPV4, 6, 179, Way.IN, Optional.empty());
    private static final Flow BGP_OUT = new Flow(IpFamily.IPV4, 6, 179, Way.OUT, Optional.empty());
    private static final Flow IPIP_IN = new Flow(IpFamily.IPV4, 4, 0, Way.IN, Optional.empty());
    private static final Flow VXLAN_IN = new Flow(IpFamily.IPV4, 17, 4789, Way.IN, Optional.empty());

    @Test
    void without_rules_everything_passes() {
        assertThat(legacy().decide(BGP_IN)).isEqualTo(new Passes());
    }

    @Test
    void a_rule_that_drops_the_port_is_named_as_the_tool_prints_it() {
        Decision decision = filter(
                        "-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT", "-A INPUT -p tcp -m tcp --dport 179 -j DROP")
                .decide(BGP_IN);

        assertThat(decision)
                .isEqualTo(new Dropped(new Place(
                        "iptables-legacy", "filter", "INPUT", 2, "-A INPUT -p tcp -m tcp --dport 179 -j DROP")));
        assertThat(((Dropped) decision).by())
                .hasToString("rule 2 of chain INPUT in table filter (iptables-legacy): "
                        + "-A INPUT -p tcp -m tcp --dport 179 -j DROP");
    }

    @Test
    void a_policy_that_drops_is_named_too() {
        assertThat(policyDrop("-A INPUT -i lo -j ACCEPT").decide(BGP_IN))
                .isEqualTo(new Dropped(new Place("iptables-legacy", "filter", "INPUT", 0, "DROP")));
    }

    @Test
    void an_accepted_port_passes_before_a_rule_that_rejects_all() {
        assertThat(filter(
                                "-A INPUT -m state --state RELATED,ESTABLISHED -j ACCEPT",
                                "-A INPUT -p icmp -j ACCEPT",
                                "-A INPUT -p tcp -m state --state NEW -m tcp --dport 179 -j ACCEPT",
                                "-A INPUT -j REJECT --reject-with icmp-host-prohibited")
                        .decide(BGP_IN))
                .isEqualTo(new Passes());
    }

    @Test
    void accepting_only_the_first_packet_of_a_connection_is_not_enough() {
        assertThat(policyDrop("-A INPUT -p tcp -m conntrack --ctstate NEW -m tcp --dport 179 -j ACCEPT")
                        .decide(BGP_IN))
                .isInstanceOf(Dropped.class);
    }

    @Test
    void the_answer_to_a_connection_from_elsewhere_must_get_out() {
        List<String> lines = List.of(
                "*filter",
                ":INPUT ACCEPT [0:0]",
                ":OUTPUT DROP [0:0]",
                "-A OUTPUT -p tcp -m tcp --dport 22 -j ACCEPT",
                "COMMIT");

        assertThat(of(lines).decide(BGP_IN)).isInstanceOf(Dropped.class);
        assertThat(of(lines).decide(VXLAN_IN)).isEqualTo(new Passes());
    }

    @Test
    void a_source_address_that_is_not_known_leaves_the_flow_open() {
        assertThat(policyDrop("-A INPUT -s 10.0.0.0/8 -j ACCEPT").decide(BGP_IN))
                .isEqualTo(new NotUnderstood(
                        "whether the source address is in 10.0.0.0/8",
                        new Place("iptables-legacy", "filter", "INPUT", 1, "-A INPUT -s 10.0.0.0/8 -j ACCEPT")));
    }

    @Test
    void what_is_not_understood_does_not_matter_where_both_ways_end_alike() {
        assertThat(policyDrop("-A INPUT -m recent --rcheck --name bad --rsource -j DROP")
                        .decide(BGP_IN))
                .isInstanceOf(Dropped.class);
        assertThat(filter("-A INPUT -m recent --rcheck --name good --rsource -j ACCEPT")
                        .decide(BGP_IN))
                .isEqualTo(new Passes());
    }

    @Test
    void an_unknown_match_that_could_drop_leaves_the_flow_open() {
        assertThat(filter("-A INPUT -p tcp -m recent --rcheck --name bad --rsource -j DROP")
                        .decide(BGP_IN))
                .isInstanceOfSatisfying(NotUnderstood.class, open -> assertThat(open.construct())
                        .isEqualTo("-m recent --rcheck --name bad --rsource"));
    }

    @Test
    void an_unknown_target_leaves_the_flow_open() {
        assertThat(filter("-A INPUT -p tcp -m tcp --dport 179 -j NFQUEUE --queue-num 0")
                        .decide(BGP_IN))
                .isInstanceOfSatisfying(NotUnderstood.class, open -> assertThat(open.construct())
                        .isEqualTo("-j NFQUEUE"));
    }

    @Test
    void a_comment_that_looks_like_a_rule_is_a_comment() {
        assertThat(filter("-A INPUT -p tcp -m comment --comment \"x \\\" -j DROP\" -j ACCEPT")
                        .decide(BGP_IN))
                .isEqualTo(new Passes());
    }

    @Test
    void a_chain_that_returns_goes_on_behind_the_jump_and_one_that_is_gone_to_does_not() {
        List<String> chain = List.of(":X - [0:0]", "-A X -p tcp -m tcp --dport 22 -j ACCEPT", "-A X -p tcp -j RETURN");

        assertThat(of(table("ACCEPT", chain, "-A INPUT -j X", "-A INPUT -j DROP"))
                        .decide(BGP_IN))
                .isInstanceOf(Dropped.class);
        assertThat(of(table("ACCEPT", chain, "-A INPUT -g X", "-A INPUT -j DROP"))
                        .decide(BGP_IN))
                .isEqualTo(new Passes());
    }

    @Test
    void marks_are_followed_from_rule_to_rule() {
        assertThat(filter(
                                "-A INPUT -p tcp -m tcp --dport 179 -j MARK --set-xmark 0x10/0x10",
                                "-A INPUT -m mark --mark 0x10/0x10 -j DROP")
                        .decide(BGP_IN))
                .isInstanceOf(Dropped.class);
        assertThat(filter("-A INPUT -m mark --mark 0x8000/0x8000 -j DROP").decide(BGP_IN))
                .isEqualTo(new Passes());
    }

    @Test
    void the_rules_that_the_kernel_writes_for_IP_in_IP_are_read_by_name_and_number() {
        assertThat(filter("-A INPUT -p ipencap -j DROP").decide(IPIP_IN)).isInstanceOf(Dropped.class);
        assertThat(filter("-A INPUT -p 4 -j DROP").decide(IPIP_IN)).isInstanceOf(Dropped.class);
        assertThat(filter("-A INPUT ! -p 4 -j DROP").decide(IPIP_IN)).isEqualTo(new Passes());
    }

    @Test
    void multiport_takes_lists_and_ranges() {
        String rule = "-A INPUT -p udp -m multiport --dports 53,4700:4800 -j DROP";

        assertThat(filter(rule).decide(VXLAN_IN)).isInstanceOf(Dropped.class);
        assertThat(filter(rule).decide(BGP_IN)).isEqualTo(new Passes());
    }

    @Test
    void a_named_interface_is_decided_only_where_that_of_the_flow_is_known() {
        Firewall firewall = policyDrop("-A INPUT -i eth0 -j ACCEPT");

        assertThat(firewall.decide(BGP_IN)).isInstanceOf(NotUnderstood.class);
        assertThat(firewall.decide(new Flow(IpFamily.IPV4, 17, 4789, Way.IN, Optional.of("eth0"))))
                .isEqualTo(new Passes());
        assertThat(firewall.decide(new Flow(IpFamily.IPV4, 17, 4789, Way.IN, Optional.of("eth1"))))
                .isInstanceOf(Dropped.class);
    }

    @Test
    void zones_of_firewalld_that_lead_to_the_same_end_need_no_known_interface() {
        assertThat(of(table(
                                "ACCEPT",
                                List.of(":Z - [0:0]", ":P - [0:0]", "-A Z -i eth0 -g P", "-A Z -g P"),
                                "-A INPUT -j Z",
                                "-A INPUT -j REJECT --reject-with icmp-host-prohibited"))
                        .decide(BGP_IN))
                .isInstanceOf(Dropped.class);
    }

    @Test
    void an_address_that_was_changed_leaves_the_flow_open() {
        List<String> lines = List.of(
                "*nat",
                ":PREROUTING ACCEPT [0:0]",
                "-A PREROUTING -p tcp -m addrtype --dst-type LOCAL -m tcp --dport 179 -j DNAT --to-destination 10.0.0.1:179",
                "COMMIT");

        assertThat(of(lines).decide(BGP_IN)).isInstanceOf(NotUnderstood.class);
        assertThat(of(lines).decide(VXLAN_IN)).isEqualTo(new Passes());
    }

    @Test
    void chains_that_lead_to_each_other_come_to_an_end() {
        assertThat(of(table("ACCEPT", List.of(":A - [0:0]", ":B - [0:0]", "-A A -j B", "-A B -j A"), "-A INPUT -j A"))
                        .decide(BGP_IN))
                .isInstanceOf(NotUnderstood.class);
    }

    @Test
    void a_table_that_does_not_end_is_not_taken_for_whole() {
        assertThatThrownBy(() -> Firewall.of(new Listings(
                        List.of("*filter", ":INPUT ACCEPT [0:0]"), List.of(), List.of(), List.of(), List.of())))
                .isInstanceOf(MalformedRulesException.class)
                .hasMessage("the table filter does not end");
    }

    @Test
    void many_marks_that_may_be_set_do_not_grow_without_end() {
        List<String> rules = new ArrayList<>();
        for (int bit = 0; bit < 31; bit++) {
            String mark = "0x" + Integer.toHexString(1 << bit);
            rules.add("-A INPUT -m recent --name r" + bit + " -j MARK --set-xmark " + mark + "/" + mark);
        }
        rules.add("-A INPUT -m mark --mark 0x1/0x1 -j DROP");

        assertThat(filter(rules.toArray(String[]::new)).decide(BGP_IN)).isInstanceOf(NotUnderstood.class);
    }

    @Test
    void what_leaves_this_host_meets_the_chains_of_outgoing_packets() {
        List<String> lines = List.of(
                "*filter",
                ":INPUT ACCEPT [0:0]",
                ":OUTPUT ACCEPT [0:0]",
                "-A OUTPUT -p tcp -m tcp --dport 179 -j REJECT",
                "COMMIT");

        assertThat(of(lines).decide(BGP_OUT)).isInstanceOf(Dropped.class);
        assertThat(of(lines).decide(BGP_IN)).isEqualTo(new Passes());
    }

    @Test
    void rules_of_the_other_family_do_not_matter() {
        assertThat(filter("-A INPUT -j DROP").decide(new Flow(IpFamily.IPV6, 6, 179, Way.IN, Optional.empty())))
                .isEqualTo(new Passes());
    }

    private static Firewall legacy(String... lines) {
        return of(List.of(lines));
    }

    private static Firewall filter(String... rules) {
        return of(table("ACCEPT", List.of(), rules));
    }

    private static Firewall policyDrop(String... rules) {
        return of(table("DROP", List.of(), rules));
    }

    private static List<String> table(String policy, List<String> chains, String... rules) {
        List<String> lines = new ArrayList<>(List.of("*filter", ":INPUT " + policy + " [0:0]", ":OUTPUT ACCEPT [0:0]"));
        lines.addAll(chains);
        lines.addAll(List.of(rules));
        lines.add("COMMIT");
        return lines;
    }

    private static Firewall of(List<String> legacyIpv4) {
        try {
            return Firewall.of(new Listings(legacyIpv4, List.of(), List.of(), List.of(), List.of()));
        } catch (MalformedRulesException e) {
            throw new AssertionError(e);
        }
    }
}
