package calico.preflight.catalog.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.RulesOnDisk;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Platform;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackTestsTest {

    private static final String CASES = """
            schema: calico-preflight/pack-test/1
            pack: calico-3.16
            cases:
              - name: an old kernel
                target: {platform: openstack, calico: "3.16.2", encapsulation: ipip, role: [node, typha], typha: true}
                facts:
                  kernel.release: "3.9.0"
                  kernel.modules.files: {ip_set: kernel/net/netfilter/ipset/ip_set.ko}
                  privilege.uid: 0
                  some.fact: {absent: true}
                  other.fact: {unknown: "permission denied"}
                expect: {kernel-version: FAIL}
            """;

    @TempDir
    private Path directory;

    @Test
    void a_case_has_its_place_its_target_its_facts_and_what_is_expected() throws InvalidRulesException {
        var rules = RulesOnDisk.own(directory).with("packs/calico-3.16.test.yaml", CASES);
        PackTests tests = rules.catalog().tests().get(0);
        assertThat(tests.pack()).isEqualTo("calico-3.16");
        PackTests.PackTestCase test = tests.cases().get(0);
        assertThat(test.name()).isEqualTo("an old kernel");
        assertThat(test.line()).isEqualTo(4);
        assertThat(test.version()).contains(new CalicoVersion(3, 16, 2));
        assertThat(test.platform()).isEqualTo(Platform.OPENSTACK);
        assertThat(test.target())
                .isEqualTo(Map.of(
                        "encapsulation", List.of("ipip"), "role", List.of("node", "typha"), "typha", List.of("true")));
        assertThat(test.facts())
                .containsOnlyKeys("kernel.release", "kernel.modules.files", "privilege.uid", "some.fact", "other.fact");
        assertThat(test.expect()).isEqualTo(Map.of("kernel-version", "FAIL"));
    }

    @Test
    void an_outcome_that_is_none_is_refused() {
        var rules = RulesOnDisk.own(directory).with("packs/calico-3.16.test.yaml", CASES.replace("FAIL", "FIAL"));
        assertThatThrownBy(() -> rules.catalog().tests())
                .hasMessageContaining(
                        "calico-3.16.test.yaml:12:30: \"kernel-version\" must not be \"FIAL\"; allowed: FAIL,"
                                + " NOT_APPLICABLE, PASS, UNKNOWN, WARN. Did you mean \"FAIL\"?");
    }
}
