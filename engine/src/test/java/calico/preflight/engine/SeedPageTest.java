package calico.preflight.engine;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Encapsulation;
import calico.preflight.catalog.target.IpFamily;
import calico.preflight.catalog.target.Platform;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
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
        Map<String, Requirement> requirements = TestPack.catalog()
                .resolve(CalicoVersion.parse("3.16").orElseThrow(), Platform.OPENSTACK)
                .requirements()
                .stream()
                .collect(Collectors.toMap(Requirement::id, Function.identity()));

        assertThat(PAGE.path("states")).isNotEmpty().allSatisfy(statement -> assertThat(requirements)
                .as(statement.path("says").asText())
                .containsKey(statement.path("requirement").asText()));
    }

    @Test
    void the_statements_without_a_condition_hold_for_the_default_target() throws Exception {
        Map<String, Requirement> requirements = TestPack.catalog()
                .resolve(CalicoVersion.parse("3.16").orElseThrow(), Platform.OPENSTACK)
                .requirements()
                .stream()
                .collect(Collectors.toMap(Requirement::id, Function.identity()));

        assertThat(PAGE.path("states"))
                .filteredOn(statement -> statement.path("target").isMissingNode())
                .allSatisfy(statement -> assertThat(requirements
                                .get(statement.path("requirement").asText())
                                .holdsFor(TestPack.target(Platform.OPENSTACK, Encapsulation.IPIP, IpFamily.DUAL)))
                        .as(statement.path("says").asText())
                        .isTrue());
    }

    private static JsonNode page() {
        try (InputStream page = SeedPageTest.class.getResourceAsStream("/seed-page-v3.16-openstack.yaml")) {
            return new YAMLMapper().readTree(page);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
