package calico.preflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrongUseTest {

    @Test
    void a_misspelt_command_is_met_with_a_suggestion() {
        assertRefused("""
                calico-preflight: there is no command "chekc". Did you mean "check"?
                See "calico-preflight --help" for what is allowed.
                """, "chekc");
    }

    @Test
    void a_misspelt_option_is_met_with_a_suggestion() {
        assertRefused("""
                calico-preflight check: there is no option "--platfrom=host". Did you mean "--platform"?
                See "calico-preflight check --help" for what is allowed.
                """, "check", "--platfrom=host");
    }

    @Test
    void a_misspelt_value_is_met_with_a_suggestion() {
        assertRefused("""
                calico-preflight check: Invalid value for option '--platform': "opnstack" is none of kubernetes, \
                openshift, openstack, host. Did you mean "openstack"?
                See "calico-preflight check --help" for what is allowed.
                """, "check", "--platform", "opnstack");
    }

    @Test
    void no_command_at_all_names_those_that_there_are() {
        assertRefused("""
                calico-preflight: a command is missing: check, collect, fleet, matrix, explain, facts, packs, probe, completion.
                See "calico-preflight --help" for what is allowed.
                """);
    }

    @Test
    void a_version_that_is_none_is_refused() {
        Run run = Run.of("check", "--calico", "latest");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("\"latest\" is no version of Calico; give one such as 3.16 or 3.16.5.");
    }

    @Test
    void ranges_that_are_none_are_all_named_with_what_is_allowed() {
        Run run = Run.of(
                "check", "--pod-cidr", "10.244.0.0,10.1.2.3/16", "--service-cidr=kube", "--service-cidr", "fd00::/112");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("--pod-cidr \"10.244.0.0\" is a single address; give a range such as 10.244.0.0/16.")
                .contains("--pod-cidr \"10.1.2.3/16\" does not begin with the first address of a range."
                        + " Did you mean \"10.1.0.0/16\"?")
                .contains("--service-cidr \"kube\" is no range of addresses; give one such as 10.244.0.0/16 or"
                        + " fd00:10:244::/64.")
                .doesNotContain("fd00::/112");
    }

    @Test
    void a_source_that_is_not_there_is_refused() {
        Run run = Run.of("collect", "--source", "/no/such/place");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("--source /no/such/place: there is no such directory or file");
    }

    @Test
    void an_empty_place_is_not_taken_for_the_directory_that_one_is_in() {
        assertThat(Run.of("check", "--source", "").err()).contains("--source : is empty; . is the directory");
        assertThat(Run.of("fleet", "--platform", "openstack", "").err()).contains("one of the inputs is empty");
    }

    @Test
    void facts_and_source_exclude_each_other() {
        assertThat(Run.of("check", "--facts", "x", "--source", "live").err()).contains("exclude each other");
    }

    @Test
    void a_rules_folder_that_is_not_there_is_refused() {
        Run option = Run.of("packs", "list", "--rules", "/no/such/rules");
        Run variable = Run.in(Map.of("CALICO_PREFLIGHT_RULES", "/no/such/rules"), "", "packs", "list");

        assertThat(option.exit()).isEqualTo(2);
        assertThat(option.err()).contains("/no/such/rules: there is no such folder of rules.");
        assertThat(variable.err()).isEqualTo(option.err());
    }

    @Test
    void only_rules_needs_rules() {
        assertThat(Run.of("packs", "list", "--only-rules").err()).contains("give at least one --rules DIR");
    }

    @Test
    void what_was_typed_cannot_steer_the_terminal() {
        Run run = Run.of("\u001b[31mchek\u009bx");

        assertThat(run.err())
                .contains("\\u001b[31mchek\\u009bx")
                .doesNotContain("\u001b")
                .doesNotContain("\u009b");
    }

    @Test
    void a_result_that_cannot_be_written_is_said(@TempDir Path folder) {
        Run run = Run.of(
                "facts", "list", "--output-file", folder.resolve("no/such/file").toString());

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("cannot write").contains("there is no such file or directory");
    }

    private static void assertRefused(String message, String... args) {
        Run run = Run.of(args);

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo(message);
    }
}
