package calico.preflight.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import calico.preflight.facts.probe.KernelProbe;
import calico.preflight.facts.source.ProbeNamespace;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trying the kernel, from the command line to the findings. */
@Timeout(120)
class ProbeTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> TARGET =
            List.of("--calico", "3.16", "--platform", "openstack", "--encapsulation", "ipip", "--ip-family", "dual");

    @TempDir
    Path temp;

    @Test
    void the_probe_and_what_is_seen_agree_wherever_both_speak() throws IOException {
        assumeProbe();

        Map<String, String> seen = outcomes(check());
        Map<String, String> tried = outcomes(check("--probe"));

        assertThat(tried).hasSameSizeAs(seen);
        seen.forEach((id, outcome) -> {
            String found = tried.getOrDefault(id, "");
            boolean bothSpeak = !outcome.equals("UNKNOWN") && !found.equals("UNKNOWN");
            // A reservation, such as a blacklist line, is what a try takes away or confirms.
            if (bothSpeak && !outcome.equals("WARN")) {
                assertThat(found).as(id).isEqualTo(outcome);
            }
        });
    }

    @Test
    void what_was_tried_stands_on_the_first_step() throws IOException {
        assumeProbe();

        JsonNode probe = JSON.readTree(Run.of("probe", "kernel", "-o", "json").out());
        JsonNode table = factOf(probe, "kernel.probe").path("value");
        assumeTrue(
                table.path("set-list").path(0).asText().equals("works"),
                "install ipset, and run a kernel with IP sets");
        Run run = check("--probe");

        for (JsonNode finding : JSON.readTree(run.out()).path("findings")) {
            if (finding.path("id").asText().equals("kernel-module/ip_set")) {
                assertThat(finding.path("evidence").findValuesAsText("fact")).contains("kernel.probe.set-list");
                assertThat(finding.path("outcome").asText()).isEqualTo("PASS");
            }
        }
        assertThat(run.err()).contains("Trying kernel capabilities").contains("may load modules");
    }

    @Test
    void without_root_nothing_is_tried() {
        assumeTrue(!ProbeNamespace.isRoot(), "run the tests as a user other than root to see this one");

        Run run = Run.of("probe", "kernel");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("needs root");
    }

    @Test
    void the_results_of_a_probe_are_laid_over_what_was_collected() throws IOException {
        Path facts = facts("6.1.0", "\"kernel.release\", \"state\": \"known\", \"value\": \"6.1.0\"");
        Path probe = facts("probe", PROBE.replace("RELEASE", "6.1.0"));

        Map<String, String> before = outcomes(check("--facts", facts.toString()));
        Map<String, String> after = outcomes(check("--facts", facts.toString(), "--probe-results", probe.toString()));

        assertThat(before)
                .containsEntry("kernel-module/ipip", "UNKNOWN")
                .containsEntry("kernel-module/xt_u32", "UNKNOWN")
                .containsEntry("kernel-module/sctp", "UNKNOWN");
        assertThat(after)
                .containsEntry("kernel-module/ipip", "FAIL")
                .containsEntry("kernel-module/xt_u32", "PASS")
                .containsEntry("kernel-module/sctp", "UNKNOWN");
    }

    @Test
    void a_probe_of_another_kernel_is_refused() throws IOException {
        Path facts = facts("other", "\"kernel.release\", \"state\": \"known\", \"value\": \"5.4.0\"");
        Path probe = facts("probe", PROBE.replace("RELEASE", "6.1.0"));

        Run run = check("--facts", facts.toString(), "--probe-results", probe.toString());

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("of the kernel 6.1.0, but this host runs 5.4.0");
    }

    @Test
    void facts_without_a_probe_are_no_results_of_one() throws IOException {
        Path facts = facts("none", "\"kernel.release\", \"state\": \"known\", \"value\": \"5.4.0\"");

        Run run = check("--probe-results", facts.toString());

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("holds no results of a probe");
    }

    @Test
    void only_this_host_can_be_tried() throws IOException {
        Path kernel = facts("probe", PROBE.replace("RELEASE", "6.1.0"));
        Run directory = check("--probe", "--source", temp.toString());
        Run both = check("--probe", "--probe-results", kernel.toString());

        assertThat(directory.exit()).isEqualTo(2);
        assertThat(directory.err()).contains("--probe tries this very host");
        assertThat(both.exit()).isEqualTo(2);
        assertThat(both.err()).contains("exclude each other");
    }

    @Test
    void the_knowledge_of_kernels_may_name_any_try_and_no_other() throws IOException {
        JsonNode schema =
                JSON.readTree(Files.readString(Run.HOME.resolve("rules/schema/kernel-knowledge.schema.json")));
        List<String> allowed = new ArrayList<>();
        schema.at("/$defs/try/enum").forEach(label -> allowed.add(label.asText()));

        assertThat(allowed)
                .containsExactlyInAnyOrderElementsOf(KernelProbe.labels().stream()
                        .filter(label -> !label.equals("sctp-sockets"))
                        .toList());
    }

    private static final String PROBE = "\"kernel.release\", \"state\": \"known\", \"value\": \"RELEASE\"}, {\"fact\":"
            + " \"kernel.probe\", \"state\": \"known\", \"value\": {\"device-ipip\": [\"fails: Error: Unknown device"
            + " type.\", 0, \"ip link add\"], \"match-u32\": \"works\", \"sctp-protocol\": \"open: not loaded\"}";

    private Path facts(String name, String fact) throws IOException {
        return Files.writeString(temp.resolve(name + ".json"), """
                {"schema": "calico-preflight/facts/1", "host": {"source": "live"},
                 "collectedAt": "2026-01-01T00:00:00Z", "facts": [{"fact": %s, "origin": "test"}]}
                """.formatted(fact));
    }

    private static void assumeProbe() {
        assumeTrue(ProbeNamespace.isRoot(), "run the tests as root to see this one");
        Run run = Run.of("probe", "kernel");
        assumeTrue(
                run.exit() == 0,
                "run the tests where a network namespace can be made, with util-linux installed: " + run.err());
    }

    private static Run check(String... options) {
        List<String> all = new ArrayList<>(List.of("check", "-o", "json"));
        all.addAll(TARGET);
        all.addAll(List.of(options));
        return Run.of(all.toArray(String[]::new));
    }

    /** The outcomes of the kernel's findings. */
    private static Map<String, String> outcomes(Run run) throws IOException {
        Map<String, String> outcomes = new TreeMap<>();
        for (JsonNode finding : JSON.readTree(run.out()).path("findings")) {
            String id = finding.path("id").asText();
            if (id.startsWith("kernel-")) {
                outcomes.put(id, finding.path("outcome").asText());
            }
        }
        assertThat(outcomes).as(run.err()).isNotEmpty();
        return outcomes;
    }

    private static JsonNode factOf(JsonNode document, String name) {
        for (JsonNode fact : document.path("facts")) {
            if (fact.path("fact").asText().equals(name)) {
                return fact;
            }
        }
        throw new AssertionError("no fact " + name);
    }
}
