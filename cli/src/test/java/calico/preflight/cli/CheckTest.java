package calico.preflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From arguments to a report, with the rules that ship. */
class CheckTest {

    private static final String FACTS = """
            {"schema": "calico-preflight/facts/1",
             "host": {"name": "node1", "source": "live"},
             "collectedAt": "2026-01-01T00:00:00Z",
             "facts": [
              {"fact": "host.name", "state": "known", "value": "node1", "origin": "/etc/hostname:1"},
              {"fact": "host.architecture", "state": "known", "value": "x86_64", "origin": "/proc/sys/kernel/arch:1"},
              {"fact": "kernel.release", "state": "known", "value": "RELEASE", "origin": "/proc/sys/kernel/osrelease:1"},
              {"fact": "openstack.packages", "state": "known", "value": {"nova-compute": "21.2.4"},
               "origin": "/var/lib/dpkg/status"},
              {"fact": "kubernetes.kubelet", "state": "absent", "origin": "/usr/bin/kubelet"}]}
            """;

    private static String facts(String release) {
        return FACTS.replace("RELEASE", release);
    }

    @Test
    void the_report_has_the_target_with_the_documented_defaults_and_the_detected_platform() throws IOException {
        Run run = check(facts("5.4.0-42-generic"), "--calico", "v3.16", "-o", "json");

        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(run.err()).isEmpty();
        assertThat(names(report))
                .containsExactly(
                        "schema",
                        "tool",
                        "collectedAt",
                        "target",
                        "pack",
                        "host",
                        "outcome",
                        "summary",
                        "allowedUnknown",
                        "findings");
        assertThat(report.path("schema").asText()).isEqualTo("calico-preflight/report/1");
        assertThat(report.at("/target/calico").asText()).isEqualTo("3.16");
        assertThat(report.at("/target/platform").asText()).isEqualTo("openstack");
        assertThat(report.at("/target/datastore").asText()).isEqualTo("etcd");
        assertThat(report.at("/target/kubeProxy").isNull()).isTrue();
        assertThat(report.at("/host/name").asText()).isEqualTo("node1");
        assertThat(report.at("/host/source").asText()).isEqualTo("live");
        assertThat(report.path("collectedAt").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(outcome(report, "kernel-version")).isEqualTo("PASS");
        assertThat(outcome(report, "kernel-module/ip_set")).isEqualTo("UNKNOWN");
        assertThat(outcome(report, "port/typha")).isEqualTo("NOT_APPLICABLE");
        assertThat(run.exit()).isEqualTo(5);
    }

    @Test
    void an_old_kernel_fails() throws IOException {
        Run run = check(facts("3.2.0-4-amd64"), "--calico", "3.16", "-o", "json");

        assertThat(outcome(new ObjectMapper().readTree(run.out()), "kernel-version"))
                .isEqualTo("FAIL");
        assertThat(run.exit()).isEqualTo(3);
    }

    @Test
    void the_same_facts_give_the_same_bytes() {
        assertThat(check(facts("5.4.0"), "-o", "json").out())
                .isEqualTo(check(facts("5.4.0"), "-o", "json").out());
    }

    @Test
    void what_is_unknown_can_be_allowed() {
        Run run = check(facts("6.1.0"), "--allow-unknown", "-q");

        assertThat(run.exit()).isZero();
        assertThat(run.out().lines()).hasSize(1);
        assertThat(run.out()).contains("allowed to be unknown (anything)");
        assertThat(check(facts("6.1.0"), "--allow-unknown", "--fail-on=warn").exit())
                .isIn(0, 4);
        assertThat(check(facts("3.2.0"), "--allow-unknown").exit()).isEqualTo(3);
    }

    @Test
    void a_platform_that_the_host_does_not_show_is_asked_for() {
        Run run = check(facts("5.4.0").replace("nova-compute", "").replace("\"\": \"21.2.4\"", ""));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("the host shows no platform").contains("--platform kubernetes, openshift");
    }

    @Test
    void the_verdict_is_the_last_line_and_nothing_else_goes_to_standard_output() {
        Run run = check(facts("6.1.0"));

        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().reduce((first, second) -> second).orElse(""))
                .startsWith("UNKNOWN: ")
                .contains("ports need probe");
        assertThat(run.out()).doesNotContain("\u001b");
    }

