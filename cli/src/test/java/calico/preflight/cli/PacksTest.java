package calico.preflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PacksTest {

    @Test
    void the_packs_are_listed() throws IOException {
        JsonNode list = new ObjectMapper()
                .readTree(Run.of("packs", "list", "-o", "json").out());

        assertThat(list.path("schema").asText()).isEqualTo("calico-preflight/packs/1");
        assertThat(list.path("packs").findValuesAsText("id")).contains("calico-3.16");
        assertThat(Run.of("packs", "list").out()).contains("calico-3.16");
    }

    @Test
    void a_pack_is_shown_with_every_requirement_and_its_condition() throws IOException {
        Run run = Run.of("packs", "show", "calico-3.16", "--platform", "openstack", "-o", "json");

        JsonNode pack = new ObjectMapper().readTree(run.out());
        assertThat(pack.path("schema").asText()).isEqualTo("calico-preflight/pack/1");
        assertThat(pack.path("platform").asText()).isEqualTo("openstack");
        JsonNode kernel = requirement(pack, "kernel-version");
        assertThat(kernel.at("/parameters/minimum").asText()).isEqualTo("3.10");
        assertThat(kernel.at("/parameters/minimum").isTextual()).isTrue();
        assertThat(requirement(pack, "kernel-module/ip6_tables").at("/appliesTo/ipFamily"))
                .hasSize(2);
    }

    @Test
    void further_options_leave_only_what_applies() throws IOException {
        Run run = Run.of("packs", "show", "calico-3.16", "--platform=openstack", "--ip-family=ipv4", "-o", "json");

        JsonNode pack = new ObjectMapper().readTree(run.out());
        assertThat(requirement(pack, "kernel-version").isMissingNode()).isFalse();
        assertThat(requirement(pack, "kernel-module/ip6_tables").isMissingNode())
                .isTrue();
    }

    @Test
    void the_practical_profile_shows_every_requirement_and_marks_what_advisories_add_and_amend() throws IOException {
        String[] show = {"packs", "show", "calico-3.16", "--platform=openstack", "-o", "json", "--profile=practical"};

        JsonNode pack = new ObjectMapper().readTree(Run.of(show).out());

        assertThat(requirement(pack, "interface-management/tap*")
                        .path("addedBy")
                        .asText())
                .isEqualTo("KI-openstack-tap");
        assertThat(requirement(pack, "kernel-module/xt_u32").at("/amendedBy/0").asText())
                .isEqualTo("KI-xt-u32");
        assertThat(requirement(pack, "kernel-module/ip6_tables").isMissingNode())
                .isFalse();
    }

    @Test
    void a_pack_that_is_not_there_is_met_with_a_suggestion() {
        Run run = Run.of("packs", "show", "calico-3.61", "--platform", "openstack");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("there is no pack \"calico-3.61\"").contains("Did you mean \"calico-3.");
    }

    @Test
    void the_shipped_rules_hold_and_their_cases_pass() {
        Run lint = Run.of("packs", "lint");
        Run test = Run.of("packs", "test");

        assertThat(lint.out()).isEqualTo("nothing is wrong with the rules\n");
        assertThat(lint.exit()).isZero();
        assertThat(test.out()).matches("[1-9]\\d* cases, 0 failed\\n");
        assertThat(test.exit()).isZero();
    }

    @Test
    void a_case_that_fails_is_named_with_its_place_and_the_reason(@TempDir Path folder) throws IOException {
        Path rules = CheckTest.copyOfRules(folder);
        CheckTest.edit(rules.resolve("packs/calico-3.1.yaml"), "minimum: \"3.10\"", "minimum: \"9.10\"");

        Run run = Run.of("packs", "test", "--only-rules", "--allow-drl", "--rules", rules.toString());

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.out())
                .containsPattern("calico-3\\.16\\.test\\.yaml:\\d+: ")
                .containsPattern("  kernel-version: expected PASS, but it is FAIL: .*9\\.10");
    }

    @Test
    void mistakes_in_yaml_and_in_inference_rules_are_told_together(@TempDir Path folder) throws IOException {
        Path rules = CheckTest.copyOfRules(folder);
        CheckTest.edit(rules.resolve("packs/calico-3.32.yaml"), "  - id: ", "  - di: ");
        CheckTest.edit(rules.resolve("inference/kernel.drl"), "insert(new Choice($id));", "insert(new Chioce($id));");

        Run run = Run.of("packs", "lint", "--only-rules", "--allow-drl", "--rules", rules.toString());

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out())
                .contains("calico-3.32.yaml:", "unknown key \"di\"")
                .contains("kernel.drl:", "\"Chioce\" is not a type that can stand here", "Did you mean \"Choice\"?");
    }

    @Test
    void it_is_said_which_requirements_no_case_is_about(@TempDir Path folder) throws IOException {
        Chain chain = Chain.in(folder).with("packs/calico-9.1.test.yaml", """
                schema: calico-preflight/pack-test/1
                pack: calico-9.1
                cases:
                  - name: a new kernel without u32
                    target: {platform: openstack}
                    facts:
                      kernel.release: 6.1.0-50-amd64
                      kernel.modules.files: {ip_set: ip_set.ko}
                      kernel.modules.builtin: {unix: unix.ko}
                    expect: {kernel-version: PASS, kernel-module/xt_u32: FAIL}
                  - name: a kernel that is too old
                    target: {platform: openstack}
                    facts: {kernel.release: 2.6.32}
                    expect: {kernel-version: FAIL, kernel-module/xt_u32: UNKNOWN}
                  - name: a kernel that cannot be seen
                    target: {platform: openstack}
                    facts: {kernel.release: {unknown: it was not collected}}
                    expect: {kernel-version: UNKNOWN}
                """);
        String rules = chain.folder().toString();

        Run run = Run.of(
                "packs",
                "test",
                "--coverage",
                "--rules",
                rules,
                folder.resolve("packs/calico-9.1.test.yaml").toString());

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .startsWith("5 requirements, 4 without a case for an outcome that they can have:\n")
                .contains("\n  kernel-module/xt_u32: no PASS\n", "\n  port/bgp: no PASS, no FAIL, no UNKNOWN\n")
                .doesNotContain("kernel-version:")
                .endsWith("\n3 cases, 0 failed\n");
    }

    @Test
    void a_case_for_what_was_removed_is_told_which_pack_removed_it(@TempDir Path folder) {
        Chain chain = Chain.in(folder).with("packs/calico-9.2.test.yaml", """
                schema: calico-preflight/pack-test/1
                pack: calico-9.2
                cases:
                  - name: a kernel without u32
                    target: {platform: openstack}
                    facts: {}
                    expect: {kernel-module/xt_u32: UNKNOWN}
                """);

        Run run = Run.of("packs", "lint", "--rules", chain.folder().toString());

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).contains("the requirement \"kernel-module/xt_u32\" was removed by calico-9.2: ");
    }

    @Test
    void only_the_files_that_are_named_are_tested() {
        String file = Run.HOME.resolve("rules/packs/calico-3.16.test.yaml").toString();

        assertThat(Run.of("packs", "test", file).exit()).isZero();
        assertThat(Run.of("packs", "test", "no-such.test.yaml").exit()).isEqualTo(2);
    }

    private static JsonNode requirement(JsonNode pack, String id) {
        for (JsonNode requirement : pack.path("requirements")) {
            if (requirement.path("id").asText().equals(id)) {
                return requirement;
            }
        }
        return new ObjectMapper().missingNode();
    }
}
