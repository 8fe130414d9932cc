package calico.preflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Fleets of hosts with a real sshd each, some of which are away at first. */
@Timeout(300)
class FleetOverSshTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir(factory = InTarget.class)
    private Path directory;

    private final Map<String, Integer> ports = new TreeMap<>();
    private final List<SshdHost> started = new ArrayList<>();

    @BeforeEach
    void hosts() throws IOException, InterruptedException {
        SshdHost.assumePossible();
        Path key = SshdHost.key(directory);
        StringBuilder configuration = new StringBuilder();
        for (String name : List.of("node1", "node2", "node3")) {
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                ports.put(name, free.getLocalPort());
            }
            configuration.append(String.join(
                    "\n ",
                    "Host " + name,
                    "HostName 127.0.0.1",
                    "Port " + port(name),
                    "User root",
                    "IdentityFile " + key,
                    "IdentitiesOnly yes",
                    "IdentityAgent none",
                    "UserKnownHostsFile /dev/null",
                    "StrictHostKeyChecking no",
                    "LogLevel ERROR\n"));
        }
        Files.writeString(directory.resolve("ssh_config"), configuration);
        Files.writeString(directory.resolve("hosts"), "node1\nnode2\nssh://node3\n");
    }

    @AfterEach
    void noHosts() {
        started.forEach(SshdHost::close);
    }

    private int port(String name) {
        return ports.getOrDefault(name, 0);
    }

    private void start(String name) throws IOException, InterruptedException {
        started.add(SshdHost.start(directory, name, List.of(), "127.0.0.1", port(name)));
    }

    private Run fleet(String... options) {
        return Run.of(words(options).toArray(String[]::new));
    }

    private List<String> words(String... options) {
        List<String> words = new ArrayList<>(List.of(
                "fleet",
                "--calico",
                "3.16",
                "--platform",
                "host",
                "-o",
                "ndjson",
                "--hosts",
                directory.resolve("hosts").toString(),
                "--ssh-config",
                directory.resolve("ssh_config").toString()));
        words.addAll(List.of(options));
        return words;
    }

    private Path captures() {
        return directory.resolve("captures");
    }

    private List<Long> logins() throws IOException {
        List<Long> logins = new ArrayList<>();
        for (String name : ports.keySet()) {
            logins.add(SshdHost.logins(directory, name));
        }
        return logins;
    }

    /** The reports, without what is judged across hosts. */
    private static List<JsonNode> reports(Run run) throws IOException {
        List<JsonNode> reports = new ArrayList<>();
        for (String line : run.out().lines().toList()) {
            reports.add(JSON.readTree(line));
        }
        return reports.subList(0, reports.size() - 1);
    }

    @Test
    void a_later_run_reaches_only_the_hosts_that_were_away() throws Exception {
        start("node1");
        start("node3");

        Run first = fleet("--retries", "0", "--captures", captures().toString());

        assertThat(first.exit()).isIn(3, 5);
        assertThat(first.err()).isEmpty();
        assertThat(reports(first).get(1).path("unreadable").asText()).startsWith("it cannot be reached: ");
        assertThat(reports(first).get(1).path("outcome").asText()).isEqualTo("UNKNOWN");
        assertThat(logins()).containsExactly(1L, 0L, 1L);
        start("node2");

        Run second = fleet("--captures", captures().toString());

        assertThat(logins()).containsExactly(1L, 1L, 1L);
        assertThat(second.err())
                .isEqualTo("2 hosts are judged by what an earlier run kept; --refresh takes all captures anew.\n");
        assertThat(reports(second))
                .noneMatch(report -> report.has("unreadable"))
                .extracting(report -> report.path("host").path("name").asText())
                .containsExactly("node1", "node2", "node3");
        assertThat(reports(second).get(0)).isEqualTo(reports(first).get(0));
        try (Stream<Path> files = Files.list(captures())) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("node1.tar.gz", "node2.tar.gz", "node3.tar.gz");
        }

        Run third = fleet("--captures", captures().toString(), "--refresh");

        assertThat(third.err()).isEmpty();
        assertThat(logins()).containsExactly(2L, 2L, 2L);
        assertThat(reports(third).get(0).path("collectedAt"))
                .isNotEqualTo(reports(first).get(0).path("collectedAt"));
    }

    @Test
    void a_run_that_is_interrupted_leaves_whole_captures_and_the_next_goes_on_from_there() throws Exception {
        Files.writeString(directory.resolve("hosts"), "node1\nnode2\n");
        start("node1");
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Dcalico.preflight.home=" + Run.HOME,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(words("--captures", captures().toString()));
        CountDownLatch asked = new CountDownLatch(1);
        StandIn silent = StandIn.on(port("node2"), socket -> {
            asked.countDown();
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        });
        try {
            Process program = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("output").toFile())
                    .start();
            asked.await();
            while (program.isAlive() && !Files.exists(captures().resolve("node1.tar.gz"))) {
                Thread.sleep(20);
            }
            SshdHost.run(List.of("kill", "-INT", Long.toString(program.pid())));
            assertThat(program.waitFor())
                    .as(Files.readString(directory.resolve("output")))
                    .isEqualTo(130);
        } finally {
            silent.close();
        }
        try (Stream<Path> files = Files.list(captures())) {
            assertThat(files).containsExactly(captures().resolve("node1.tar.gz"));
        }
        start("node2");

        Run next = fleet("--captures", captures().toString());

        assertThat(reports(next)).hasSize(2).noneMatch(report -> report.has("unreadable"));
        assertThat(logins()).containsExactly(1L, 1L, 0L);
    }

    @Test
    void a_host_that_is_away_keeps_the_capture_of_an_earlier_run_but_is_not_judged_by_it_when_all_are_wanted_anew()
            throws Exception {
        Files.writeString(directory.resolve("hosts"), "node1\n");
        start("node1");
        fleet("--captures", captures().toString());
        started.get(0).close();

        Run away = fleet("--captures", captures().toString(), "--refresh", "--retries", "0");
        Run kept = fleet("--captures", captures().toString());

        assertThat(reports(away).get(0).has("unreadable")).isTrue();
        assertThat(reports(kept).get(0).path("host").path("name").asText()).isEqualTo("node1");
    }

    @Test
    void a_host_that_comes_back_meanwhile_is_reached_by_the_next_try() throws Exception {
        Path tries = directory.resolve("tries");
        Files.writeString(directory.resolve("hosts"), "node1\n");
        start("node1");
        Files.writeString(
                directory.resolve("ssh_config"),
                "Host node1\n ProxyCommand sh -c 'echo >>" + tries + "; test $(wc -l <" + tries
                        + ") -gt 2 && exec bash -c \"exec 3<>/dev/tcp/127.0.0.1/" + port("node1")
                        + "; cat <&3 & exec cat >&3\"'\n" + Files.readString(directory.resolve("ssh_config")));

        Run once = fleet("--retries", "1");
        Files.delete(tries);
        Run twice = fleet("--retries", "2");

        assertThat(reports(once).get(0).path("unreadable").asText()).startsWith("it cannot be reached");
        assertThat(reports(twice).get(0).path("host").path("name").asText()).isEqualTo("node1");
        assertThat(tries).content().hasLineCount(3);
    }

    @Test
    void a_host_that_refuses_the_login_is_not_tried_again() throws Exception {
        Files.writeString(directory.resolve("hosts"), "node1\n");
        start("node1");
        SshdHost.run(List.of(
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-f",
                directory.resolve("other").toString()));
        Path configuration = directory.resolve("ssh_config");
        Files.writeString(
                configuration,
                Files.readString(configuration).replace(directory.resolve("key").toString(), directory + "/other"));

        Run run = fleet("--retries", "3");

        assertThat(reports(run).get(0).path("unreadable").asText()).startsWith("it refused the login");
        assertThat(Files.readString(directory.resolve("node1/log")).split("Connection closed by", -1))
                .hasSize(2);
    }

    @Test
    void each_host_has_a_file_of_its_own_whatever_its_name() throws Exception {
        Files.writeString(
                directory.resolve("ssh_config"),
                Files.readString(directory.resolve("ssh_config")).replace("Host node1", "Host node1 10.0.0.1"));
        Files.writeString(directory.resolve("hosts"), "root@node1:" + port("node1") + "\n10.0.0.1\n");
        start("node1");

        Run run = fleet("--captures", captures().toString());

        try (Stream<Path> files = Files.list(captures())) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .as(run.out())
                    .containsExactlyInAnyOrder("root@node1%3A" + port("node1") + ".tar.gz", "10.0.0.1.tar.gz");
        }
    }

    @Test
    void a_kept_capture_that_is_damaged_is_named() throws Exception {
        Files.writeString(directory.resolve("hosts"), "node1\n");
        Path damaged = Files.createDirectories(captures()).resolve("node1.tar.gz");
        Files.writeString(damaged, "no archive");

        Run run = fleet("--captures", captures().toString());

        assertThat(reports(run).get(0).path("unreadable").asText())
                .contains(damaged.toString())
                .endsWith("without it, or with --refresh, it is taken anew");
    }

    @Test
    void wrong_use_is_told() {
        assertThat(fleet("--retries", "11").err()).contains("--retries 11: a number from 0 to 10 is allowed.");
        assertThat(fleet("--refresh").err()).contains("--refresh takes anew what is in the directory of --captures");
        assertThat(fleet("--captures", directory.resolve("hosts").toString()).exit())
                .isEqualTo(2);
    }
}