    @Test
    void there_is_colour_on_a_terminal_unless_no_color_is_set() {
        String[] args = {"check", "--facts", "-"};

        assertThat(Run.in(Map.of(), facts("5.4.0"), true, args).out()).contains("\u001b[");
        assertThat(Run.in(Map.of("NO_COLOR", "1"), facts("5.4.0"), true, args).out())
                .doesNotContain("\u001b");
    }

    @Test
    void outside_utf_8_the_text_is_ascii() {
        Run run = Run.in(Map.of("LANG", "C"), facts("3.2.0"), "check", "--facts", "-");

        assertThat(run.out()).contains("x FAIL kernel-version");
        assertThat(run.out().chars()).allMatch(character -> character < 0x80);
    }

    @Test
    void a_report_goes_into_a_file_as_a_whole(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("report.json");
        Files.writeString(file, "older");

        Run run = check(facts("5.4.0"), "-o", "json", "--output-file", file.toString());

        assertThat(run.out()).isEmpty();
        assertThat(Files.readString(file))
                .isEqualTo(check(facts("5.4.0"), "-o", "json").out());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void facts_that_are_none_are_refused_with_their_place() {
        Run run = check("{\"schema\": \"calico-preflight/facts/1\", \"facts\": 3}");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("standard input:1:");
    }

    @Test
    void a_finding_is_explained() {
        Run run = Run.in(Map.of(), facts("3.2.0"), "explain", "kernel-version", "--calico", "3.16", "--facts", "-");

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains("FAIL kernel-version", "3.2.0", "/proc/sys/kernel/osrelease:1", "rules", "asked by", "fix");
    }

    @Test
    void an_id_that_is_not_there_is_met_with_a_suggestion() {
        Run run = Run.in(Map.of(), facts("3.2.0"), "explain", "kernel-versoin", "--facts", "-");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("Did you mean \"kernel-version\"?");
    }

    @Test
    void an_edited_threshold_takes_effect(@TempDir Path folder) throws IOException {
        Path rules = copyOfRules(folder);
        edit(rules.resolve("packs/calico-3.1.yaml"), "minimum: \"3.10\"", "minimum: \"9.10\"");

        Run run = Run.in(
                Map.of("CALICO_PREFLIGHT_RULES", rules.toString()),
                facts("5.4.0"),
                "check",
                "--calico",
                "3.16",
                "--only-rules",
                "--allow-drl",
                "--facts",
                "-",
                "-o",
                "json");

        assertThat(outcome(new ObjectMapper().readTree(run.out()), "kernel-version"))
                .isEqualTo("FAIL");
    }

    @Test
    void a_broken_pack_is_refused_with_its_place(@TempDir Path folder) throws IOException {
        Path rules = copyOfRules(folder);
        edit(rules.resolve("packs/calico-3.0.yaml"), "kind: kernel-version", "kind: kernel-versoin");

        Run check = check(facts("5.4.0"), "--calico", "3.16", "--only-rules", "--rules", rules.toString());
        Run lint = Run.of("packs", "lint", "--only-rules", "--rules", rules.toString());

        assertThat(check.exit()).isEqualTo(2);
        assertThat(check.out()).isEmpty();
        assertThat(check.err())
                .containsPattern("calico-3\\.0\\.yaml:\\d+:\\d+: ")
                .contains("Did you mean \"kernel-version\"?");
        assertThat(lint.exit()).isEqualTo(2);
        assertThat(lint.out()).containsPattern("calico-3\\.0\\.yaml:\\d+:\\d+: ");
    }

    @Test
    void rules_from_elsewhere_do_not_run_unasked(@TempDir Path folder) throws IOException {
        Path rules = copyOfRules(folder);

        Run run = check(facts("5.4.0"), "--calico", "3.16", "--only-rules", "--rules", rules.toString());

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("--allow-drl");
    }

    @Test
    void ranges_that_are_only_planned_are_judged_too(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("packs"));
        Files.writeString(folder.resolve("packs/calico-99.1.yaml"), """
                schema: calico-preflight/rule-pack/1
                id: calico-99.1
                calico: "99.1"
                extends: calico-3.16
                requirements:
                  - id: planned-ranges
                    kind: address-ranges
                    level: must
                    settledBy: host
                    title: Ranges apart from each other
                    parameters: {}
                    source: {document: requirements, section: IP pool configuration}
                    remedy: Choose other ranges.
                """);
        String[] args = {"--calico", "99.1", "--rules", folder.toString(), "-o", "json", "--pod-cidr"};

        Run run = check(
                facts("5.4.0"), with(new String[] {"10.0.0.0/8,fd00::/64", "--service-cidr", "10.96.0.0/12"}, args));
        Run open = check(facts("5.4.0"), with(new String[] {"10.0.0.0/16"}, args));

        JsonNode finding = finding(new ObjectMapper().readTree(run.out()), "planned-ranges");
        assertThat(finding.path("outcome").asText()).isEqualTo("FAIL");
        assertThat(finding.path("reason").asText())
                .isEqualTo("the pod range 10.0.0.0/8 overlaps with the service range 10.96.0.0/12");
        assertThat(finding.path("evidence").findValuesAsText("origin"))
                .containsExactlyInAnyOrder("--pod-cidr", "--service-cidr");
        assertThat(finding(new ObjectMapper().readTree(open.out()), "planned-ranges")
                        .path("reason")
                        .asText())
                .contains("give it with --service-cidr");
    }

