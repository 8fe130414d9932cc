package calico.preflight.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A host of a test: a real sshd with a name and a {@code /tmp} of its own, which may stand in a network namespace. Its keys
 * are in its directory.
 */
final class SshdHost implements AutoCloseable {

    private static final Pattern LOGIN = Pattern.compile("(?m)^Accepted publickey for ");

    private final String name;
    private final Path directory;
    private final Process server;

    private SshdHost(String name, Path directory, Process server) {
        this.name = name;
        this.directory = directory;
        this.server = server;
    }

    /** Leaves the test out where no sshd can be started. */
    static void assumePossible() {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root, who alone starts sshd here");
        for (String program : List.of("/usr/sbin/sshd", "/usr/bin/ssh", "/usr/bin/unshare")) {
            assumeTrue(
                    Files.isExecutable(Path.of(program)),
                    "needs " + program + " (openssh-server, openssh-client, util-linux)");
        }
    }

    /** Makes the key by which all hosts below a directory are logged in to. */
    static Path key(Path directory) throws IOException, InterruptedException {
        Path key = Files.createDirectories(directory).resolve("key");
        if (!Files.exists(key)) {
            run(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()));
        }
        return key;
    }

    /**
     * Starts a host, and waits until it listens.
     *
     * @param all the directory of all hosts, which each sees as {@code /mnt}
     * @param namespace the words of a command that runs the words after it in the network of the host
     */
    static SshdHost start(Path all, String name, List<String> namespace, String address, int port)
            throws IOException, InterruptedException {
        Path key = key(all);
        Path directory = Files.createDirectories(all.resolve(name));
        Files.createDirectories(directory.resolve("tmp"));
        Files.createDirectories(Path.of("/run/sshd"));
        Files.writeString(
                directory.resolve("sshd_config"),
                String.join(
                        "\n",
                        "Port " + port,
                        "ListenAddress " + address,
                        "HostKey /mnt/" + key.getFileName(),
                        "AuthorizedKeysFile /mnt/" + key.getFileName() + ".pub",
                        "PidFile none",
                        "StrictModes no",
                        "UsePAM no",
                        "PasswordAuthentication no",
                        "KbdInteractiveAuthentication no",
                        "PermitRootLogin prohibit-password",
                        "Subsystem sftp internal-sftp",
                        ""));
        List<String> command = new ArrayList<>(namespace);
        command.addAll(List.of(
                "unshare",
                "--mount",
                "--uts",
                "sh",
                "-c",
                """
                # The checkout may lie in the /tmp that the host has anew.
                hostname "$1" && mount --bind "$2" /mnt && mount --bind "/mnt/$1/tmp" /tmp || exit
                # what the user of the tests has set up for a shell is not part of the host
                if [ -e ~/.bashrc ]; then mount --bind /dev/null ~/.bashrc; fi
                exec /usr/sbin/sshd -D -e -f "/mnt/$1/sshd_config"
                """,
                "sh",
                name,
                all.toAbsolutePath().toString()));
        Process server = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(directory).toFile()))
                .start();
        SshdHost host = new SshdHost(name, directory, server);
        host.awaitStart();
        return host;
    }

    private void awaitStart() throws IOException, InterruptedException {
        for (int i = 0; i < 100 && server.isAlive(); i++) {
            if (Files.readString(log(directory)).contains("Server listening on")) {
                return;
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException(name + " did not start: " + Files.readString(log(directory)));
    }

    private static Path log(Path directory) {
        return directory.resolve("log");
    }

    /** How often somebody logged in to a host, over all its starts. */
    static long logins(Path all, String name) throws IOException {
        Path log = log(all.resolve(name));
        return Files.exists(log)
                ? LOGIN.matcher(Files.readString(log)).results().count()
                : 0;
    }

    /** What is in the directory for temporary files. */
    List<Path> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("tmp"))) {
            return files.filter(file -> !file.equals(directory.resolve("tmp"))).toList();
        }
    }

    /** Runs a command to its end, for a minute at most, and gives what it printed. */
    static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException(command + ": " + output);
        }
        return output;
    }

    @Override
    public void close() {
        server.descendants().forEach(ProcessHandle::destroyForcibly);
        server.destroyForcibly().onExit().join();
    }
}
