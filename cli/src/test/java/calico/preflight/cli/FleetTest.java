package calico.preflight.cli;

import static calico.preflight.cli.FleetHosts.fleet;
import static calico.preflight.cli.FleetHosts.host;
import static calico.preflight.cli.FleetHosts.mixedFleet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private static String withoutDigest(String text) {
        return text.replaceAll("sha256:[0-9a-f]+", "sha256:-");
    }

    @Test
    void a_mixed_fleet_is_summed_up_for_a_person() throws IOException {
        Run run = fleet("", mixedFleet().toString());

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().filter(line -> !line.contains("https://")))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        Golden.assertMatches("fleet.txt", withoutDigest(run.out()));
    }

    @Test
    void a_mixed_fleet_is_summed_up_as_one_document() throws IOException {
        Run run = fleet("", "-o", "json", mixedFleet().toString());

        assertThat(run.exit()).isEqualTo(3);
        Golden.assertMatches("fleet.json", withoutDigest(run.out()));
    }

    @Test
    void each_host_has_a_line_in_the_order_of_the_input_and_the_summary_the_last() throws IOException {
        List<JsonNode> lines = documents(fleet("", "-o", "ndjson", mixedFleet().toString()));

        assertThat(lines)
                .extracting(line -> line.path("host").path("name").asText("-"))
                .startsWith("node1", "node2", "-", "-", "node3", "node2");
        assertThat(lines.subList(0, lines.size() - 1))
                .allSatisfy(line -> assertThat(line.path("schema").asText()).isEqualTo("calico-preflight/report/1"));
        assertThat(lines.get(lines.size() - 1).path("schema").asText()).isEqualTo("calico-preflight/fleet/1");
        assertThat(lines.stream().filter(line -> line.path("unreadable").isTextual()))
                .hasSize(4)
                .allSatisfy(line -> assertThat(line.path("outcome").asText()).isEqualTo("UNKNOWN"));
    }

    @Test
    void a_host_of_a_fleet_has_the_report_that_a_check_of_it_gives() throws IOException {
        String node = host("node1", "10.0.0.1", "6.1.0-50-amd64");
        Path file = Files.writeString(folder.resolve("node1.json"), node);

        JsonNode check = JSON.readTree(
                Run.of("check", "--calico", "3.16", "--platform", "openstack", "--facts", file.toString(), "-o", "json")
                        .out());

        assertThat(documents(fleet(node, "-o", "ndjson", "-")).get(0)).isEqualTo(check);
    }

    @Test
    void archives_are_hosts_and_hosts_that_ssh_does_not_reach_are_told_with_the_reason() throws IOException {
        String capture = folder.resolve("node7.tar.gz").toString();
        Run.of("collect", "--capture", capture);
        Files.writeString(folder.resolve("damaged.tgz"), "no archive");
        Path hosts = Files.writeString(folder.resolve("hosts.txt"), "# all of them\n\n127.0.0.1:9\n");

        List<JsonNode> lines = documents(
                fleet("", "-o", "ndjson", "--hosts", hosts.toString(), "--ssh-config", "none", folder.toString()));

        assertThat(lines).hasSize(4);
        assertThat(lines.get(0).path("unreadable").isTextual()).isTrue();
        assertThat(lines.get(1).path("host").path("source").asText()).isEqualTo("capture:" + capture);
        assertThat(lines.get(2).path("unreadable").asText()).isNotBlank();
    }

    @Test
    void a_line_that_is_no_host_is_named() throws IOException {
        Path hosts = Files.writeString(folder.resolve("hosts.txt"), "node1\n-oProxyCommand=touch\n");

        Run run = fleet("", "--hosts", hosts.toString());

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains(hosts + ":2: is not of the form ssh://[user@]host[:port]");
    }

    @Test
    void documents_of_many_lines_may_follow_each_other() throws IOException {
        String pretty = JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsString(JSON.readTree(host("node1", "10.0.0.1", "6.1.0")));

        List<JsonNode> lines =
                documents(fleet(pretty + "\n" + pretty.replace("node1", "node2") + "\n", "-o", "ndjson", "-"));

        assertThat(lines).hasSize(3).noneMatch(line -> line.has("unreadable"));
    }

    @Test
    void hundreds_of_hosts_damaged_at_random_cost_no_other_host_anything() throws IOException {
        Random random = new Random(20261124);
        for (int round = 0; round < 6; round++) {
            StringBuilder fleet = new StringBuilder();
            List<String> sound = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                String name = "round" + round + "-host" + i;
                byte[] host =
                        host(name, "10.0." + round + "." + i, "6.1.0-50-amd64").getBytes(StandardCharsets.UTF_8);
                if (random.nextInt(4) == 0) {
                    host = Arrays.copyOf(host, 1 + random.nextInt(host.length - 1));
                } else {
                    sound.add(name);
                }
                fleet.append(new String(host, StandardCharsets.UTF_8)).append('\n');
            }

            List<JsonNode> lines = documents(fleet(fleet.toString(), "-o", "ndjson", "-"));

            assertThat(lines.stream()
                            .filter(line -> !line.has("unreadable") && line.has("host"))
                            .map(line -> line.path("host").path("name").asText()))
                    .containsExactlyElementsOf(sound);
        }
    }

    @Test
    void an_unreadable_host_is_unknown_for_the_exit_code_unless_everything_may_be() {
        assertThat(fleet("garbage\n", "-").exit()).isEqualTo(5);
        assertThat(fleet("garbage\n", "--allow-unknown=network", "-").exit()).isEqualTo(5);
        assertThat(fleet("garbage\n", "-", "--allow-unknown").exit()).isZero();
    }

    @Test
    void nothing_to_read_and_a_platform_that_is_not_said_are_wrong_use() {
        assertThat(fleet("", "-").exit()).isEqualTo(2);
        assertThat(fleet("").exit()).isEqualTo(2);
        assertThat(fleet("", folder.resolve("nowhere").toString()).err()).contains("no such file or directory");
        assertThat(Run.of("fleet", "--calico", "3.16", folder.toString()).err())
                .contains("say which is meant: --platform");
    }

    @Test
    void a_file_is_written_whole_or_not_at_all() throws IOException {
        Path result = folder.resolve("result.ndjson");

        Run run = fleet(
                host("node1", "10.0.0.1", "6.1.0") + "\n", "-o", "ndjson", "--output-file", result.toString(), "-");

        assertThat(run.out()).isEmpty();
        assertThat(Files.readAllLines(result)).hasSize(2);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(result);
        }
    }

    private static List<JsonNode> documents(Run run) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        for (String line : run.out().lines().toList()) {
            documents.add(JSON.readTree(line));
        }
        return documents;
    }
}
