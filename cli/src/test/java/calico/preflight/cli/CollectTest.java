package calico.preflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private static Map<String, String> outcomes(String... host) throws Exception {
        String[] arguments = new String[host.length + 7];
        System.arraycopy(
                new String[] {"check", "--calico", "3.16", "--platform", "openstack", "-o", "json"},
                0,
                arguments,
                0,
                7);
        System.arraycopy(host, 0, arguments, 7, host.length);
        Map<String, String> outcomes = new TreeMap<>();
        for (JsonNode finding : JSON.readTree(Run.of(arguments).out()).path("findings")) {
            outcomes.put(finding.path("id").asText(), finding.path("outcome").asText());
        }
        assertThat(outcomes).hasSizeGreaterThan(20);
        return outcomes;
    }

    @Test
    void a_capture_redacted_or_not_gives_the_verdicts_of_the_host() throws Exception {
        String capture = directory.resolve("host.tar.gz").toString();
        String redacted = directory.resolve("redacted.tar.gz").toString();
        String facts = directory.resolve("facts.json").toString();
        assertThat(Run.of("collect", "--capture", capture)).isEqualTo(new Run(0, "", ""));
        assertThat(Run.of("collect", "--source", capture, "--capture", redacted, "--redact")
                        .exit())
                .isZero();
        assertThat(Run.of("collect", "--source", capture, "--redact", "--output-file", facts)
                        .exit())
                .isZero();

        Map<String, String> live = outcomes();
        assertThat(outcomes("--source", capture)).isEqualTo(live);
        assertThat(outcomes("--source", redacted)).isEqualTo(live);
        assertThat(outcomes("--facts", facts)).isEqualTo(live);

        JsonNode report = JSON.readTree(Run.of("check", "--platform", "host", "-o", "json", "--source", capture)
                .out());
        assertThat(report.path("host").path("source").asText()).isEqualTo("capture:" + capture);
    }

    @Test
    void hosts_on_lines_of_one_file_are_judged_as_those_in_files_of_their_own() throws Exception {
        Path lines = directory.resolve("hosts.ndjson");
        for (String name : List.of("node1", "node2")) {
            Path etc = Files.createDirectories(directory.resolve(name + "/etc"));
            Files.writeString(etc.resolve("hostname"), name + "\n");
            Run run = Run.of("collect", "--source", directory.resolve(name).toString(), "-o", "ndjson");
            assertThat(run.exit()).isZero();
            assertThat(run.out().lines()).hasSize(1);
            Run file = Run.of("collect", "--source", directory.resolve(name).toString());
            assertThat(withoutTime(run.out())).isEqualTo(withoutTime(file.out()));
            Files.writeString(lines, run.out(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        Run fleet = Run.of("fleet", "--calico", "3.16", "--platform", "host", "-o", "ndjson", lines.toString());
        assertThat(fleet.out().lines().limit(2))
                .extracting(
                        line -> JSON.readTree(line).path("host").path("name").asText())
                .containsExactly("node1", "node2");
    }

    private static JsonNode withoutTime(String facts) throws Exception {
        return ((ObjectNode) JSON.readTree(facts)).without("collectedAt");
    }

    @Test
    void the_script_is_printed_to_be_carried() {
        assertThat(Run.of("collect", "--print-script").out())
                .startsWith("#!/bin/sh\n")
                .endsWith("main \"$@\"\n")
                .doesNotContain("@project.version@");
    }

    @Test
    void files_need_no_capture() {
        Run run = Run.of("collect", "--source", directory.toString(), "--capture", directory + "/x");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .contains("--capture and --redact need a running host (live, ssh://HOST) or a capture; " + directory
                        + " is files already");
    }

    @Test
    void a_source_that_cannot_be_used_is_named_with_the_reason() throws Exception {
        Path broken = directory.resolve("broken.tar.gz");
        String capture = directory.resolve("host.tar.gz").toString();
        assertThat(Run.of("collect", "--capture", capture).exit()).isZero();
        byte[] whole = Files.readAllBytes(Path.of(capture));
        Files.write(broken, Arrays.copyOf(whole, whole.length / 2));

        Run run = Run.of("check", "--platform", "host", "--source", broken.toString());
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("--source " + broken + ": is damaged or cut off after entry ");

        Run ssh = Run.of("check", "--platform", "host", "--source", "ssh://-oProxyCommand=id");
        assertThat(ssh.exit()).isEqualTo(2);
        assertThat(ssh.err()).contains("is not of the form ssh://[user@]host[:port]");
    }
}
