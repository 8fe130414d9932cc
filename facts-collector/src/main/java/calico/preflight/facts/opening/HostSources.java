package calico.preflight.facts.opening;

import calico.preflight.facts.archive.ReportFolder;
import calico.preflight.facts.archive.TarReader;
import calico.preflight.facts.archive.UnpackedArchive;
import calico.preflight.facts.capture.CaptureArchive;
import calico.preflight.facts.capture.CaptureHost;
import calico.preflight.facts.remote.SshAddress;
import calico.preflight.facts.remote.SshHost;
import calico.preflight.facts.remote.SshSettings;
import calico.preflight.facts.source.ConfigurationFile;
import calico.preflight.facts.source.HostSource;
import calico.preflight.facts.source.LiveHost;
import calico.preflight.facts.source.UnusableSourceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Opens any source of facts by the name that a user gives it: {@code live}, {@code ssh://[user@]host[:port]}, a directory
 * (a mounted root, an unpacked sosreport or {@code calicoctl node diags}), an archive of one of those, a capture, or a
 * bare kernel configuration. Files are told apart by what is in them.
 */
public final class HostSources {

    /** The name of the host that this program runs on. */
    public static final String LIVE = "live";

    private HostSources() {}

    /**
     * Opens the source; whoever does so closes it.
     *
     * @throws NoSuchFileException if there is no such file or directory
     * @throws java.nio.file.AccessDeniedException if it may not be read
     * @throws UnusableSourceException if it is damaged, or the host cannot be reached
     */
    public static HostSource open(String name, SshSettings ssh) throws IOException {
        if (name.equals(LIVE)) {
            return new LiveHost();
        }
        if (name.isBlank()) {
            throw new UnusableSourceException("is empty; . is the directory that you are in");
        }
        if (name.startsWith(SshAddress.SCHEME)) {
            return SshHost.collect(SshAddress.parse(name), ssh);
        }
        Path path;
        try {
            path = Path.of(name);
        } catch (InvalidPathException e) {
            throw new UnusableSourceException("is no path: " + e.getReason(), e);
        }
        if (Files.isDirectory(path)) {
            return ReportFolder.open("directory:" + name, path);
        }
        try (InputStream file = Files.newInputStream(path)) {
            if (!TarReader.isTar(file)) {
                return ConfigurationFile.of(path);
            }
        }
        return archive(name, path);
    }

    private static HostSource archive(String name, Path path) throws IOException {
        boolean capture;
        try (InputStream file = Files.newInputStream(path)) {
            capture = CaptureArchive.begins(file);
        }
        try (InputStream file = Files.newInputStream(path)) {
            return capture
                    ? CaptureHost.of("capture:" + name, CaptureArchive.read(file))
                    : UnpackedArchive.open("archive:" + name, file);
        }
    }
}
