package calico.preflight.facts.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import calico.preflight.facts.source.Content.Denied;
import calico.preflight.facts.source.Content.Failed;
import calico.preflight.facts.source.Content.Missing;
import calico.preflight.facts.source.Content.Present;
import calico.preflight.facts.source.HostSource.FileKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LiveHostTest {

    private final LiveHost host = new LiveHost();

    @TempDir
    Path temp;

    @Test
    void files_of_proc_are_read_to_their_end_though_their_size_says_0() {
        assumeTrue(Files.isReadable(Path.of("/proc/self/status")), "mount /proc");

        assertThat(host.read("/proc/self/status", 1 << 16)).isInstanceOf(Present.class);
        assertThat(host.read("/proc/self/status", 10)).isEqualTo(new Failed<>("is larger than 10 bytes"));
        assertThat(host.kind("/proc/self/fd")).isEqualTo(new Present<>(FileKind.DIRECTORY));
    }

    @Test
    void missing_and_failed_are_told_apart() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "text");
        Files.createSymbolicLink(temp.resolve("loop"), Path.of("loop"));
        Files.createSymbolicLink(temp.resolve("nowhere"), Path.of("none"));

        assertThat(host.read(temp + "/none", 10)).isInstanceOf(Missing.class);
        assertThat(host.read(temp + "/nowhere", 10)).isInstanceOf(Missing.class);
        assertThat(host.read(file + "/below", 10)).isInstanceOf(Missing.class);
        assertThat(host.walk(temp + "/none")).isInstanceOf(Missing.class);
        assertThat(host.walk(file.toString())).isInstanceOf(Failed.class);
        assertThat(host.read(temp.toString(), 10)).isEqualTo(new Failed<>("is a directory"));
        assertThat(host.read(temp + "/loop", 10)).isInstanceOf(Failed.class);
        assertThat(host.link(temp + "/loop")).isEqualTo(new Present<>("loop"));
        assertThat(host.link(file.toString())).isInstanceOf(Missing.class);
        assertThat(host.link(temp + "/none")).isInstanceOf(Missing.class);
    }

    @Test
    void a_file_of_any_length_is_read_whole_or_refused() throws IOException {
        for (int length : new int[] {0, 1, 4095, 4096, 4097, 20_000}) {
            byte[] bytes = "x".repeat(length).getBytes(StandardCharsets.UTF_8);
            String file = Files.write(temp.resolve("file"), bytes).toString();

            assertThat(host.read(file, length)).isInstanceOf(Present.class);
            assertThat(((Present<byte[]>) host.read(file, length)).value()).isEqualTo(bytes);
            assertThat(((Present<byte[]>) host.read(file, 1 << 20)).value()).isEqualTo(bytes);
            if (length > 0) {
                assertThat(host.read(file, length - 1))
                        .isEqualTo(new Failed<>("is larger than " + (length - 1) + " bytes"));
            }
        }
    }

    @Test
    void long_files_of_proc_are_read_to_their_end_too() throws IOException {
        Path symbols = Path.of("/proc/kallsyms");
        assumeTrue(Files.isReadable(symbols), "needs a kernel that shows its symbols");

        String text = output(host.read(symbols.toString(), 64 << 20));
        assertThat(text).endsWith("\n").hasSizeGreaterThan(20_000);
        assertThat(host.read(symbols.toString(), 10_000)).isEqualTo(new Failed<>("is larger than 10000 bytes"));
    }

    @Test
    void a_file_that_may_not_be_read_is_denied() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "text");
        Files.setPosixFilePermissions(file, Set.of());
        assumeTrue(!Files.isReadable(file), "root may read everything");

        assertThat(host.read(file.toString(), 10)).isEqualTo(new Denied<>("permission denied"));
    }

    @Test
    void devices_are_never_opened() {
        assertThat(host.read("/dev/zero", 10)).isEqualTo(new Failed<>("is no regular file"));
        assertThat(host.kind("/dev/null")).isEqualTo(new Present<>(FileKind.OTHER));
    }

    @Test
    void a_program_gets_an_empty_environment_and_no_shell() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/env")), "install /usr/bin/env (coreutils)");

        assertThat(output(LiveHost.run(List.of("/usr/bin/env"), Duration.ofSeconds(5), 1000))
                        .lines())
                .containsExactlyInAnyOrder(
                        "PATH=/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin", "LC_ALL=C");
        assertThat(output(LiveHost.run(List.of("/usr/bin/env", "echo", "$PATH; ls"), Duration.ofSeconds(5), 1000)))
                .isEqualTo("$PATH; ls\n");
    }

    @Test
    void a_program_that_does_not_end_is_killed_with_its_children() {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "install /bin/sh");
        long before = System.nanoTime();

        Content<byte[]> content =
                LiveHost.run(List.of("/bin/sh", "-c", "sleep 97531 & sleep 97531"), Duration.ofMillis(300), 1000);

        assertThat(content).isEqualTo(new Failed<>("did not end within 300 ms"));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
        assertThat(ProcessHandle.current().descendants().filter(LiveHostTest::stillSleeps))
                .isEmpty();
    }

    private static boolean stillSleeps(ProcessHandle child) {
        boolean sleeps = child.info()
                .commandLine()
                .filter(line -> line.contains("97531"))
                .isPresent();
        // A killed process takes a moment to go.
        return sleeps
                && child.onExit()
                        .thenApply(gone -> false)
                        .completeOnTimeout(true, 10, TimeUnit.SECONDS)
                        .join();
    }

    @Test
    void too_much_output_is_refused() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/env")), "install /usr/bin/env (coreutils)");

        assertThat(LiveHost.run(List.of("/usr/bin/env", "yes"), Duration.ofSeconds(5), 1000))
                .isEqualTo(new Failed<>("gave more than 1000 bytes"));
    }

    @Test
    void a_program_that_fails_gives_no_output() {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "install /bin/sh");

        assertThat(LiveHost.run(List.of("/bin/sh", "-c", "echo x; exit 3"), Duration.ofSeconds(5), 1000))
                .isEqualTo(new Failed<>("ended with status 3"));
        assertThat(LiveHost.run(List.of("/none"), Duration.ofSeconds(5), 1000))
                .isEqualTo(new Failed<>("cannot be started"));
    }

    private static String output(Content<byte[]> content) {
        assertThat(content).isInstanceOf(Present.class);
        return new String(((Present<byte[]>) content).value(), StandardCharsets.UTF_8);
    }
}
