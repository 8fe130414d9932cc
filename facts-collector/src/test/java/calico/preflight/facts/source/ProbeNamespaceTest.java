package calico.preflight.facts.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import calico.preflight.facts.source.ProbeAnswer.Ended;
import calico.preflight.facts.source.ProbeCommand.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProbeNamespaceTest {

    private static final Set<String> PROGRAMS = Set.of(
            "ipset",
            "iptables-legacy",
            "ip6tables-legacy",
            "iptables-nft",
            "ip6tables-nft",
            "nft",
            "ip",
            "wg",
            "tc",
            "bpftool",
            "conntrack",
            "ss",
            "ls",
            "cat");

    @Test
    void nothing_runs_but_the_known_programs() {
        assertThat(ProbeCommand.values()).allSatisfy(command -> assertThat(PROGRAMS)
                .contains(command.line().get(0)));
    }

    @Test
    void what_is_made_in_the_namespace_is_not_made_on_the_host() throws NoNamespaceException, IOException {
        assumeNamespaces();
        assumeTrue(LiveHost.programOf("ip").isPresent(), "install ip (iproute2)");
        Set<String> before = interfaces();
        try (ProbeNamespace namespace = ProbeNamespace.open()) {
            ProbeAnswer vxlan = namespace.run(ProbeCommand.DEVICE_VXLAN);
            assumeTrue(vxlan instanceof Ended ended && ended.status() == 0, "run a kernel with vxlan");

            ProbeAnswer again = namespace.run(ProbeCommand.DEVICE_VXLAN);

            assertThat(again).as("it is there, inside").isInstanceOfSatisfying(Ended.class, ended -> assertThat(
                            ended.output())
                    .contains("File exists"));
            assertThat(interfaces()).doesNotContain("preflight1");
        }

        assertThat(interfaces()).isEqualTo(before);
    }

    @Test
    void closing_ends_the_process_that_holds_the_namespace() throws NoNamespaceException {
        assumeNamespaces();
        List<ProcessHandle> held;
        try (ProbeNamespace namespace = ProbeNamespace.open()) {
            held = ProcessHandle.current().children().toList();
            assertThat(namespace.run(ProbeCommand.SCTP_PROTOCOL)).isInstanceOf(Ended.class);
            assertThat(held).isNotEmpty();
        }

        assertThat(held).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void no_process_is_left_when_the_program_is_killed_in_the_middle() throws Exception {
        assumeNamespaces();
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndlessProbe.class.getName())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(said.readLine()).isEqualTo("probing");
            List<ProcessHandle> children = program.descendants().toList();
            assertThat(children).isNotEmpty();

            program.destroyForcibly();

            assertThat(program.waitFor()).isEqualTo(137);
            for (ProcessHandle child : children) {
                child.onExit().get(20, TimeUnit.SECONDS);
            }
            assertThat(children).noneMatch(ProcessHandle::isAlive);
        } finally {
            program.destroyForcibly();
        }
    }

    private static void assumeNamespaces() {
        assumeTrue(ProbeNamespace.isRoot(), "run the tests as root to see this one");
        for (String tool : List.of("unshare", "nsenter", "timeout", "cat")) {
            assumeTrue(LiveHost.programOf(tool).isPresent(), "install " + tool + " (util-linux, coreutils)");
        }
        try (ProbeNamespace namespace = ProbeNamespace.open()) {
            assertThat(namespace).isNotNull();
        } catch (NoNamespaceException e) {
            assumeTrue(false, "run the tests where a network namespace can be made: " + e.getMessage());
        }
    }

    private static Set<String> interfaces() throws IOException {
        try (Stream<Path> names = Files.list(Path.of("/sys/class/net"))) {
            return names.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    /** A program to be killed: it tries things without end. */
    static final class EndlessProbe {

        private EndlessProbe() {}

        public static void main(String[] arguments) throws NoNamespaceException {
            PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            try (ProbeNamespace namespace = ProbeNamespace.open()) {
                out.println("probing");
                while (true) {
                    for (ProbeCommand command : ProbeCommand.values()) {
                        if (command.kind() != Kind.ASK) {
                            namespace.run(command);
                        }
                    }
                }
            }
        }
    }
}
