package calico.preflight.facts.source;

import calico.preflight.facts.source.Content.Failed;
import calico.preflight.facts.source.Content.Missing;
import calico.preflight.facts.source.Content.Present;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The host that this program runs on. Nothing is ever written, and nothing runs but the {@link HostCommand}s: without a
 * shell, found in fixed system directories, with an empty environment, a time limit and an output limit.
 */
public final class LiveHost implements HostSource {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(5);
    private static final int OUTPUT_LIMIT = 8 << 20;

    /** What the commands gave: asked again a moment later they would give the same. */
    private final Map<HostCommand, Content<byte[]>> outputs = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return "live";
    }

    @Override
    public boolean showsRunningHost() {
        return true;
    }

    @Override
    public boolean answersCommands() {
        return true;
    }

    @Override
    public Content<byte[]> read(String path, int limit) {
        return at(path, file -> BoundedReading.read(file, limit));
    }

    @Override
    public Content<List<String>> list(String directory) {
        return at(directory, BoundedReading::list);
    }

    @Override
    public Content<List<String>> walk(String directory) {
        return at(directory, start -> {
            Content<FileKind> kind = BoundedReading.kind(start);
            if (kind instanceof Content.Missing<FileKind>) {
                return new Missing<>();
            }
            if (kind instanceof Present<FileKind> present && present.value() != FileKind.DIRECTORY) {
                return new Failed<>("is no directory");
            }
            return BoundedReading.walk(start, Files::isRegularFile);
        });
    }

    @Override
    public Content<FileKind> kind(String path) {
        return at(path, BoundedReading::kind);
    }

    @Override
    public Content<String> link(String path) {
        return at(path, BoundedReading::link);
    }

    @Override
    public Content<byte[]> run(HostCommand command) {
        return outputs.computeIfAbsent(command, LiveHost::runNow);
    }

    private static Content<byte[]> runNow(HostCommand command) {
        Optional<String> program = programOf(command.line().get(0));
        if (program.isEmpty()) {
            return new Missing<>();
        }
        List<String> line = new ArrayList<>(command.line());
        line.set(0, program.get());
        return run(line, TIME_LIMIT, OUTPUT_LIMIT);
    }

    /** The absolute path of a program in the system's own directories. */
    static Optional<String> programOf(String name) {
        return HostCommand.DIRECTORIES.stream()
                .map(directory -> directory + "/" + name)
                .filter(path -> Files.isRegularFile(Path.of(path)) && Files.isExecutable(Path.of(path)))
                .findFirst();
    }

    /** Runs a program by its absolute path; on time-out or too much output it and its children are killed. */
    static Content<byte[]> run(List<String> line, Duration timeLimit, int outputLimit) {
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(new File("/"))
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectError(Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        clear(environment);
        try {
            BoundedProcess.Outcome outcome =
                    BoundedProcess.run(builder, new byte[0], new BoundedProcess.Limits(timeLimit, outputLimit, 0));
            return switch (outcome.end()) {
                case BY_ITSELF ->
                    outcome.status() == 0
                            ? new Present<>(outcome.output())
                            : new Failed<>("ended with status " + outcome.status());
                case TIME_UP -> new Failed<>("did not end within " + timeLimit.toMillis() + " ms");
                case TOO_MUCH -> new Failed<>("gave more than " + outputLimit + " bytes");
                case UNREADABLE -> new Failed<>("its output cannot be read");
            };
        } catch (IOException e) {
            return new Failed<>("cannot be started");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Failed<>("was interrupted");
        }
    }

    /** Leaves nothing in the environment but the system's own directories and plain English. */
    static void clear(Map<String, String> environment) {
        environment.clear();
        environment.put("PATH", String.join(":", HostCommand.DIRECTORIES));
        environment.put("LC_ALL", "C");
    }

    private static <T> Content<T> at(String path, Function<Path, Content<T>> reading) {
        try {
            return reading.apply(Path.of(path));
        } catch (InvalidPathException e) {
            return new Failed<>("is no path: " + e.getReason());
        }
    }
}
