package calico.preflight.facts.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Scripts that end, that say too much, and that do not end. */
@Timeout(60)
class ScriptProcessTest {

    private static ScriptProcess.Outcome run(String script, Duration limit) throws UnusableSourceException {
        return ScriptProcess.run(List.of("/bin/sh", "-s"), script.getBytes(StandardCharsets.UTF_8), limit);
    }

    @Test
    void what_a_script_prints_says_and_ends_with_is_told() throws Exception {
        ScriptProcess.Outcome outcome = run("echo out; echo trouble >&2; exit 7\n", Duration.ofSeconds(20));

        assertThat(outcome.output()).isEqualTo("out\n".getBytes(StandardCharsets.UTF_8));
        assertThat(outcome.trouble()).isEqualTo("trouble\n");
        assertThat(outcome.status()).isEqualTo(7);
        assertThat(outcome.end()).isEmpty();
    }

    @Test
    void a_script_that_complains_without_end_still_comes_to_its_end() throws Exception {
        ScriptProcess.Outcome outcome = run("yes complaint | head -c 1000000 >&2; echo out\n", Duration.ofSeconds(20));

        assertThat(outcome.end()).isEmpty();
        assertThat(outcome.output()).isEqualTo("out\n".getBytes(StandardCharsets.UTF_8));
        assertThat(outcome.trouble()).hasSize(64 << 10);
    }

    @Test
    void a_script_that_does_not_end_is_killed_and_what_it_said_is_told() throws Exception {
        ScriptProcess.Outcome outcome = run("echo waiting >&2; sleep 97532\n", Duration.ofSeconds(1));

        assertThat(outcome.end()).isEqualTo("it did not end within 1 s");
        assertThat(outcome.trouble()).startsWith("waiting\n");
    }

    @Test
    void a_shell_that_is_not_there_cannot_be_started() {
        assertThatThrownBy(() -> ScriptProcess.run(List.of("/none"), new byte[0], Duration.ofSeconds(1)))
                .hasMessageContaining("/none cannot be started");
    }
}
