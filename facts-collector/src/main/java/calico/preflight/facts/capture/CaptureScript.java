package calico.preflight.facts.capture;

import calico.preflight.facts.source.UnusableSourceException;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * {@code collect.sh}, which takes captures: on this host, or wherever a command brings its standard input to a shell. It
 * is the one thing that writes captures, so that hosts with and without Java are looked at alike.
 */
public final class CaptureScript {

    private static final String RESOURCE = "collect.sh";

    /** A busy host with many processes takes some ten seconds. */
    private static final Duration TIME_LIMIT = Duration.ofSeconds(120);

    private static final int MOST_BYTES = 128 << 20;
    private static final int MOST_TROUBLE = 64 << 10;

    /** What a login may print before the archive begins. */
    private static final int LONGEST_BANNER = 64 << 10;

    private CaptureScript() {}

    /**
     * What a shell that ran the script gave.
     *
     * @param output what it printed: the archive
     * @param trouble what it said on standard error
     * @param status the exit status
     * @param end why it was ended before it ended itself; empty where it was not
     */
    public record Run(byte[] output, String trouble, int status, String end) {

        /**
         * The capture in the output. What a login printed before it is passed over.
         *
         * @throws UnusableSourceException if there is none
         */
        public Capture capture() throws IOException {
            int start = archiveStart(output);
            return CaptureArchive.read(new ByteArrayInputStream(output, start, output.length - start));
        }

        /** Is there no archive at all in the output? */
        public boolean isWithoutArchive() {
            return output.length == 0 || !isGzip(output, archiveStart(output));
        }

        private static int archiveStart(byte[] bytes) {
            for (int i = 0; i < Math.min(bytes.length, LONGEST_BANNER); i++) {
                if (isGzip(bytes, i)) {
                    return i;
                }
            }
            return 0;
        }

        /** The first bytes of RFC 1952, with the only method there is. */
        private static boolean isGzip(byte[] bytes, int at) {
            return at + 2 < bytes.length && bytes[at] == 0x1f && bytes[at + 1] == (byte) 0x8b && bytes[at + 2] == 8;
        }
    }

    /** The script, to be carried to other hosts. */
    public static String text() {
        try (InputStream resource = CaptureScript.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(RESOURCE + " is not in the program");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Takes a capture of this host.
     *
     * @throws UnusableSourceException if the shell or a tool is missing, or something went wrong
     */
    public static Capture ofThisHost() throws IOException {
        Run run = run(List.of("/bin/sh", "-s"), TIME_LIMIT);
        if (!run.end().isEmpty()) {
            throw new UnusableSourceException("this host cannot be captured: " + run.end());
        }
        if (run.status() != 0) {
            throw new UnusableSourceException("this host cannot be captured: " + lastLine(run.trouble()));
        }
        return run.capture();
    }

    /** The last line that says something. */
    public static String lastLine(String text) {
        List<String> lines =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }

    /**
     * Gives the script to a command on its standard input.
     *
     * @param timeLimit for all of it; then the command is killed
     * @throws UnusableSourceException if the command cannot be started
     */
    public static Run run(List<String> command, Duration timeLimit) throws UnusableSourceException {
        Process process;
        try {
            process = new ProcessBuilder(command).directory(new File("/")).start();
        } catch (IOException e) {
            throw new UnusableSourceException(command.get(0) + " cannot be started", e);
        }
        try {
            return outcome(process, timeLimit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnusableSourceException("was interrupted", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static Run outcome(Process process, Duration timeLimit) throws InterruptedException {
        long deadline = System.nanoTime() + timeLimit.toNanos();
        FutureTask<byte[]> output = reading(process.getInputStream(), MOST_BYTES + 1);
        FutureTask<byte[]> trouble = reading(process.getErrorStream(), MOST_TROUBLE);
        daemon(new FutureTask<>(() -> {
            try (OutputStream input = process.getOutputStream()) {
                input.write(text().getBytes(StandardCharsets.UTF_8));
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
        return new Run(archive, said(trouble), status, end);
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
