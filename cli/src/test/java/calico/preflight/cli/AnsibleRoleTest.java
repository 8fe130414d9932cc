package calico.preflight.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The role, run by a real Ansible against hosts with a real sshd each, in network namespaces that are joined by cables: of
 * those that are no good one runs a script that fails, one refuses, and one takes connections and says nothing.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class AnsibleRoleTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NAMES = List.of("node1", "node2", "broken", "refusing", "hanging");
    private static final String CONTROLLER = namespace("controller");
    private static final List<SshdHost> HOSTS = new ArrayList<>();
    private static final List<Process> STARTED = new ArrayList<>();

    /** All hosts of this test. */
    @TempDir(factory = InTarget.class, cleanup = CleanupMode.ALWAYS)
    private static Path directory;

    /** Below /tmp, for the name of a socket must be short. */
    @TempDir
    private static Path sockets;

    private Path captures = Path.of("");

    private static String namespace(String name) {
        return "cpa-" + name + "-" + ProcessHandle.current().pid();
    }

    private static String address(String name) {
        return "10.98." + NAMES.indexOf(name) + ".2";
    }

    private static List<String> within(String namespace, String... command) {
        return Stream.concat(Stream.of("ip", "netns", "exec", namespace), Arrays.stream(command))
                .toList();
    }

    private static void ip(String arguments) throws IOException, InterruptedException {
        SshdHost.run(Stream.concat(Stream.of("ip"), Arrays.stream(arguments.split(" ", -1)))
                .toList());
    }

    @BeforeAll
    static void hosts() throws IOException, InterruptedException {
        SshdHost.assumePossible();
        for (String program : List.of("/usr/bin/ansible-playbook", "/usr/sbin/ip")) {
            assumeTrue(Files.isExecutable(Path.of(program)), "needs " + program + " (ansible-core, iproute2)");
        }
        assumeTrue(
                new ProcessBuilder("ip", "netns", "add", CONTROLLER).start().waitFor() == 0,
                "run the tests where a network namespace can be made");
        for (String name : NAMES) {
            String there = namespace(name);
            String network = "10.98." + NAMES.indexOf(name);
            ip("netns add " + there);
            ip("link add " + name + " netns " + CONTROLLER + " type veth peer name eth0 netns " + there);
            ip("-n " + CONTROLLER + " address add " + network + ".1/24 dev " + name);
            ip("-n " + there + " address add " + network + ".2/24 dev eth0");
            ip("-n " + CONTROLLER + " link set " + name + " up");
            ip("-n " + there + " link set eth0 up");
        }
        for (String name : List.of("node1", "node2", "broken")) {
            HOSTS.add(SshdHost.start(directory, name, within(namespace(name)), address(name), 22));
        }
        STARTED.add(new ProcessBuilder(within(
                        namespace("hanging"),
                        "python3",
                        "-c",
                        "import socket, time; s = socket.create_server(('', 22)); time.sleep(600)"))
                .start());
        Files.writeString(
                directory.resolve("failing.sh"), "echo left >\"$TMPDIR/left\"\necho 'it cannot be' >&2\nexit 7\n");
        StringBuilder inventory = new StringBuilder();
        for (String name : NAMES) {
            inventory.append(name).append(" ansible_host=").append(address(name));
            if (name.equals("broken")) {
                inventory.append(" calico_preflight_script=").append(directory.resolve("failing.sh"));
            }
            inventory.append('\n');
        }
        Files.writeString(directory.resolve("inventory"), inventory);
        Files.writeString(directory.resolve("ansible.cfg"), "[defaults]\n");
    }

    @AfterAll
    static void noHosts() throws IOException, InterruptedException {
        for (SshdHost host : HOSTS) {
            host.close();
        }
        STARTED.forEach(Process::destroyForcibly);
        for (String name :
                Stream.concat(Stream.of("controller"), NAMES.stream()).toList()) {
            new ProcessBuilder("ip", "netns", "delete", namespace(name)).start().waitFor();
        }
    }

    @BeforeEach
    void noCaptures() throws IOException {
        captures = Files.createTempDirectory(directory, "run").resolve("captures");
    }

    private record Played(int exit, String output) {}

    private Played play(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(within(
                CONTROLLER,
                "ansible-playbook",
                "-i",
                directory.resolve("inventory").toString(),
                "-e",
                "calico_preflight_captures=" + captures,
                Run.HOME.resolve("deploy/ansible/collect.yml").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "ANSIBLE_TIMEOUT", "3",
                        "ANSIBLE_PIPELINING", "true",
                        "ANSIBLE_REMOTE_TMP", "/tmp/ansible",
                        "ANSIBLE_LOCAL_TEMP", directory.resolve("local").toString(),
                        "ANSIBLE_PRIVATE_KEY_FILE", directory.resolve("key").toString(),
                        "ANSIBLE_REMOTE_USER", "root",
                        "ANSIBLE_HOST_KEY_CHECKING", "false",
                        "ANSIBLE_SSH_ARGS",
                                "-o IdentitiesOnly=yes -o UserKnownHostsFile=/dev/null -o ControlMaster=auto -o ControlPersist=15s"
                                        + " -o ControlPath=" + sockets.resolve("%C"),
                        "ANSIBLE_CONFIG", directory.resolve("ansible.cfg").toString(),
                        "LC_ALL", "C.UTF-8"));
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Played(process.waitFor(), output);
    }

    /** What fleet makes of the captures: by the name of each file, the name of the host, or why there is none. */
    private Map<String, String> judged() throws IOException {
        Run run = Run.of("fleet", "--calico", "3.16", "--platform", "host", "-o", "ndjson", captures.toString());
        Map<String, String> hosts = new TreeMap<>();
        for (String line : run.out().lines().toList()) {
            JsonNode document = JSON.readTree(line);
            if (document.path("schema").asText().equals("calico-preflight/report/1")) {
                JsonNode host = document.path("host");
                String source = host.path("source").asText();
                hosts.put(
                        source.substring(source.lastIndexOf('/') + 1),
                        document.path("unreadable").asText(host.path("name").asText()));
            }
        }
        return hosts;
    }

    private static void assertNothingIsLeft() throws IOException {
        for (SshdHost host : HOSTS) {
            assertThat(host.temporaryFiles())
                    .noneMatch(file -> file.toString().contains("calico-preflight."))
                    .noneMatch(Files::isRegularFile);
        }
    }

    @Test
    void each_host_gives_a_capture_and_those_that_give_none_are_told_and_count_as_unknown() throws Exception {
        Played played = play();

        assertThat(played.exit()).as(played.output()).isNotZero();
        assertThat(played.output())
                .contains("no capture of: broken, hanging, refusing")
                .contains("it cannot be")
                .containsPattern("(?m)^hanging .* unreachable=1 ")
                .containsPattern("(?m)^refusing .* unreachable=1 ")
                .containsPattern("(?m)^broken .* failed=1 ");
        assertNothingIsLeft();
        String nothing = "is empty: nothing came from this host";
        assertThat(judged())
                .isEqualTo(Map.of(
                        "node1.tar.gz", "node1",
                        "node2.tar.gz", "node2",
                        "broken.tar.gz", nothing,
                        "hanging.tar.gz", nothing,
                        "refusing.tar.gz", nothing));
    }

    @Test
    void a_host_that_is_away_in_a_later_run_is_not_judged_by_what_it_was() throws Exception {
        Files.createDirectories(captures);
        Files.writeString(captures.resolve("refusing.tar.gz"), "of yesterday");

        play("--limit", "refusing");

        assertThat(captures.resolve("refusing.tar.gz")).isEmptyFile();
    }

    @Test
    void with_become_the_capture_is_taken_and_fetched_as_root() throws Exception {
        Played played = play("--limit", "node1", "-b", "-e", "ansible_become_method=su");

        assertThat(played.exit()).as(played.output()).isZero();
        assertThat(judged()).isEqualTo(Map.of("node1.tar.gz", "node1"));
        assertNothingIsLeft();
    }

    @Test
    void in_check_mode_the_hosts_are_reached_and_nothing_is_taken() throws Exception {
        Played played = play("--check", "--limit", "node1,refusing");

        assertThat(played.output())
                .containsPattern("(?m)^node1 .* unreachable=0 +failed=0 ")
                .containsPattern("(?m)^refusing .* unreachable=1 ");
        assertThat(captures).doesNotExist();
    }
}
