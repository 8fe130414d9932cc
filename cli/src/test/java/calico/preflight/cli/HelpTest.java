package calico.preflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "check",
                "collect",
                "fleet",
                "matrix",
                "explain",
                "facts",
                "facts list",
                "packs",
                "packs list",
                "packs show",
                "packs diff",
                "packs doc",
                "packs new",
                "packs lint",
                "packs test",
                "probe",
                "probe kernel",
                "probe serve",
                "probe run",
                "completion"
            })
    void every_command_has_the_help_that_was_reviewed(String command) {
        String[] words = command.isEmpty() ? new String[0] : command.split(" ");
        String[] args = Stream.concat(Arrays.stream(words), Stream.of("--help")).toArray(String[]::new);

        Run run = Run.of(args);

        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(run.out()).contains("Examples:");
        for (ExitCode code : ExitCode.values()) {
            assertThat(run.out()).contains(code.code() + "   " + code.meaning());
        }
        Golden.assertMatches("help" + (command.isEmpty() ? "" : "-" + command.replace(' ', '-')) + ".txt", run.out());
    }

    @Test
    void the_readme_has_the_same_exit_codes_as_the_program() throws IOException {
        String readme = Files.readString(Run.HOME.resolve("README.md"));

        for (ExitCode code : ExitCode.values()) {
            assertThat(readme).contains("| " + code.code() + " | " + code.meaning() + " |");
        }
    }

    @Test
    void the_version_is_that_of_the_build() {
        assertThat(Run.of("--version").out()).matches("calico-preflight \\d+\\.\\d+\\.\\d+\\S*\\n");
        assertThat(Run.of("packs", "show", "--version").out())
                .isEqualTo(Run.of("--version").out());
    }

    @Test
    void the_completion_script_knows_commands_and_values() {
        Run run = Run.of("completion", "bash");

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains("calico-preflight")
                .contains("ipip-cross-subnet")
                .contains("explain");
    }
}
