package calico.preflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a host can run, of three versions that the test writes. */
class MatrixTest {

    @TempDir
    private Path folder;

    private Chain chain;
    private String node;

    @BeforeEach
    void writeRules() {
        chain = Chain.in(folder);
        node = chain.facts("node1.json", "6.1.0-50-amd64");
    }

    private Run matrix(String... more) {
        return chain.run(matrixArguments(more));
    }

    private String[] matrixArguments(String... more) {
        boolean facts = Arrays.stream(more).anyMatch(word -> word.startsWith("--facts"));
        Stream<String> host = facts ? Stream.of() : Stream.of("--facts", node);
        return Stream.of(Stream.of("matrix", "--calico=9.1..9.3"), host, Arrays.stream(more))
                .flatMap(words -> words)
                .toArray(String[]::new);
    }

    private JsonNode json(String... more) throws IOException {
        String[] all =
                Stream.concat(Arrays.stream(more), Stream.of("-o", "json")).toArray(String[]::new);
        return new ObjectMapper().readTree(matrix(all).out());
    }

    private static JsonNode cell(JsonNode matrix, String calico, String dataplane, String encapsulation) {
        return StreamSupport.stream(matrix.at("/hosts/0/cells").spliterator(), false)
                .filter(cell -> cell.path("calico").asText().equals(calico))
                .filter(cell -> cell.path("dataplane").asText().equals(dataplane))
                .filter(cell -> cell.path("encapsulation").asText().equals(encapsulation))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void versions_stand_against_modes_with_what_would_turn_those_that_fail() {
        Run run = matrix("--platform=kubernetes");

        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        Golden.assertMatches("matrix.txt", run.out());
    }

    @Test
    void every_cell_is_what_check_says_of_it() throws IOException {
        JsonNode matrix = json("--platform=openstack", "--dataplane=iptables", "--encapsulation=ipip,none");

        assertThat(matrix.at("/hosts/0/cells")).hasSize(6);
        for (JsonNode cell : matrix.at("/hosts/0/cells")) {
            Run check = chain.run(
                    "check",
                    "--facts",
                    node,
                    "--platform=openstack",
                    "--calico=" + cell.path("calico").asText(),
                    "--dataplane=" + cell.path("dataplane").asText(),
                    "--encapsulation=" + cell.path("encapsulation").asText(),
                    "-o=json");
            JsonNode report = new ObjectMapper().readTree(check.out());
            assertThat(cell.path("exit").asInt()).isEqualTo(check.exit());
            assertThat(cell.path("outcome")).isEqualTo(report.path("outcome"));
            assertThat(cell.path("passed")).isEqualTo(report.at("/summary/pass"));
            assertThat(texts(cell.path("failed"))).isEqualTo(having(report, "FAIL"));
            assertThat(texts(cell.path("unknown"))).isEqualTo(having(report, "UNKNOWN"));
            assertThat(texts(cell.path("warned"))).isEqualTo(having(report, "WARN"));
        }
    }

    @Test
    void what_the_documents_rule_out_is_not_offered_and_says_why() throws IOException {
        JsonNode matrix = json("--platform=kubernetes");

        assertThat(cell(matrix, "9.1", "iptables", "vxlan").path("reason").asText())
                .isEqualTo("the documents know only encapsulation none, ipip");
        assertThat(cell(matrix, "9.2", "ebpf", "vxlan").path("reason").asText())
                .isEqualTo("the documents know only dataplane iptables");
        assertThat(cell(matrix, "9.3", "ebpf", "ipip").path("reason").asText())
                .isEqualTo("No IP-in-IP with the eBPF dataplane: ipip is not supported, only none, vxlan");
        assertThat(cell(matrix, "9.3", "ebpf", "vxlan").path("offered").asBoolean())
                .isTrue();
    }

    @Test
    void failures_that_are_mended_alike_stand_together() throws IOException {
        JsonNode needs = json("--platform=kubernetes").at("/hosts/0/needs");

        assertThat(needs).hasSize(2);
        assertThat(needs.findValues("failed")).hasToString("[[\"kernel-module/xt_u32\"], [\"kernel-version/ebpf\"]]");
        assertThat(needs.at("/0/cells")).hasSize(2);
        assertThat(needs.at("/0/remedies/0/remedy").asText()).isEqualTo("Enable CONFIG_NETFILTER_XT_MATCH_U32.");
        assertThat(needs.at("/0/remedies/0/for")).hasToString("[\"kernel-module/xt_u32\"]");
    }

    @Test
    void advice_names_the_newest_version_that_runs_and_what_hinders_the_next() throws IOException {
        chain.with("packs/calico-9.4.yaml", """
                schema: calico-preflight/rule-pack/1
                id: calico-9.4
                calico: "9.4"
                extends: calico-9.3
                override:
                  - {id: kernel-version, level: must, parameters: {minimum: "6.6"}, appliesTo: {}}
                """);
        String[] asked = {"--calico=9.1..9.4", "--platform=kubernetes"};
        String[] arguments = {"matrix", "--facts", node, asked[0], asked[1], "--advise"};

        Run run = chain.run(arguments);
        JsonNode advice = new ObjectMapper()
                .readTree(chain.run("matrix", "--facts", node, asked[0], asked[1], "-o=json")
                        .out())
                .path("advice");

        Golden.assertMatches("matrix-advice.txt", run.out());
        assertThat(advice.path("newest").asText()).isEqualTo("9.3");
        assertThat(advice.path("modes")).hasSize(3);
        assertThat(advice.at("/next/calico").asText()).isEqualTo("9.4");
        assertThat(advice.at("/next/failed")).hasToString("[\"kernel-version\"]");
    }

    @Test
    void what_is_unknown_is_named_in_the_advice() {
        assertThat(matrix("--platform=openstack", "--advise").out())
                .contains("Newest that runs: Calico 9.3")
                .contains("9.3 iptables (none, ipip, vxlan): nothing fails, but 1 could not be settled")
                .contains("unknown   port/bgp")
                .contains("No newer version is offered.");
    }

    @Test
    void the_run_ends_as_the_best_cell_does() {
        assertThat(matrix("--platform=kubernetes").exit()).isZero();
        assertThat(matrix("--platform=openstack").exit()).isEqualTo(5);
        assertThat(matrix("--platform=openstack", "--allow-unknown=network").exit())
                .isZero();
        String old = chain.facts("old.json", "2.6.32");
        assertThat(chain.run("matrix", "--facts", old, "--calico=9.1", "--platform=kubernetes")
                        .exit())
                .isEqualTo(3);
        Run nothing = matrix("--platform=kubernetes", "--dataplane=nftables");
        assertThat(nothing.exit()).isEqualTo(2);
        assertThat(nothing.out()).isEmpty();
        assertThat(nothing.err())
                .isEqualTo(
                        "calico-preflight: nothing of this is offered: the documents know only dataplane iptables.\n");
    }

    @Test
    void of_several_hosts_the_worst_counts() throws IOException {
        chain.facts("nodes/a.json", "6.1.0");
        chain.facts("nodes/b.json", "3.2.0");
        String nodes = folder.resolve("nodes").toString();

        Run run = matrix("--facts", nodes, "--platform=kubernetes", "--dataplane=iptables");
        JsonNode matrix = json("--facts", nodes, "--platform=kubernetes");

        assertThat(run.exit()).isZero();
        Golden.assertMatches("matrix-hosts.txt", run.out());
        assertThat(matrix.path("hosts")).hasSize(2);
        assertThat(matrix.at("/hosts/1/host/name").asText()).isEqualTo("nodes/b");
        assertThat(matrix.at("/advice/newest").asText()).isEqualTo("9.3");
        assertThat(chain.run("matrix", "--facts", nodes, "--calico=9.2", "--platform=kubernetes")
                        .exit())
                .isEqualTo(3);
    }

    @Test
    void hosts_of_different_platforms_are_not_thrown_together() {
        chain.with("a.json", platformFact("kubernetes.kubelet")).with("b.json", platformFact("openstack.packages"));

        Run run = matrix("--facts", folder.resolve("a.json").toString(), "--facts=" + folder.resolve("b.json"));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("calico-preflight: the hosts are of different platforms, kubernetes and openstack;"
                        + " say which is meant: --platform.\n");
    }

    private static String platformFact(String fact) {
        return """
                {"schema": "calico-preflight/facts/1", "host": {"source": "live"}, "collectedAt": "2026-01-01T00:00:00Z",
                 "facts": [{"fact": "%s", "state": "known", "value": %s, "origin": "x"}]}
                """.formatted(
                fact, fact.equals("openstack.packages") ? "{\"nova-compute\": \"21\"}" : "\"/usr/bin/kubelet\"");
    }

    @Test
    void a_table_for_spreadsheets_holds_no_formula() {
        String hostile = chain.facts("evil.json", "6.1.0").replace("evil.json", "evil2.json");
        chain.with("evil2.json", platformFact("host.name").replace("\"/usr/bin/kubelet\"", "\"=cmd(\\\"x\\\")\""));

        List<String> lines = matrix("--facts", hostile, "--platform=kubernetes", "--dataplane=iptables", "-o=csv")
                .out()
                .lines()
                .toList();

        assertThat(lines.get(0))
                .isEqualTo(
                        "host,calico,dataplane,encapsulation,offered,outcome,exit,pass,warn,fail,unknown,failed,reason");
        assertThat(lines).hasSize(16);
        assertThat(lines.get(1)).startsWith("\"'=cmd(\"\"x\"\")\",9.1,iptables,none,yes,UNKNOWN,5,0,0,0,");
        assertThat(lines.get(3))
                .endsWith(",9.1,iptables,ipip-cross-subnet,no,,,,,,,,\"the documents know only"
                        + " encapsulation none, ipip\"");
    }

    @Test
    void versions_are_listed_and_ranged_over() throws IOException {
        assertThat(versions("9.3,v9.1")).isEqualTo("[\"9.1\",\"9.3\"]");
        assertThat(versions("9.2..")).isEqualTo("[\"9.2\",\"9.3\"]");
        assertThat(versions("..9.1,9.2.7").replaceAll("\"[0-8][^\"]*\",", "")).isEqualTo("[\"9.1\",\"9.2.7\"]");
        assertThat(versions("9.1..9.2")).isEqualTo("[\"9.1\",\"9.2\"]");
        assertThat(versions("all")).contains("\"3.16\"").endsWith("\"9.1\",\"9.2\",\"9.3\"]");
    }

    private String versions(String calico) throws IOException {
        Run run = chain.run(
                "matrix",
                "--facts",
                node,
                "--platform=openstack",
                "--encapsulation=none",
                "--calico",
                calico,
                "-o=json");
        assertThat(run.err()).isEmpty();
        return new ObjectMapper()
                .valueToTree(
                        new ObjectMapper().readTree(run.out()).path("versions").findValuesAsText("calico"))
                .toString();
    }

    @Test
    void a_version_that_is_not_known_is_refused_or_stood_in_for() throws IOException {
        Run refused = chain.run("matrix", "--facts", node, "--platform=kubernetes", "--calico=9.1..9.7");
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("there is no pack").contains("9.7").contains("--nearest takes 9.3.");

        String[] nearest = {"matrix", "--facts", node, "--platform=kubernetes", "--calico=9.3,9.7", "--nearest"};
        assertThat(chain.run(nearest).out())
                .contains("rules       for 9.7 those of Calico 9.3, the nearest that are known\n")
                .contains("\n9.3..9.7  ");
    }

    @Test
    void wrong_values_are_met_with_what_is_allowed() {
        assertThat(matrix("--encapsulation=ipp").err())
                .isEqualTo("calico-preflight: --encapsulation \"ipp\" is none of none, ipip, ipip-cross-subnet, vxlan,"
                        + " vxlan-cross-subnet, all. Did you mean \"ipip\"?\n");
        assertThat(matrix("--calico=9.3..9.1").err()).contains("ends before it begins; write 9.1..9.3.");
        assertThat(matrix("--calico=latest").err()).contains("no version of Calico and no range of them");
        assertThat(chain.run("check", "--facts", node, "--facts", node).err())
                .contains("--facts stands here 2 times, but this judges one host; matrix takes several.");
        assertThat(matrix("--platform=kubernetes", "--allow-unknown=kernel-verion")
                        .err())
                .contains("no id in these versions. Did you mean \"kernel-version\"?");
    }

    @Test
    void every_version_has_a_line_of_its_own_when_more_is_wanted() {
        String[] arguments = {
            "--platform=kubernetes", "--dataplane=iptables", "--encapsulation=none", "--calico=9.2,9.3"
        };

        assertThat(matrix(arguments).out()).contains("\n9.2..9.3  ");
        assertThat(matrix(Stream.concat(Arrays.stream(arguments), Stream.of("-v"))
                                .toArray(String[]::new))
                        .out())
                .contains("\n9.2  ")
                .contains("\n9.3  ");
    }

    @Test
    void a_narrow_terminal_gets_the_columns_below_each_other() {
        Run run = Run.in(
                Map.of("COLUMNS", "40", "NO_COLOR", "1"),
                "",
                true,
                chain.rules(matrixArguments("--platform=kubernetes", "--dataplane=iptables")));

        assertThat(run.out().lines().filter(line -> line.startsWith("9.1")))
                .hasSizeGreaterThan(1)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(40));
    }

    @Test
    void colour_only_adds_to_words() {
        String[] arguments = {"--platform=kubernetes"};
        String painted = matrix(arguments[0], "--color=always").out();

        assertThat(painted).contains("\u001b[31;1m");
        assertThat(painted.replaceAll("\u001b\\[[0-9;]*m", ""))
                .isEqualTo(matrix(arguments).out());
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static List<String> having(JsonNode report, String outcome) {
        return StreamSupport.stream(report.path("findings").spliterator(), false)
                .filter(finding -> finding.path("outcome").asText().equals(outcome))
                .map(finding -> finding.path("id").asText())
                .toList();
    }
}
