package calico.preflight.facts.source;

import calico.preflight.facts.source.BoundedProcess.Limits;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

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
        ProcessBuilder builder = new ProcessBuilder(command).directory(new File("/"));
        try {
            return told(
                    BoundedProcess.run(builder, script, new Limits(timeLimit, MOST_BYTES, MOST_TROUBLE)), timeLimit);
        } catch (IOException e) {
            throw new UnusableSourceException(command.get(0) + " cannot be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnusableSourceException("was interrupted", e);
        }
    }

    private static Outcome told(BoundedProcess.Outcome outcome, Duration timeLimit) {
        String end =
                switch (outcome.end()) {
                    case BY_ITSELF -> "";
                    case TIME_UP -> "it did not end within " + timeLimit.toSeconds() + " s";
                    case TOO_MUCH -> "it gave more than " + (MOST_BYTES >> 20) + " MiB";
                    case UNREADABLE -> "its output cannot be read";
                };
        return new Outcome(outcome.output(), outcome.trouble(), outcome.status(), end);
    }
}