    @Test
    void a_directory_is_a_source(@TempDir Path root) throws IOException {
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/os-release"), "ID=debian\nVERSION_ID=\"12\"\n");

        Run run = Run.of("check", "--source", root.toString(), "--platform", "host", "--calico", "3.16", "-o", "json");

        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(report.at("/host/source").asText()).isEqualTo("directory:" + root);
        assertThat(report.at("/host/distribution").asText()).isEqualTo("debian 12");
        assertThat(report.at("/host/kernelRelease").isNull()).isTrue();
    }

    @Test
    void what_collect_writes_is_what_check_reads(@TempDir Path root) throws IOException {
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/os-release"), "ID=debian\nVERSION_ID=\"12\"\n");
        String[] target = {"--platform", "host", "--calico", "3.16", "-o", "json"};

        Run collected = Run.of("collect", "--source", root.toString());
        Run direct = Run.of(with(target, "check", "--source", root.toString()));
        Run later = Run.in(Map.of(), collected.out(), with(target, "check", "--facts", "-"));

        assertThat(collected.exit()).isZero();
        ObjectMapper mapper = new ObjectMapper();
        assertThat(mapper.readTree(later.out()).path("findings"))
                .isEqualTo(mapper.readTree(direct.out()).path("findings"));
    }

    private static String[] with(String[] more, String... first) {
        return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
    }

    private static Run check(String facts, String... args) {
        return Run.in(Map.of(), facts, with(args, "check", "--facts", "-"));
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode finding(JsonNode report, String id) {
        for (JsonNode finding : report.path("findings")) {
            if (finding.path("id").asText().equals(id)) {
                return finding;
            }
        }
        throw new AssertionError("no finding " + id);
    }

    private static String outcome(JsonNode report, String id) {
        for (JsonNode finding : report.path("findings")) {
            if (finding.path("id").asText().equals(id)) {
                return finding.path("outcome").asText();
            }
        }
        return "none";
    }

    static Path copyOfRules(Path folder) throws IOException {
        Path shipped = Run.HOME.resolve("rules");
        Path copy = folder.resolve("rules");
        try (Stream<Path> files = Files.walk(shipped)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(shipped.relativize(file).toString()));
            }
        }
        return copy;
    }

    static void edit(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }
}
