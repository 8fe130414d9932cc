package calico.preflight.facts.remote;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A real sshd on this machine with keys of its own, and a configuration of ssh in which each account is a host: what a
 * host does with the shell that is asked for is said by the command that its key is bound to.
 */
final class TestSshd implements AutoCloseable {

    /** What the key of a host runs; empty: what is asked for. */
    private static final Map<String, String> HOSTS = new LinkedHashMap<>(Map.of(
            "good", "",
            "hanging", "sleep 600",
            "broken", "sh -s | head -c 3000; kill -9 $PPID",
            "garbage", "echo 'This host is not for you'",
            "silent", "true",
            "bannered", "echo 'Welcome! 2 updates'; exec sh -s",
            "failing", "echo 'cannot fork' >&2; exit 7",
            "nosudo", "echo 'sudo: a password is required' >&2; exit 1"));

    private final Process server;
    private final Path directory;
    private final int port;

    private TestSshd(Process server, Path directory, int port) {
        this.server = server;
        this.directory = directory;
        this.port = port;
    }

    static TestSshd start(Path directory) throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/sbin/sshd")) && Files.isExecutable(Path.of("/usr/bin/ssh")),
                "needs sshd and ssh (openssh-server, openssh-client)");
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root, who alone starts sshd here");
        Files.createDirectories(Path.of("/run/sshd"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        key(directory.resolve("hostkey"));
        key(directory.resolve("stranger"));
        StringBuilder authorized = new StringBuilder();
        for (Map.Entry<String, String> host : HOSTS.entrySet()) {
            Path key = key(directory.resolve(host.getKey()));
            String command = host.getValue().isEmpty() ? "" : "command=\"" + host.getValue() + "\" ";
            authorized.append(command).append(Files.readString(Path.of(key + ".pub")));
        }
        Files.writeString(directory.resolve("authorized"), authorized);
        Files.writeString(
                directory.resolve("sshd_config"),
                String.join(
                        "\n",
                        "Port " + port,
                        "ListenAddress 127.0.0.1",
                        "HostKey " + directory.resolve("hostkey"),
                        "AuthorizedKeysFile " + directory.resolve("authorized"),
                        "PidFile none",
                        "StrictModes no",
                        "UsePAM no",
                        "PasswordAuthentication no",
                        "KbdInteractiveAuthentication no",
                        "PermitRootLogin prohibit-password",
                        "MaxStartups 200",
                        ""));
        Process server = new ProcessBuilder("/usr/sbin/sshd", "-D", "-f", directory + "/sshd_config")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        TestSshd sshd = new TestSshd(server, directory, port);
        sshd.configure();
        sshd.awaitPort();
        return sshd;
    }

    private static Path key(Path file) throws Exception {
        new ProcessBuilder("/usr/bin/ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString())
                .start()
                .waitFor();
        return file;
    }

    private void configure() throws IOException {
        String hostKey = Files.readString(directory.resolve("hostkey.pub"));
        Files.writeString(directory.resolve("known"), "[127.0.0.1]:" + port + " " + hostKey);
        Files.writeString(
                directory.resolve("other"),
                "[127.0.0.1]:" + port + " " + Files.readString(directory.resolve("stranger.pub")));
        Files.writeString(directory.resolve("none"), "");
        String hosts =
                HOSTS.keySet().stream().map(name -> host(name, name, "known")).collect(Collectors.joining());
        Files.writeString(
                directory.resolve("ssh_config"),
                hosts
                        + host("refused", "stranger", "known")
                        + host("unknown", "good", "none")
                        + host("changed", "good", "other")
                        + "Host away\n HostName 127.0.0.1\n Port 1\n");
    }

    private String host(String name, String key, String known) {
        return String.join(
                "\n ",
                "Host " + name,
                "HostName 127.0.0.1",
                "Port " + port,
                "User root",
                "IdentityFile " + directory.resolve(key),
                "IdentitiesOnly yes",
                "IdentityAgent none",
                "UserKnownHostsFile " + directory.resolve(known),
                "GlobalKnownHostsFile /dev/null",
                "StrictHostKeyChecking yes\n");
    }

    private void awaitPort() throws Exception {
        for (int i = 0; i < 100; i++) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
        throw new IllegalStateException("sshd did not start: " + Files.readString(directory.resolve("log")));
    }

    /** Settings by which ssh finds these hosts and no others. */
    SshSettings settings(Duration timeLimit) {
        return new SshSettings(
                false, Optional.of(directory.resolve("ssh_config").toString()), Duration.ofSeconds(10), timeLimit);
    }

    @Override
    public void close() {
        server.destroy();
    }
}
