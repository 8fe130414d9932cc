package calico.preflight.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A cluster of real etcd servers on this machine, gone when it is closed, or at the latest with the JVM. */
final class EtcdCluster implements AutoCloseable {

    private static final String READY = "ready to serve client requests";

    private final List<Process> members = new ArrayList<>();
    private final List<String> urls = new ArrayList<>();
    private final Thread hook = new Thread(this::kill);

    private EtcdCluster() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Is there an etcd to run? */
    static boolean isInstalled() {
        return onPath("etcd") && onPath("openssl");
    }

    private static boolean onPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /** Starts so many members, and waits until all serve; the options go to each of them. */
    static EtcdCluster start(Path directory, int size, String scheme, String... options) throws Exception {
        EtcdCluster cluster = new EtcdCluster();
        try {
            cluster.run(Files.createTempDirectory(directory, "etcd"), size, scheme, options);
            return cluster;
        } catch (Exception | AssertionError e) {
            cluster.close();
            throw e;
        }
    }

    private void run(Path directory, int size, String scheme, String... options) throws Exception {
        List<Integer> ports = freePorts(2 * size);
        String initial = IntStream.range(0, size)
                .mapToObj(i -> "m" + i + "=http://127.0.0.1:" + ports.get(size + i))
                .collect(Collectors.joining(","));
        for (int i = 0; i < size; i++) {
            String client = scheme + "://127.0.0.1:" + ports.get(i);
            String peer = "http://127.0.0.1:" + ports.get(size + i);
            List<String> command = new ArrayList<>(List.of("etcd", "--name", "m" + i));
            command.addAll(List.of("--data-dir", directory.resolve("m" + i).toString()));
            command.addAll(List.of("--listen-client-urls", client, "--advertise-client-urls", client));
            command.addAll(List.of("--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer));
            command.addAll(List.of("--initial-cluster", initial));
            command.addAll(List.of("--heartbeat-interval", "50", "--election-timeout", "500"));
            command.addAll(List.of(options));
            urls.add(client);
            members.add(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log(directory, i).toFile())
                    .start());
        }
        for (int i = 0; i < size; i++) {
            awaitReady(log(directory, i), members.get(i));
        }
    }

    private static Path log(Path directory, int member) {
        return directory.resolve("m" + member + ".log");
    }

    private static void awaitReady(Path log, Process process) throws Exception {
        for (int tries = 0; tries < 300; tries++) {
            String text = Files.readString(log);
            if (text.contains(READY)) {
                return;
            }
            if (!process.isAlive()) {
                throw new AssertionError("etcd ended: " + text);
            }
            Thread.sleep(100);
        }
        throw new AssertionError("etcd is not ready: " + Files.readString(log));
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }

    /** Where a member is found. */
    String url(int member) {
        return urls.get(member);
    }

    /** Where all of them are found, with commas between. */
    String urls() {
        return String.join(",", urls);
    }

    /** Ends a member, as a failure of its machine would. */
    void stop(int member) throws InterruptedException {
        members.get(member).destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    /** Runs etcdctl against the first member. */
    void etcdctl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("etcdctl", "--endpoints", urls.get(0)));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("ETCDCTL_API", "3");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new UncheckedIOException(new IOException(String.join(" ", command) + ": " + output));
        }
    }

    private void kill() {
        members.forEach(Process::destroyForcibly);
    }

    @Override
    public void close() {
        kill();
        for (Process member : members) {
            member.onExit().join();
        }
        Runtime.getRuntime().removeShutdownHook(hook);
    }
}
