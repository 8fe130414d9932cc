package calico.preflight.facts.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import calico.preflight.facts.FactValue;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Observed;
import calico.preflight.facts.capture.Capture;
import calico.preflight.facts.capture.CaptureArchive;
import calico.preflight.facts.capture.CaptureHost;
import calico.preflight.facts.capture.CaptureScript;
import calico.preflight.facts.source.Content;
import calico.preflight.facts.source.HostCommand;
import calico.preflight.facts.source.LiveHost;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is judged from a capture of this machine is what is judged on it. */
class CaptureFactsTest {

    static Stream<List<String>> shells() {
        return Stream.of(List.of("/bin/dash", "-s"), List.of("/bin/bash", "-s"), List.of("/bin/busybox", "sh", "-s"))
                .filter(shell -> Files.isExecutable(Path.of(shell.get(0))));
    }

    private static CaptureHost capture(List<String> shell) throws Exception {
        CaptureScript.Run run = CaptureScript.run(shell, Duration.ofMinutes(3));
        assertThat(run.trouble()).isEmpty();
        assertThat(run.status()).isZero();
        return CaptureHost.of("live", run.capture());
    }

    @ParameterizedTest
    @MethodSource("shells")
    void everyFactOfACaptureIsThatOfTheHostWithItsOrigin(List<String> shell) throws Exception {
        HostFacts before = new HostCollector().collect(new LiveHost(), CollectionOptions.none());
        CaptureHost captured = capture(shell);
        HostFacts after = new HostCollector().collect(new LiveHost(), CollectionOptions.none());
        HostFacts later = new HostCollector().collect(captured, CollectionOptions.none());
        List<String> others = before.facts().keySet().stream()
                // what changes by itself meanwhile, such as sockets, is left out
                .filter(name ->
                        Objects.equals(before.facts().get(name), after.facts().get(name)))
                .filter(name ->
                        !Objects.equals(before.facts().get(name), later.facts().get(name)))
                .toList();
        assertThat(others).isEmpty();
        assertThat(later.facts().keySet())
                .containsExactlyElementsOf(after.facts().keySet());
        assertThat(later.collectedAt()).isEqualTo(captured.capture().manifest().collectedAt());
    }

    @Test
    void aCaptureThatIsWrittenAgainTellsTheSame() throws Exception {
        CaptureHost first = capture(List.of("/bin/sh", "-s"));
        byte[] written = CaptureArchive.write(first.capture());
        CaptureHost second = CaptureHost.of("live", CaptureArchive.read(new ByteArrayInputStream(written)));
        HostFacts facts = new HostCollector().collect(first, CollectionOptions.none());
        assertThat(new HostCollector().collect(second, CollectionOptions.none()))
                .isEqualTo(facts);
        assertThat(CaptureArchive.write(second.capture())).isEqualTo(written);
    }

    /** One list of what is looked at: a collector that reads something new has to have it kept by the script. */
    @Test
    void everythingThatTheCollectorsAskForIsInTheCapture() throws Exception {
        AskedHost asked = AskedHost.of(new LiveHost());
        new HostCollector().collect(asked, CollectionOptions.none());
        CaptureHost captured = capture(List.of("/bin/sh", "-s"));
        List<String> notKept = new ArrayList<>();
        notKept.addAll(notKept("read", new TreeSet<>(asked.reads()), path -> captured.read(path, Integer.MAX_VALUE)));
        notKept.addAll(notKept("list", new TreeSet<>(asked.lists()), captured::list));
        notKept.addAll(notKept("walk", asked.walks(), captured::walk));
        notKept.addAll(notKept("kind", asked.kinds(), captured::kind));
        notKept.addAll(notKept("link", asked.links(), captured::link));
        for (HostCommand command : asked.commands()) {
            if (captured.run(command) instanceof Content.Unsupported<byte[]>) {
                notKept.add("run " + command);
            }
        }
        assertThat(asked.reads()).hasSizeGreaterThan(300);
        assertThat(notKept).isEmpty();
    }

    /** The id itself is confidential (machine-id(5)). */
    @ParameterizedTest
    @MethodSource("shells")
    void what_is_derived_from_the_machine_id_is_kept_and_never_the_id(List<String> shell, @TempDir Path directory)
            throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root, who alone mounts");
        String id = "0123456789abcdef0123456789abcdef";
        Path file = Files.writeString(directory.resolve("machine-id"), id + "\n");
        CaptureHost captured = capture(Stream.concat(
                        Stream.of(
                                "/usr/bin/unshare",
                                "--mount",
                                "/bin/sh",
                                "-c",
                                "mount --bind " + file + " /etc/machine-id && exec \"$@\"",
                                "sh"),
                        shell.stream())
                .toList());

