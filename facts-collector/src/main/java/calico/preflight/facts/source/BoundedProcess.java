package calico.preflight.facts.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program that is run to its end, or killed with all its children when its time is up or it gives too much. A child that
 * outlives it may hold its output open for ever, so those who read are left behind, not joined.
 */
final class BoundedProcess {

    /**
     * What is too much.
     *
     * @param output bytes on standard output; one more, and it is killed
     * @param trouble bytes of standard error that are kept; the rest is read and let go
     */
    record Limits(Duration time, int output, int trouble) {}

    /** How it ended. */
    enum End {
        BY_ITSELF,
        TIME_UP,
        TOO_MUCH,
        UNREADABLE
    }

    /** What came of it. */
    static final class Outcome {
        private final byte[] output;
        private final String trouble;
        private final int status;
        private final End end;

        Outcome(byte[] output, String trouble, int status, End end) {
            this.output = output;
            this.trouble = trouble;
            this.status = status;
            this.end = end;
        }

        byte[] output() {
            return output.clone();
        }

        String trouble() {
            return trouble;
        }

        /** The exit status; -1 where it did not end by itself. */
        int status() {
            return status;
        }

        End end() {
            return end;
        }
    }

    private final Process process;
    private final Limits limits;

    private BoundedProcess(Process process, Limits limits) {
        this.process = process;
        this.limits = limits;
    }

    /**
     * Runs it.
     *
     * @param input what it reads on standard input
     * @throws IOException if it cannot be started
     */
    static Outcome run(ProcessBuilder builder, byte[] input, Limits limits) throws IOException, InterruptedException {
        Process process = builder.start();
        try {
            return new BoundedProcess(process, limits).outcome(input);
        } finally {
            kill(process);
        }
    }

    /**
     * Kills a process with all that it started. The children first: those of a dead parent are no longer found. A parent that
     * is quick with new ones gets a few rounds of it; to look for those of one that ended would take all of {@code /proc}.
     */
    static void kill(Process process) {
        for (int round = 0; round < 3 && process.isAlive(); round++) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
        }
        process.destroyForcibly();
    }

    private Outcome outcome(byte[] input) throws InterruptedException {
        long deadline = System.nanoTime() + limits.time().toNanos();
        FutureTask<byte[]> output = reading(() -> {
            try (InputStream in = process.getInputStream()) {
                return in.readNBytes(limits.output() + 1);
            }
        });
        FutureTask<byte[]> trouble = reading(() -> said(process.getErrorStream(), limits.trouble()));
        // Nobody waits for this one: where the program ends before it has read all, what it says tells why.
        FutureTask<byte[]> unused = reading(() -> {
            try (OutputStream out = process.getOutputStream()) {
                out.write(input);
            }
            return new byte[0];
        });
        try {
            byte[] bytes = output.get(limits.time().toNanos(), TimeUnit.NANOSECONDS);
            if (bytes.length > limits.output()) {
                return ended(bytes, trouble, End.TOO_MUCH);
            }
            boolean ended = process.waitFor(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            return ended(bytes, trouble, ended ? End.BY_ITSELF : End.TIME_UP);
        } catch (TimeoutException e) {
            return ended(new byte[0], trouble, End.TIME_UP);
        } catch (ExecutionException e) {
            return ended(new byte[0], trouble, End.UNREADABLE);
        }
    }

    private Outcome ended(byte[] output, FutureTask<byte[]> trouble, End end) throws InterruptedException {
        if (end != End.BY_ITSELF) {
            kill(process);
        }
        return new Outcome(output, said(trouble), end == End.BY_ITSELF ? process.exitValue() : -1, end);
    }

    /** The first of all that comes. To kill a program closes its streams, and what it said before counts most then. */
    private static byte[] said(InputStream stream, int most) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try (InputStream in = stream) {
            for (int more = 0; more >= 0; more = in.read(buffer)) {
                kept.write(buffer, 0, Math.min(more, most - kept.size()));
            }
        } catch (IOException e) {
            // no more of it can be read
        }
        return kept.toByteArray();
    }

    private static String said(FutureTask<byte[]> trouble) throws InterruptedException {
        try {
            return new String(trouble.get(1, TimeUnit.SECONDS), StandardCharsets.UTF_8);
        } catch (ExecutionException | TimeoutException e) {
            return "";
        }
    }

    private static FutureTask<byte[]> reading(Callable<byte[]> work) {
        FutureTask<byte[]> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "streams of a program");
        thread.setDaemon(true);
        thread.start();
        return task;
    }
}
