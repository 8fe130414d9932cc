package calico.preflight.facts.collect;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.facts.HostFacts;
import calico.preflight.facts.capture.CaptureArchive;
import calico.preflight.facts.capture.CaptureHost;
import calico.preflight.facts.capture.CaptureScript;
import calico.preflight.facts.source.Content;
import calico.preflight.facts.source.HostCommand;
import calico.preflight.facts.source.LiveHost;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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
                .filter(name -> !name.equals("host.machine-id"))
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
        notKept.addAll(notKept("read", asked.reads(), path -> captured.read(path, Integer.MAX_VALUE)));
        notKept.addAll(notKept("list", asked.lists(), captured::list));
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

    /** It is confidential (machine-id(5)), and a shell cannot derive from it what the fact is. */
    @Test
    void theMachineIdIsNotKept() throws Exception {
        CaptureHost captured = capture(List.of("/bin/sh", "-s"));

        assertThat(captured.capture().files()).doesNotContainKey("/etc/machine-id");
        assertThat(new HostCollector()
                        .collect(captured, CollectionOptions.none())
                        .get("host.machine-id")
                        .isUnknown())
                .isTrue();
    }

    private static List<String> notKept(String question, Set<String> paths, Function<String, Content<?>> answer) {
        return paths.stream()
                // processes come and go
                .filter(path -> !path.matches("/proc/[0-9]+/(comm|cmdline|fd.*)") && !path.endsWith("/machine-id"))
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
