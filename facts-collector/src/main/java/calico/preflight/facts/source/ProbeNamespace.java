package calico.preflight.facts.source;

import calico.preflight.facts.source.ProbeAnswer.Ended;
import calico.preflight.facts.source.ProbeAnswer.Silent;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A network namespace without a name, to try things in. It lives as long as the one process that holds it, a {@code cat}
 * that waits for the end of its standard input: that end comes when this object is closed, and also when this program is
 * killed. Whatever was made in the namespace goes with it. Modules that the kernel loaded stay.
 */
public final class ProbeNamespace implements AutoCloseable {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(5);

    /** By this a command ends even if this program was killed; longer than the limit above, so that that comes first. */
    private static final String OUTER_TIME_LIMIT = "8";

    private static final int OUTPUT_LIMIT = 1 << 20;
    private static final String READY = "ready\n";

    private final Process holder;
    private final String nsenter;
    private final String timeout;

    private ProbeNamespace(Process holder, String nsenter, String timeout) {
        this.holder = holder;
        this.nsenter = nsenter;
        this.timeout = timeout;
    }

    /** Is this program run by root, as making a namespace demands? */
    public static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /**
     * Makes the namespace.
     *
     * @throws NoNamespaceException if a tool for it is missing or the system does not allow it
     */
    public static ProbeNamespace open() throws NoNamespaceException {
        String unshare = tool("unshare", "util-linux");
        String nsenter = tool("nsenter", "util-linux");
        String timeout = tool("timeout", "coreutils");
        String cat = tool("cat", "coreutils");
        Process holder;
        try {
            holder = builder(List.of(unshare, "--net", cat)).start();
        } catch (IOException e) {
            throw new NoNamespaceException("unshare cannot be started");
        }
        ProbeNamespace namespace = new ProbeNamespace(holder, nsenter, timeout);
        boolean made = false;
        try {
            namespace.awaitHolder();
            made = true;
            return namespace;
        } finally {
            if (!made) {
                namespace.close();
            }
        }
    }

    private static String tool(String name, String source) throws NoNamespaceException {
        return LiveHost.programOf(name)
                .orElseThrow(() -> new NoNamespaceException(name + " is not installed (it is part of " + source + ")"));
    }

    /** Only once unshare has become cat does it answer, so from then on the process is in its own namespace. */
    private void awaitHolder() throws NoNamespaceException {
        try {
            holder.getOutputStream().write(READY.getBytes(StandardCharsets.US_ASCII));
            holder.getOutputStream().flush();
        } catch (IOException e) {
            // It ended already; what it said is read below.
        }
        String said = read(holder.getInputStream(), READY.length(), TIME_LIMIT).orElse("no answer in time");
        if (!said.equals(READY)) {
            String rest =
                    read(holder.getInputStream(), OUTPUT_LIMIT, TIME_LIMIT).orElse("");
            throw new NoNamespaceException((said + rest).strip());
        }
    }

    /** Runs the command in the namespace. */
    public ProbeAnswer run(ProbeCommand command) {
        Optional<String> program = LiveHost.programOf(command.line().get(0));
        if (program.isEmpty()) {
            return new Silent(command.line().get(0) + " is not installed");
        }
        List<String> line = new ArrayList<>(List.of(
                timeout,
                "--signal=KILL",
                OUTER_TIME_LIMIT,
                nsenter,
                "--net=/proc/" + holder.pid() + "/ns/net",
                program.get()));
        line.addAll(command.line().subList(1, command.line().size()));
        Process process;
        try {
            process = builder(line)
                    .redirectInput(Redirect.from(new File("/dev/null")))
                    .start();
        } catch (IOException e) {
            return new Silent("cannot be started");
        }
        try {
            return answerOf(process);
        } finally {
            BoundedProcess.kill(process);
        }
    }

    private static ProbeAnswer answerOf(Process process) {
        long deadline = System.nanoTime() + TIME_LIMIT.toNanos();
        Optional<String> output = read(process.getInputStream(), OUTPUT_LIMIT, TIME_LIMIT);
        try {
            if (output.isEmpty() || !process.waitFor(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                return new Silent("did not end within " + TIME_LIMIT.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Silent("was interrupted");
        }
        return new Ended(process.exitValue(), output.get());
    }

    /** At most so many bytes until the end, as text; nothing if the time was up first. */
    private static Optional<String> read(InputStream in, int limit, Duration timeLimit) {
        FutureTask<byte[]> reading = new FutureTask<>(() -> in.readNBytes(limit));
        Thread reader = new Thread(reading, "output of a probe");
        reader.setDaemon(true);
        reader.start();
        try {
            return Optional.of(
                    new String(reading.get(timeLimit.toNanos(), TimeUnit.NANOSECONDS), StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        }
    }

    private static ProcessBuilder builder(List<String> line) {
        ProcessBuilder builder =
                new ProcessBuilder(line).directory(new File("/")).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        LiveHost.clear(environment);
        // iptables locks a file for the whole host, and would leave it behind; in here nobody else writes rules.
        environment.put("XTABLES_LOCKFILE", "/dev/null");
        return builder;
    }

    /** Ends the process that holds the namespace, and with it the namespace. */
    @Override
    public void close() {
        holder.destroyForcibly();
        try {
            holder.waitFor(TIME_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
