package calico.preflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a version that the rules do not know, and of a mode that a version does not have. */
class NearestTest {

    @TempDir
    private Path folder;

    private Chain chain;
    private String node;

    @BeforeEach
    void writeRules() {
        chain = Chain.in(folder);
        node = chain.facts("node1.json", "6.1.0-50-amd64");
    }

    @Test
    void an_unknown_version_is_refused_and_the_nearest_are_named() {
        for (String version : new String[] {"9.4", "10.0", "v9.4.2"}) {
            Run run = chain.run("check", "--facts", node, "--platform", "openstack", "--calico", version);

            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err())
                    .isEqualTo("calico-preflight: there is no pack for Calico " + version.replace("v", "")
                            + "; the nearest known: 9.3; --nearest takes 9.3.\n");
        }
    }

    @Test
    void nearest_judges_by_the_nearest_pack_and_the_report_says_so() throws IOException {
        String[] check = {"check", "--facts", node, "--platform=openstack", "--calico=9.4.1", "--nearest"};

        Run text = chain.run(check);
        JsonNode report =
                new ObjectMapper().readTree(chain.run(and(check, "-o", "json")).out());

        assertThat(text.out().replaceAll("\\s+", " "))
                .startsWith("Calico 9.4.1 on openstack: node1")
                .contains("the rules are those of Calico 9.3, the nearest to 9.4.1 that are known");
        assertThat(text.out().lines().reduce((first, last) -> last).orElseThrow())
                .contains("; the rules are those of Calico 9.3, the nearest to 9.4.1 that are known. Next: ");
        assertThat(report.at("/target/calico").asText()).isEqualTo("9.4.1");
        assertThat(report.at("/pack/id").asText()).isEqualTo("calico-9.3");
        assertThat(report.at("/pack/nearestTo").asText()).isEqualTo("9.4.1");
    }

    @Test
    void nearest_changes_nothing_for_a_version_that_is_known() {
        String[] check = {"check", "--facts", node, "--platform=openstack", "--calico=9.2.5", "-o=json"};

        Run run = chain.run(and(check, "--nearest"));

        assertThat(run).isEqualTo(chain.run(check));
        assertThat(run.out()).doesNotContain("nearestTo");
    }

    @Test
    void every_command_that_takes_a_version_takes_nearest() {
        assertThat(chain.run("explain", "kernel-version", "--facts", node, "--platform=host", "--calico=1.0")
                        .err())
                .contains("--nearest takes ");
        assertThat(chain.run(
                                "explain",
                                "kernel-version",
                                "--facts",
                                node,
                                "--platform=openstack",
                                "--calico=9.9",
                                "--nearest")
                        .out())
                .contains("the nearest to 9.9");
        assertThat(chain.run("packs", "show", "9.9", "--platform=openstack").err())
                .contains("there is no pack \"calico-9.9\"")
                .contains("--nearest takes 9.3.");
        assertThat(chain.run("packs", "show", "9.9", "--platform=openstack", "--nearest")
                        .out())
                .startsWith("calico-9.3 on openstack");
    }

    @Test
    void a_mode_that_the_documents_of_a_version_do_not_know_is_refused() {
        Run run = chain.run("check", "--facts", node, "--platform=openstack", "--calico=9.3", "--dataplane=nftables");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("calico-preflight: Calico 9.3 on openstack has no dataplane nftables:"
                        + " the documents know only dataplane iptables.\n");
    }

    private static String[] and(String[] arguments, String... more) {
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return all;
    }
}