        Observed<FactValue> live = new Root(directory.resolve("root"))
                .with("/etc/machine-id", id)
                .facts()
                .get("host.machine-id");
        assertThat(live.known()).isPresent();
        assertThat(new HostCollector()
                        .collect(captured, CollectionOptions.none())
                        .get("host.machine-id"))
                .isEqualTo(live);
        captured.capture().files().forEach((path, content) -> assertThat(
                        new String(content, StandardCharsets.ISO_8859_1))
                .as(path)
                .doesNotContain(id));
    }

    @Test
    void where_nothing_derives_from_the_machine_id_it_is_not_known(@TempDir Path directory) throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root, who alone mounts");
        Path file = Files.writeString(directory.resolve("machine-id"), "0123456789abcdef0123456789abcdef\n");
        CaptureHost captured = capture(List.of(
                "/usr/bin/unshare",
                "--mount",
                "/bin/sh",
                "-c",
                "mount --bind " + file
                        + " /etc/machine-id && mount --bind /dev/null /usr/bin/sha256sum && exec sh -s"));

        assertThat(captured.read("/etc/machine-id", 100))
                .isEqualTo(new Content.Failed<byte[]>("cannot be derived from without sha256sum"));
    }

    private static CaptureScript.Run withRoom(String size, Path directory, String more) throws Exception {
        return CaptureScript.run(
                List.of(
                        "/usr/bin/unshare",
                        "--mount",
                        "/bin/sh",
                        "-c",
                        more + "mount -t tmpfs -o size=" + size + " none " + directory + " && TMPDIR=" + directory
                                + " exec sh -s"),
                Duration.ofMinutes(3));
    }

    @Test
    void what_there_is_no_room_for_is_said_to_have_failed(@TempDir Path directory) throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root, who alone mounts");
        Path large = directory.resolve("large");
        Files.write(large, new byte[96 << 20]);
        CaptureScript.Run run = withRoom(
                "80m",
                Files.createDirectory(directory.resolve("work")),
                "mount --bind " + large + " /etc/hostname && ");

        assertThat(run.status()).as(run.trouble()).isZero();
        Capture capture = run.capture();
        assertThat(capture.files()).doesNotContainKey("/etc/hostname").containsKey("/etc/os-release");
        assertThat(CaptureHost.of("live", capture).read("/etc/hostname", 1000))
                .isEqualTo(new Content.Failed<byte[]>("there was no room to keep it"));
        assertThat(capture.index()).endsWith("\nend\n");
    }

    @Test
    void where_there_is_no_room_for_a_capture_there_is_none(@TempDir Path directory) throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root, who alone mounts");

        CaptureScript.Run run = withRoom("300k", directory, "");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.trouble()).contains("collect.sh: " + directory + " is full");
        assertThat(run.isWithoutArchive()).isTrue();
    }

    private static List<String> notKept(String question, Set<String> paths, Function<String, Content<?>> answer) {
        return paths.stream()
                // processes come and go
                .filter(path -> !path.matches("/proc/[0-9]+/(comm|cmdline|status|fd.*)"))
                .filter(path -> answer.apply(path) instanceof Content.Unsupported<?>)
                .map(path -> question + " " + path)
                .toList();
    }

    @Test
    void theScriptRunsTheCommandsOfTheClosedListAndNoOthers() {
        List<String> lines = CaptureScript.text()
                .lines()
                .map(String::strip)
                .filter(line -> line.matches("(if .*; then )?run [a-z0-9-]+ .*"))
                .map(line -> line.replaceFirst("^if .*; then ", "").replaceFirst("; fi$", ""))
                .toList();
        List<String> expected = Stream.of(HostCommand.values())
                .map(command -> "run " + command.label() + " "
                        + command.line().stream()
                                .map(word -> word.contains(" ") ? "'" + word + "'" : word)
                                .reduce((a, b) -> a + " " + b)
                                .orElse(""))
                .toList();
        assertThat(lines).containsExactlyInAnyOrderElementsOf(expected);
    }
}
