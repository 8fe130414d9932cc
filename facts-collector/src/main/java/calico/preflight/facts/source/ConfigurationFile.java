package calico.preflight.facts.source;

import calico.preflight.facts.source.Content.Missing;
import calico.preflight.facts.source.Content.Unsupported;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** A bare kernel configuration, plain or packed, as a source: it tells of one kernel, and of no host. */
public final class ConfigurationFile implements HostSource {

    /** Why such a source does not answer. */
    public static final String WHY = "only a kernel configuration was given";

    private final Path file;

    private ConfigurationFile(Path file) {
        this.file = file;
    }

    /**
     * This file as a source.
     *
     * @throws IOException if there is no such regular file
     */
    public static ConfigurationFile of(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        return new ConfigurationFile(file);
    }

    /** The path at which this source answers, as the user wrote it. */
    public String path() {
        return file.toString();
    }

    @Override
    public String name() {
        return "config:" + file;
    }

    @Override
    public boolean showsRunningHost() {
        return false;
    }

    @Override
    public boolean answersCommands() {
        return false;
    }

    @Override
    public Content<byte[]> read(String path, int limit) {
        return path.equals(path()) ? BoundedReading.read(file, limit) : new Unsupported<>(WHY);
    }

    @Override
    public Content<List<String>> list(String directory) {
        return new Unsupported<>(WHY);
    }

    @Override
    public Content<List<String>> walk(String directory) {
        return new Unsupported<>(WHY);
    }

    @Override
    public Content<FileKind> kind(String path) {
        return new Unsupported<>(WHY);
    }

    @Override
    public Content<String> link(String path) {
        return path.equals(path()) ? new Missing<>() : new Unsupported<>(WHY);
    }

    @Override
    public Content<byte[]> run(HostCommand command) {
        return new Unsupported<>(WHY);
    }
}
