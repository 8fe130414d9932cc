package calico.preflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another version changes on a host. */
class UpgradeTest {

    @TempDir
    private Path folder;

    private Chain chain;
    private String node;

    @BeforeEach
    void writeRules() {
        chain = Chain.in(folder).with("packs/calico-9.4.yaml", """
                schema: calico-preflight/rule-pack/1
                id: calico-9.4
                calico: "9.4"
                extends: calico-9.3
                override:
                  - {id: kernel-version, level: must, parameters: {minimum: "6.6"}, appliesTo: {}}
                requirements:
                  - id: kernel-module/vxlan
                    kind: kernel-module
                    level: must
                    settledBy: image
                    title: Kernel module vxlan
                    parameters: {name: vxlan}
                    source: {document: page, section: Kernel dependencies}
                    remedy: Enable CONFIG_VXLAN.
                  - id: kernel-module/ip_set
                    kind: kernel-module
                    level: must
                    settledBy: image
                    title: Kernel module ip_set
                    parameters: {name: ip_set}
                    source: {document: page, section: Kernel dependencies}
                    remedy: Enable CONFIG_IP_SET.
                """);
        node = chain.facts("node1.json", "6.1.0-50-amd64");
    }

    private Run upgrade(String from, String to, String... more) {
        String[] arguments = {"check", "--facts", node, "--platform=openstack", "--calico", from, "--upgrade-to", to};
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return chain.run(all);
    }

    @Test
    void only_what_changes_is_shown_with_old_and_new_outcome_and_why() {
        Run run = upgrade("9.1", "v9.4");

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).isEmpty();
        // What the packs are judged by is part of their digest, and changes with the rules that ship.
        Golden.assertMatches("upgrade.txt", run.out().replaceAll("sha256:[0-9a-f]+", "sha256:..."));
    }

    @Test
    void the_changes_are_data_too() throws IOException {
        JsonNode upgrade =
                new ObjectMapper().readTree(upgrade("9.1", "9.4", "-o=json").out());

        assertThat(upgrade.path("schema").asText()).isEqualTo("calico-preflight/upgrade/1");
        assertThat(upgrade.at("/from/target/calico").asText()).isEqualTo("9.1");
        assertThat(upgrade.at("/to/pack/id").asText()).isEqualTo("calico-9.4");
        assertThat(upgrade.path("outcome").asText()).isEqualTo("FAIL");
        assertThat(upgrade.path("changed").findValuesAsText("id")).containsExactly("kernel-version", "distribution");
        assertThat(upgrade.at("/changed/0/from").asText()).isEqualTo("PASS");
        assertThat(upgrade.at("/changed/0/to").asText()).isEqualTo("FAIL");
        assertThat(upgrade.at("/changed/0/expectedBefore").asText()).isEqualTo("Linux 3.10 or newer");
        assertThat(upgrade.at("/changed/0/expected").asText()).isEqualTo("Linux 6.6 or newer");
        assertThat(upgrade.path("added").findValuesAsText("id")).containsExactly("kernel-module/ip_set");
        assertThat(upgrade.path("addedAndMet")).hasToString("[\"kernel-module/vxlan\"]");
        assertThat(upgrade.at("/removed/0/id").asText()).isEqualTo("kernel-module/xt_u32");
        assertThat(upgrade.at("/removed/0/from").asText()).isEqualTo("FAIL");
        assertThat(upgrade.at("/removed/0/because").asText()).isEqualTo("Felix stopped using it.");
        assertThat(upgrade("9.1", "9.4", "-o=yaml").out()).startsWith("schema: \"calico-preflight/upgrade/1\"\n");
    }

    @Test
    void the_run_ends_as_what_changes_does() {
        chain.with("packs/calico-9.5.yaml", """
                schema: calico-preflight/rule-pack/1
                id: calico-9.5
                calico: "9.5"
                extends: calico-9.4
                override:
                  - {id: distribution, parameters: {anyOf: [{id: fedora}]}}
                requirements:
                  - id: port/more
                    kind: port
                    level: must
                    settledBy: network
                    title: Another port
                    parameters: {protocol: tcp, port: 9100, direction: both, hosts: all}
                    source: {document: page, section: Network requirements}
                    remedy: Let it pass.
                """);

        // What was unknown or failed before and still does, such as the port for BGP, does not count.
        assertThat(upgrade("9.1", "9.2", "--fail-on=warn").exit()).isZero();
        assertThat(upgrade("9.3", "9.4").exit()).isEqualTo(3);
        assertThat(upgrade("9.4", "9.5").exit()).isEqualTo(5);
        assertThat(upgrade("9.4", "9.5", "--allow-unknown=network").exit()).isZero();
        assertThat(upgrade("9.4", "9.5", "--allow-unknown=network", "--fail-on=warn")
                        .exit())
                .isEqualTo(4);
    }

    @Test
    void a_version_that_changes_nothing_says_so() {
        Run run = upgrade("9.3", "9.3", "-q");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).isEqualTo("PASS: nothing changes on this host.\n");
    }

    @Test
    void an_unknown_version_is_refused_unless_the_nearest_is_wanted() {
        Run refused = upgrade("9.1", "9.7");
        Run nearest = upgrade("9.1", "9.7", "--nearest", "-q");

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("there is no pack for Calico 9.7").contains("--nearest takes 9.4");
        assertThat(nearest.out()).contains("the rules are those of Calico 9.4, the nearest to 9.7 that are known");
    }

    @Test
    void what_a_probe_found_is_known_before_and_after() {
        String probe = folder.resolve("probe.json").toString();
        chain.with("probe.json", """
                {"schema": "calico-preflight/facts/1", "host": {"name": "node1", "source": "live"},
                 "collectedAt": "2026-01-01T00:00:00Z",
                 "facts": [{"fact": "kernel.probe", "state": "known", "value": {"match-u32": "works"}, "origin": "probe"}]}
                """);

        assertThat(upgrade("9.1", "9.2", "--probe-results", probe).out()).contains("- kernel-module/xt_u32 (was PASS)");
    }

    @Test
    void the_profile_holds_for_both_sides() throws IOException {
        JsonNode upgrade = new ObjectMapper()
                .readTree(
                        upgrade("9.1", "9.2", "--profile=practical", "-o=json").out());

        assertThat(upgrade.at("/from/target/profile").asText()).isEqualTo("practical");
        assertThat(upgrade.at("/to/target/profile").asText()).isEqualTo("practical");
    }
}
