package calico.preflight.facts.capture;

import calico.preflight.facts.parse.TextLines;
import calico.preflight.facts.source.ScriptProcess;
import calico.preflight.facts.source.UnusableSourceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * {@code collect.sh}, which takes captures: on this host, or wherever a command brings its standard input to a shell. It
 * is the one thing that writes captures, so that hosts with and without Java are looked at alike.
 */
public final class CaptureScript {

    private static final String RESOURCE = "collect.sh";

    /** A busy host with many processes takes some ten seconds. */
    private static final Duration TIME_LIMIT = Duration.ofMinutes(2);

    /** What a login may print before the archive begins. */
    private static final int LONGEST_BANNER = 64 << 10;

    private static final int SHOWN = 60;

    private CaptureScript() {}

    /** What a shell that ran the script gave. */
    public static final class Run {
        private final byte[] output;
        private final ScriptProcess.Outcome outcome;

        private Run(ScriptProcess.Outcome outcome) {
            this.output = outcome.output();
            this.outcome = outcome;
        }

        /** How many bytes it printed. */
        public int size() {
            return output.length;
        }

        /** The first line that it printed, or the beginning of it. */
        public String firstLine() {
            String text = new String(output, 0, Math.min(output.length, SHOWN), StandardCharsets.UTF_8);
            return TextLines.first(text);
        }

        /** What it said on standard error. */
        public String trouble() {
            return outcome.trouble();
        }

        /** The exit status. */
        public int status() {
            return outcome.status();
        }

        /** Why it was ended before it ended itself; empty where it was not. */
        public String end() {
            return outcome.end();
        }

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
        return new Run(ScriptProcess.run(command, text().getBytes(StandardCharsets.UTF_8), timeLimit));
    }
}
