package calico.preflight.engine;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Encapsulation;
import calico.preflight.catalog.target.IpFamily;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.target.Target;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The page with which it all began: each of its lines is a requirement of the pack, or states nothing. */
class SeedPageTest {

    private static final JsonNode PAGE = page();

    @Test
    void every_line_of_the_page_is_accounted_for() {
        TreeSet<Integer> lines = new TreeSet<>();
        for (String list : new String[] {"states", "defaults", "statesNothing"}) {
            PAGE.path(list).forEach(entry -> entry.path("lines").forEach(line -> lines.add(line.asInt())));
        }

        assertThat(lines)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, PAGE.path("lineCount").asInt())
                                .boxed()
                                .toList());
    }

    @Test
    void every_statement_of_the_page_is_a_requirement_of_the_pack() throws Exception {
        List<String> ids = requirements().stream().map(Requirement::id).toList();

        assertThat(PAGE.path("states")).isNotEmpty().allSatisfy(statement -> assertThat(ids)
                .as(statement.path("says").asText())
                .contains(statement.path("requirement").asText()));
    }

    @Test
    void the_statements_without_a_condition_hold_for_the_default_target() throws Exception {
        Target target = TestPack.target(Platform.OPENSTACK, Encapsulation.IPIP, IpFamily.DUAL);
        List<String> holding = requirements().stream()
                .filter(requirement -> requirement.holdsFor(target))
                .map(Requirement::id)
                .toList();

        assertThat(PAGE.path("states"))
                .filteredOn(statement -> statement.path("target").isMissingNode())
                .allSatisfy(statement -> assertThat(holding)
                        .as(statement.path("says").asText())
                        .contains(statement.path("requirement").asText()));
    }

    private static List<Requirement> requirements() throws Exception {
        return TestPack.catalog()
                .resolve(CalicoVersion.parse("3.16").orElseThrow(), Platform.OPENSTACK)
                .requirements();
    }

    private static JsonNode page() {
        try (InputStream page = SeedPageTest.class.getResourceAsStream("/seed-page-v3.16-openstack.yaml")) {
            return new YAMLMapper().readTree(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
