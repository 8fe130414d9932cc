package calico.preflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kernel without loadable modules, of which nothing but {@code /proc/config.gz} tells: each name is settled by it. */
class MonolithicGuestTest {

    private static final Path FIXTURE = Path.of("src/test/resources/hosts/monolithic-guest");

    @TempDir
    private Path root;

    @BeforeEach
    void packTheConfiguration() throws IOException {
        Files.createDirectories(root.resolve("proc/sys/kernel"));
        Files.createDirectories(root.resolve("etc"));
        for (String file : new String[] {"etc/os-release", "proc/sys/kernel/osrelease"}) {
            Files.copy(FIXTURE.resolve(file), root.resolve(file));
        }
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(root.resolve("proc/config.gz")))) {
            Files.copy(FIXTURE.resolve("config"), packed);
        }
    }

    @Test
    void each_of_the_22_modules_has_the_right_verdict() throws IOException {
        Map<String, String> outcomes = new TreeMap<>();
        for (JsonNode finding : findings()) {
            if (finding.path("kind").asText().equals("kernel-module")) {
                outcomes.put(
                        finding.path("id").asText().substring("kernel-module/".length()),
                        finding.path("outcome").asText());
            }
        }

        assertThat(outcomes)
                .hasSize(22)
                .containsEntry("sctp", "FAIL")
                .containsEntry("xt_ipvs", "FAIL")
                .containsEntry("ipip", "FAIL");
        outcomes.keySet().removeAll(Set.of("sctp", "xt_ipvs", "ipip"));
        assertThat(outcomes)
                .allSatisfy((name, outcome) -> assertThat(outcome).as(name).isEqualTo("PASS"));
    }

    @Test
    void the_evidence_is_the_line_of_the_configuration() throws IOException {
        JsonNode ipip = Stream.of(findings())
                .flatMap(list ->
                        Stream.iterate(0, i -> i < list.size(), i -> i + 1).map(list::get))
                .filter(finding -> finding.path("id").asText().equals("kernel-module/ipip"))
                .findFirst()
                .orElseThrow();
        int line = Files.readAllLines(FIXTURE.resolve("config")).indexOf("# CONFIG_NET_IPIP is not set") + 1;

        assertThat(ipip.at("/evidence/0/fact").asText()).isEqualTo("kernel.config.CONFIG_NET_IPIP");
        assertThat(ipip.at("/evidence/0/value").asText()).isEqualTo("not set");
        assertThat(ipip.at("/evidence/0/origin").asText()).isEqualTo("/proc/config.gz:" + line);
    }

    private JsonNode findings() throws IOException {
        Run run = Run.of(
                "check",
                "--source",
                root.toString(),
                "--calico=3.16",
                "--platform=openstack",
                "--ip-family=dual",
                "-ojson");
        assertThat(run.exit()).isEqualTo(3);
        return new ObjectMapper().readTree(run.out()).path("findings");
    }
}
