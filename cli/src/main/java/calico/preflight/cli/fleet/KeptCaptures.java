package calico.preflight.cli.fleet;

import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.ResultStream;
import calico.preflight.cli.console.UserException;
import calico.preflight.facts.capture.Capture;
import calico.preflight.facts.capture.CaptureArchive;
import calico.preflight.facts.capture.CaptureHost;
import calico.preflight.facts.remote.SshAddress;
import calico.preflight.facts.source.UnusableSourceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** A directory with the capture of each host that was reached, each there completely or not at all. */
public final class KeptCaptures {

    private static final String ENDING = ".tar.gz";

    private final Path directory;
    private final Console console;
    private final boolean refresh;
    private final Set<Path> takenAnew = ConcurrentHashMap.newKeySet();
    private final ReentrantLock writing = new ReentrantLock();

    /**
     * The captures in this directory, which is made where it is not there.
     *
     * @param refresh is what earlier runs left to be taken anew?
     */
    public KeptCaptures(Path directory, Console console, boolean refresh) {
        this.directory = directory;
        this.console = console;
        this.refresh = refresh;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UserException("--captures " + directory + ": " + Console.reason(e) + ".", e);
        }
    }

    boolean has(SshAddress address) {
        Path file = file(address);
        return Files.exists(file) && (!refresh || takenAnew.contains(file));
    }

    CaptureHost read(SshAddress address) throws IOException {
        Path file = file(address);
        try (InputStream in = Files.newInputStream(file)) {
            return CaptureHost.of(address.toString(), CaptureArchive.read(in));
        } catch (UnusableSourceException e) {
            throw new UnusableSourceException(
                    file + " " + e.why() + "; without it, or with --refresh, it is taken anew", e);
        }
    }

    /** Keeps a capture in the place of an earlier one. */
    void keep(SshAddress address, Capture capture) {
        Path file = file(address);
        writing.lock();
        try (ResultStream stream = console.stream(Optional.of(file))) {
            stream.give(CaptureArchive.write(capture));
            stream.complete();
            takenAnew.add(file);
        } finally {
            writing.unlock();
        }
    }

    /**
     * Each host has a file of its own, whatever is in its name: what is not plain is written as in an address of the web, and
     * what would be hidden shows.
     */
    private Path file(SshAddress address) {
        StringBuilder name = new StringBuilder();
        for (byte character :
                address.toString().substring(SshAddress.SCHEME.length()).getBytes(StandardCharsets.UTF_8)) {
            boolean plain = Character.isLetterOrDigit(character) || "-_@".indexOf(character) >= 0;
            if (plain || (character == '.' && !name.isEmpty())) {
                name.append((char) character);
            } else {
                name.append(String.format(Locale.ROOT, "%%%02X", character));
            }
        }
        return directory.resolve(name + ENDING);
    }
}
