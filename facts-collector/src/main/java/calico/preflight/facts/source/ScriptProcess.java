package calico.preflight.facts.source;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A command that runs a script of ours, which it reads from its standard input: a shell here, or ssh to one elsewhere. */
public final class ScriptProcess {

    private static final int MOST_BYTES = 128 << 20;
    private static final int MOST_TROUBLE = 64 << 10;

    private ScriptProcess() {}

    /** What came of it. */
    public static final class Outcome {
        private final byte[] output;
        private final String trouble;
        private final int status;
        private final String end;

        Outcome(byte[] output, String trouble, int status, String end) {
            this.output = output;
            this.trouble = trouble;
            this.status = status;
            this.end = end;
        }

        /** What it printed. */
        public byte[] output() {
            return output.clone();
        }

        /** What it said on standard error. */
        public String trouble() {
            return trouble;
        }

        /** The exit status. */
        public int status() {
            return status;
        }

        /** Why it was ended before it ended itself; empty where it was not. */
        public String end() {
            return end;
        }
    }

    /**
     * Runs it to its end, or kills it with all its children when the time is up or it gives too much.
     *
     * @throws UnusableSourceException if the command cannot be started
     */
    public static Outcome run(List<String> command, byte[] script, Duration timeLimit) throws UnusableSourceException {
        Process process;
        try {
            process = new ProcessBuilder(command).directory(new File("/")).start();
        } catch (IOException e) {
            throw new UnusableSourceException(command.get(0) + " cannot be started", e);
        }
        try {
            return outcome(process, script, timeLimit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnusableSourceException("was interrupted", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static Outcome outcome(Process process, byte[] script, Duration timeLimit) throws InterruptedException {
        long deadline = System.nanoTime() + timeLimit.toNanos();
        FutureTask<byte[]> output = reading(process.getInputStream(), MOST_BYTES + 1);
        FutureTask<byte[]> trouble = reading(process.getErrorStream(), MOST_TROUBLE);
        daemon(new FutureTask<>(() -> {
            try (OutputStream input = process.getOutputStream()) {
                input.write(script);
            } catch (IOException e) {
                // it ended before it had read all: what it said tells why
            }
            return true;
        }));
        String end = "";
        byte[] archive = {};
        try {
            archive = output.get(timeLimit.toNanos(), TimeUnit.NANOSECONDS);
            if (archive.length > MOST_BYTES) {
                end = "it gave more than " + (MOST_BYTES >> 20) + " MiB";
            } else if (!process.waitFor(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                end = tooLong(timeLimit);
            }
        } catch (TimeoutException e) {
            end = tooLong(timeLimit);
        } catch (ExecutionException e) {
            end = "its output cannot be read";
        }
        int status = end.isEmpty() ? process.exitValue() : -1;
        return new Outcome(archive, said(trouble), status, end);
    }

    private static String tooLong(Duration timeLimit) {
        return "it did not end within " + timeLimit.toSeconds() + " s";
    }

    private static String said(FutureTask<byte[]> trouble) throws InterruptedException {
        try {
            return new String(trouble.get(1, TimeUnit.SECONDS), StandardCharsets.UTF_8);
        } catch (ExecutionException | TimeoutException e) {
            return "";
        }
    }

    private static FutureTask<byte[]> reading(InputStream in, int limit) {
        FutureTask<byte[]> task = new FutureTask<>(() -> in.readNBytes(limit));
        daemon(task);
        return task;
    }

    private static void daemon(FutureTask<?> task) {
        Thread thread = new Thread(task, "capture of a host");
        thread.setDaemon(true);
        thread.start();
    }
}
