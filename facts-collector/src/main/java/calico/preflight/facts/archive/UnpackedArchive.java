package calico.preflight.facts.archive;

import calico.preflight.facts.source.Content;
import calico.preflight.facts.source.HostCommand;
import calico.preflight.facts.source.HostSource;
import calico.preflight.facts.source.Printout;
import calico.preflight.facts.source.TemporaryFolder;
import calico.preflight.facts.source.UnusableSourceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * A packed root directory or report, unpacked into a temporary directory that only this user can read, and that is gone
 * when the source is closed or the program ends. Directories, files and symbolic links are made, each below the top and
 * none through a link; devices and pipes are left out. Nothing is executed and no mode or owner is taken over.
 */
public final class UnpackedArchive implements HostSource {

    /** A root directory of a server with everything. */
    private static final TarReader.Limits LIMITS = new TarReader.Limits(600_000, 8L << 30);

    /** No file that is read here is larger; of a larger one the size is kept, and nothing of what is in it. */
    private static final long LARGEST_FILE = 64L << 20;

    private static final int DEEPEST = 100;

    private final HostSource host;
    private final TemporaryFolder folder;

    private UnpackedArchive(HostSource host, TemporaryFolder folder) {
        this.host = host;
        this.folder = folder;
    }

    /**
     * Unpacks an archive.
     *
     * @param name how reports name it
     * @throws UnusableSourceException if it is damaged, too large, or has what leaves its place
     */
    public static HostSource open(String name, InputStream archive) throws IOException {
        TemporaryFolder folder = TemporaryFolder.make();
        boolean opened = false;
        try {
            Path top = folder.path();
            TarReader.read(archive, LIMITS, (path, entry, content) -> unpack(top, path, entry, content));
            UnpackedArchive unpacked = new UnpackedArchive(ReportFolder.open(name, top), folder);
            opened = true;
            return unpacked;
        } finally {
            if (!opened) {
                folder.close();
            }
        }
    }

    private static void unpack(Path top, List<String> path, TarArchiveEntry entry, InputStream content)
            throws IOException {
        if (path.isEmpty()) {
            return;
        }
        if (path.size() > DEEPEST) {
            throw new UnusableSourceException("has an entry below more than " + DEEPEST + " directories");
        }
        Path parent = top;
        for (String component : path.subList(0, path.size() - 1)) {
            parent = made(inside(parent, component), entry);
        }
        Path target = inside(parent, path.get(path.size() - 1));
        if (entry.isDirectory()) {
            made(target, entry);
            return;
        }
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new UnusableSourceException("has two entries of one name: " + entry.getName());
        }
        if (entry.isSymbolicLink()) {
            try {
                // it is followed by nothing but a reader that stays below the top
                Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            } catch (InvalidPathException e) {
                throw new UnusableSourceException("has a link that is no path: " + entry.getName(), e);
            }
        } else if (entry.isLink()) {
            hardLink(top, target, entry);
        } else if (TarReader.isRegular(entry)) {
            write(target, entry, content);
        }
    }

    private static Path inside(Path parent, String name) throws UnusableSourceException {
        try {
            return parent.resolve(name);
        } catch (InvalidPathException e) {
            throw new UnusableSourceException("has an entry whose name is no path", e);
        }
    }

    /** A directory at this path, which may be there already, but not as a link or a file. */
    private static Path made(Path path, TarArchiveEntry entry) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return path;
        }
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new UnusableSourceException("has an entry that leads through a link or a file: " + entry.getName());
        }
        return Files.createDirectory(path);
    }

    /** Another name for a file that came before. Nothing is written to either, and many names take no more room than one. */
    private static void hardLink(Path top, Path target, TarArchiveEntry entry) throws IOException {
        Path source = top;
        for (String component : entry.getLinkName().split("/", -1)) {
            if (component.equals("..")) {
                throw new UnusableSourceException("has an entry that leaves its place: " + entry.getName());
            }
            source = inside(source, component.equals(".") ? "" : component);
            if (Files.isSymbolicLink(source)) {
                throw new UnusableSourceException(
                        "has an entry that leads through a link or a file: " + entry.getName());
            }
        }
        if (!Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)) {
            throw new UnusableSourceException("has an entry that is another name of a file that did not come before: "
                    + entry.getName() + ", of " + entry.getLinkName());
        }
        Files.createLink(target, source);
    }

    private static void write(Path target, TarArchiveEntry entry, InputStream content) throws IOException {
        if (entry.getSize() > LARGEST_FILE) {
            try (RandomAccessFile file = new RandomAccessFile(target.toFile(), "rw")) {
                file.setLength(entry.getSize());
            }
            return;
        }
        try (OutputStream out =
                Files.newOutputStream(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            content.transferTo(out);
        }
    }

    @Override
    public String name() {
        return host.name();
    }

    @Override
    public boolean showsRunningHost() {
        return host.showsRunningHost();
    }

    @Override
    public boolean answersCommands() {
        return host.answersCommands();
    }

    @Override
    public Optional<String> collectedAt() {
        return host.collectedAt();
    }

    @Override
    public Content<byte[]> read(String path, int limit) {
        return host.read(path, limit);
    }

    @Override
    public Content<List<String>> list(String path) {
        return host.list(path);
    }

    @Override
    public Content<List<String>> walk(String path) {
        return host.walk(path);
    }

    @Override
    public Content<FileKind> kind(String path) {
        return host.kind(path);
    }

    @Override
    public Content<String> link(String path) {
        return host.link(path);
    }

    @Override
    public Content<byte[]> run(HostCommand command) {
        return host.run(command);
    }

    @Override
    public Optional<Printout.Kept> kept(Printout printout) {
        return host.kept(printout);
    }

    @Override
    public void close() {
        folder.close();
    }
}
