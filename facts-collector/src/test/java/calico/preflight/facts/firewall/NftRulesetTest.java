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

/** Listings as nft 1.0.6 prints them. */
class NftRulesetTest {

    private static final Flow BGP_IN = new Flow(IpFamily.IPV4, 6, 179, Way.IN, Optional.empty());
    private static final Flow VXLAN_IN = new Flow(IpFamily.IPV4, 17, 4789, Way.IN, Optional.empty());

    private static final String DPORT = "{\"payload\": {\"protocol\": \"tcp\", \"field\": \"dport\"}}";
    private static final String ESTABLISHED =
            "{\"match\": {\"op\": \"in\", \"left\": {\"ct\": {\"key\": \"state\"}}, \"right\": [\"established\", \"related\"]}}"
                    + ", {\"accept\": null}";

    @Test
    void a_dropped_port_is_named_as_nft_writes_it() {
        assertThat(input(
                                "accept",
                                match("==", DPORT, "{\"set\": [22, {\"range\": [170, 180]}]}")
                                        + ", {\"counter\": {\"packets\": 0, \"bytes\": 0}}, {\"drop\": null}")
                        .decide(BGP_IN))
                .isEqualTo(new Dropped(new Place("nft", "inet f", "i", 1, "tcp dport { 22, 170-180 } drop")));
    }

    @Test
    void a_set_with_a_name_is_looked_up() {
        Firewall firewall = input("drop", ESTABLISHED, match("==", DPORT, "\"@s\"") + ", {\"accept\": null}");

        assertThat(firewall.decide(BGP_IN)).isEqualTo(new Passes());
        assertThat(firewall.decide(VXLAN_IN)).isInstanceOf(Dropped.class);
    }

    @Test
    void a_set_that_changes_by_itself_leaves_the_flow_open() {
        assertThat(input("drop", ESTABLISHED, match("==", DPORT, "\"@dynamic\"") + ", {\"accept\": null}")
                        .decide(BGP_IN))
                .isInstanceOf(NotUnderstood.class);
    }

    @Test
    void a_verdict_map_does_what_it_says_of_the_port() {
        Firewall firewall = input("drop", ESTABLISHED, "{\"vmap\": {\"key\": " + DPORT + ", \"data\": \"@vm\"}}");

        assertThat(firewall.decide(BGP_IN)).isEqualTo(new Passes());
        assertThat(firewall.decide(new Flow(IpFamily.IPV4, 6, 81, Way.IN, Optional.empty())))
                .isInstanceOf(Dropped.class);
    }

    @Test
    void the_port_of_TCP_is_not_asked_of_UDP_not_even_by_its_contrary() {
        assertThat(input("accept", match("!=", DPORT, "22") + ", {\"drop\": null}")
                        .decide(VXLAN_IN))
                .isEqualTo(new Passes());
    }

    @Test
    void several_states_that_it_must_not_be_in_are_left_open() {
        String states = "{\"|\": [\"established\", \"related\"]}";

        assertThat(input("accept", match("!=", "{\"ct\": {\"key\": \"state\"}}", states) + ", {\"drop\": null}")
                        .decide(BGP_IN))
                .isInstanceOf(NotUnderstood.class);
    }

