package calico.preflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said to have changed between versions. */
class PacksDiffTest {

    @TempDir
    private Path folder;

    private Chain chain;

    @BeforeEach
    void writeRules() {
        chain = Chain.in(folder);
    }

    @Test
    void what_was_added_removed_and_changed_is_said_in_words() {
        Run run = chain.run("packs", "diff", "9.1", "v9.3");

        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        Golden.assertMatches("packs-diff.txt", run.out());
    }

    @Test
    void the_changes_are_data_too() throws IOException {
        Run run = chain.run("packs", "diff", "9.1", "9.3", "--platform=openstack", "-o=json");

        JsonNode diff = new ObjectMapper().readTree(run.out());
        assertThat(diff.path("schema").asText()).isEqualTo("calico-preflight/pack-diff/1");
        assertThat(diff.at("/from/id").asText()).isEqualTo("calico-9.1");
        assertThat(diff.at("/to/calico").asText()).isEqualTo("9.3");
        assertThat(diff.path("platforms")).hasToString("[\"openstack\"]");
        assertThat(diff.path("added")).isEmpty();
        assertThat(diff.path("removed")).hasSize(1);
        assertThat(diff.at("/removed/0/because").asText()).isEqualTo("Felix stopped using it.");
        assertThat(diff.at("/removed/0/removedBy").asText()).isEqualTo("calico-9.2");
        assertThat(diff.at("/changed/0/id").asText()).isEqualTo("kernel-version");
        assertThat(diff.at("/changed/0/fields")).hasToString("""
                [{"field":"level","from":"must","to":"recommended"},\
                {"field":"parameters.minimum","from":"3.10","to":"5.10"},\
                {"field":"appliesTo.dataplane","from":null,"to":["iptables"]}]""");
        assertThat(diff.at("/options/0/field").asText()).isEqualTo("offers.encapsulation");
        assertThat(chain.run("packs", "diff", "9.1", "9.3", "--platform=openstack", "-o=yaml")
                        .out())
                .startsWith("schema: \"calico-preflight/pack-diff/1\"\n");
    }

    @Test
    void on_the_way_back_what_was_added_is_gone_and_nobody_said_why() {
        assertThat(chain.run("packs", "diff", "9.2", "9.1", "--platform=openstack")
                        .out())
                .contains("1 added, 0 removed")
                .contains("+ kernel-module/xt_u32  must");
        assertThat(chain.run("packs", "diff", "9.3", "9.2", "--platform=kubernetes")
                        .out())
                .contains("- kernel-version/ebpf\n")
                .contains("because     It is not in calico-9.2.");
    }

    @Test
    void patches_of_one_version_are_told_apart() {
        chain.with("packs/calico-9.4.yaml", """
                schema: calico-preflight/rule-pack/1
                id: calico-9.4
                calico: "9.4"
                extends: calico-9.3
                override:
                  - {id: kernel-version, since: "9.4.2", parameters: {minimum: "6.1"}}
                """);

        assertThat(chain.run("packs", "diff", "9.4.1", "9.4.2", "--platform=openstack")
                        .out())
                .contains("Calico 9.4.1 → Calico 9.4.2 on openstack: 0 added, 0 removed, 1 changed")
                .containsPattern("minimum +5\\.10 → 6\\.1");
        assertThat(chain.run("packs", "diff", "9.4.2", "9.4", "--platform=openstack")
                        .out())
                .contains("nothing changed");
    }

    @Test
    void a_pack_of_ones_own_is_named_by_its_id() {
        chain.with("packs/ours.yaml", """
                schema: calico-preflight/rule-pack/1
                id: ours
                calico: "9.2"
                extends: calico-9.2
                remove: [{id: distribution, because: We build our own.}]
                """);

        assertThat(chain.run("packs", "diff", "9.2", "ours").out())
                .startsWith("Calico 9.2 → ours (Calico 9.2) on kubernetes, openstack: 0 added, 1 removed, 0 changed\n")
                .contains("because     We build our own. (ours)");
    }

    @Test
    void a_platform_that_only_one_of_the_two_serves_is_named() {
        chain.with("packs/calico-9.4.yaml", """
                schema: calico-preflight/rule-pack/1
                id: calico-9.4
                calico: "9.4"
                extends: calico-9.3
                unsupported: {openstack: The driver was dropped.}
                """);

        assertThat(chain.run("packs", "diff", "9.3", "9.4").out())
                .contains("on kubernetes: nothing changed\n  openstack is no longer supported\n");
        Run run = chain.run("packs", "diff", "9.3", "9.4", "--platform=openstack");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("the pack calico-9.4 is not for openstack: The driver was dropped.");
    }

    @Test
    void text_of_strangers_cannot_steer_the_terminal() {
        chain.with("packs/calico-9.4.yaml", """
                schema: calico-preflight/rule-pack/1
                id: calico-9.4
                calico: "9.4"
                extends: calico-9.3
                remove: [{id: distribution, because: "gone\\e[31m red"}]
                """);

        assertThat(chain.run("packs", "diff", "9.3", "9.4").out())
                .contains("gone\\u001b[31m red")
                .doesNotContain("\u001b");
    }
}