    @Test
    void an_extension_of_iptables_is_read_from_what_iptables_prints() throws MalformedRulesException {
        List<String> nft = List.of(
                "{\"table\": {\"family\": \"ip\", \"name\": \"filter\", \"handle\": 1}}",
                "{\"chain\": {\"family\": \"ip\", \"table\": \"filter\", \"name\": \"INPUT\", \"handle\": 1,"
                        + " \"type\": \"filter\", \"hook\": \"input\", \"prio\": 0, \"policy\": \"accept\"}}",
                "{\"rule\": {\"family\": \"ip\", \"table\": \"filter\", \"chain\": \"INPUT\", \"handle\": 2, \"expr\": ["
                        + match("==", DPORT, "179")
                        + ", {\"xt\": {\"type\": \"match\", \"name\": \"conntrack\"}}, {\"drop\": null}]}}");
        String saved = "-A INPUT -p tcp -m tcp --dport 179 -m conntrack --ctstate NEW -j DROP";
        List<String> iptables = List.of("*filter", ":INPUT ACCEPT [0:0]", saved, "COMMIT");

        assertThat(Firewall.of(new Listings(List.of(), List.of(), nft, List.of(), List.of()))
                        .decide(BGP_IN))
                .isInstanceOfSatisfying(NotUnderstood.class, open -> assertThat(open.construct())
                        .isEqualTo("the match conntrack of iptables"));
        assertThat(Firewall.of(new Listings(List.of(), List.of(), nft, iptables, List.of()))
                        .decide(BGP_IN))
                .isEqualTo(new Dropped(new Place("nft", "ip filter", "INPUT", 1, saved)));
    }

    @Test
    void legacy_rules_and_those_of_nft_must_both_let_it_through() throws MalformedRulesException {
        List<String> legacy = List.of("*filter", ":INPUT DROP [0:0]", "COMMIT");

        assertThat(Firewall.of(new Listings(legacy, List.of(), listing("accept"), List.of(), List.of()))
                        .decide(BGP_IN))
                .isInstanceOf(Dropped.class);
    }

    @Test
    void what_is_no_listing_is_refused() {
        assertThatThrownBy(() -> Listings.nftObjects("Error: no such thing"))
                .isInstanceOf(MalformedRulesException.class);
        assertThatThrownBy(() -> Listings.nftObjects("{}")).isInstanceOf(MalformedRulesException.class);
    }

    private static String match(String operator, String left, String right) {
        return "{\"match\": {\"op\": \"" + operator + "\", \"left\": " + left + ", \"right\": " + right + "}}";
    }

    private static Firewall input(String policy, String... rules) {
        try {
            return Firewall.of(new Listings(List.of(), List.of(), listing(policy, rules), List.of(), List.of()));
        } catch (MalformedRulesException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> listing(String policy, String... rules) {
        List<String> lines = new ArrayList<>(
                List.of(
                        "{\"table\": {\"family\": \"inet\", \"name\": \"f\", \"handle\": 1}}",
                        "{\"set\": {\"family\": \"inet\", \"name\": \"s\", \"table\": \"f\", \"type\": \"inet_service\", \"handle\": 3,"
                                + " \"flags\": [\"interval\"], \"elem\": [22, {\"range\": [100, 200]}]}}",
                        "{\"set\": {\"family\": \"inet\", \"name\": \"dynamic\", \"table\": \"f\", \"type\": \"inet_service\","
                                + " \"handle\": 9, \"flags\": [\"timeout\"]}}",
                        "{\"map\": {\"family\": \"inet\", \"name\": \"vm\", \"table\": \"f\", \"type\": \"inet_service\", \"handle\": 4,"
                                + " \"map\": \"verdict\", \"elem\": [[179, {\"accept\": null}], [81, {\"jump\": {\"target\": \"x\"}}]]}}",
                        "{\"chain\": {\"family\": \"inet\", \"table\": \"f\", \"name\": \"x\", \"handle\": 1}}",
                        "{\"chain\": {\"family\": \"inet\", \"table\": \"f\", \"name\": \"i\", \"handle\": 2, \"type\": \"filter\","
                                + " \"hook\": \"input\", \"prio\": 0, \"policy\": \"" + policy + "\"}}",
                        "{\"rule\": {\"family\": \"inet\", \"table\": \"f\", \"chain\": \"x\", \"handle\": 5, \"expr\": [{\"return\": null}]}}"));
        for (String rule : rules) {
            lines.add("{\"rule\": {\"family\": \"inet\", \"table\": \"f\", \"chain\": \"i\", \"handle\": 6, \"expr\": ["
                    + rule + "]}}");
        }
        return lines;
    }
}
