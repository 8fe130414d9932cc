package calico.preflight.facts.source;

import calico.preflight.facts.source.Content.Denied;
import calico.preflight.facts.source.Content.Failed;
import calico.preflight.facts.source.Content.Missing;
import calico.preflight.facts.source.Content.Present;
import calico.preflight.facts.source.Content.Unsupported;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/**
 * A directory that holds a host's files: a mounted root, an unpacked image or report. It is read as from inside a
 * chroot: an absolute link starts again at its root, {@code ..} stops there, and nothing outside is ever read. The
 * operating system is never asked to follow a link; each path is resolved here, component by component, so that neither
 * a stranger's links nor those that procfs makes up lead out.
 *
 * <p>Whether {@code /proc} below it is that of a running host or a copy of one cannot be told, and does not matter: its
 * files are just read.
 */
public final class DirectoryHost implements HostSource {

    /** As many as Linux follows (MAXSYMLINKS). */
    private static final int MAX_LINKS = 40;

    private static final LinkOption NO_LINKS = LinkOption.NOFOLLOW_LINKS;

    private final String name;
    private final Path root;

    private DirectoryHost(String name, Path root) {
        this.name = name;
        this.root = root;
    }

    /**
     * The host whose {@code /} is this directory. A link may lead to the directory itself.
     *
     * @throws IOException if it cannot be reached, or is no directory
     */
    public static DirectoryHost of(Path directory) throws IOException {
        return of("directory:" + directory, directory);
    }

    /** The same, by a name of its own in reports. */
    public static DirectoryHost of(String name, Path directory) throws IOException {
        Path root = directory.toRealPath();
        if (!Files.isDirectory(root)) {
            throw new NotDirectoryException(directory.toString());
        }
        return new DirectoryHost(name, root);
    }

    @Override
    public String name() {
        return name;
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
        return at(path, true, file -> BoundedReading.read(file, limit, NO_LINKS));
    }

    @Override
    public Content<List<String>> list(String directory) {
        return at(directory, true, BoundedReading::list);
    }

    @Override
    public Content<List<String>> walk(String directory) {
        return at(
                directory,
                true,
                start -> Files.isDirectory(start, NO_LINKS)
                        ? BoundedReading.walk(start, this::leadsToFile)
                        : new Failed<>("is no directory"));
    }

    private boolean leadsToFile(Path link) {
        return resolve(root.relativize(link), true) instanceof Present<Path> target
                && Files.isRegularFile(target.value(), NO_LINKS);
    }

    @Override
    public Content<FileKind> kind(String path) {
        return at(path, true, file -> BoundedReading.kind(file, NO_LINKS));
    }

    @Override
    public Content<String> link(String path) {
        return at(path, false, BoundedReading::link);
    }

    @Override
    public Content<byte[]> run(HostCommand command) {
        return new Unsupported<>("a directory runs no commands");
    }

    private <T> Content<T> at(String path, boolean followLast, Function<Path, Content<T>> reading) {
        Path parsed;
        try {
            parsed = Path.of(path);
        } catch (InvalidPathException e) {
            return new Failed<>("is no path: " + e.getReason());
        }
        Content<Path> resolved = resolve(parsed, followLast);
        if (resolved instanceof Present<Path> present) {
            return reading.apply(present.value());
        }
        if (resolved instanceof Denied<Path> denied) {
            return new Denied<>(denied.why());
        }
        if (resolved instanceof Failed<Path> failed) {
            return new Failed<>(failed.why());
        }
        return new Missing<>();
    }

    /** The path outside that a path inside stands for, all links resolved; the last one only if so wished. */
    private Content<Path> resolve(Path path, boolean followLast) {
        Deque<Path> pending = new ArrayDeque<>();
        pushFront(pending, path);
        Path at = root;
        int depth = 0;
        int links = 0;
        while (!pending.isEmpty()) {
            Path component = pending.pop();
            String text = component.toString();
            if (text.isEmpty() || text.equals(".")) {
                continue;
            }
            if (text.equals("..")) {
                Path parent = at.getParent();
                if (depth > 0 && parent != null) {
                    at = parent;
                    depth--;
                }
                continue;
            }
            Path next = at.resolve(component);
            try {
                BasicFileAttributes attributes = Files.readAttributes(next, BasicFileAttributes.class, NO_LINKS);
                if (attributes.isSymbolicLink() && (followLast || !pending.isEmpty())) {
                    if (++links > MAX_LINKS) {
                        return new Failed<>("leads through more than " + MAX_LINKS + " symbolic links");
                    }
                    Path target = Files.readSymbolicLink(next);
                    if (target.isAbsolute()) {
                        at = root;
                        depth = 0;
                    }
                    pushFront(pending, target);
                    continue;
                }
                if (!pending.isEmpty() && !attributes.isDirectory()) {
                    return new Missing<>();
                }
            } catch (IOException e) {
                return BoundedReading.refused(next, e);
            }
            at = next;
            depth++;
        }
        return new Present<>(at);
    }

    private static void pushFront(Deque<Path> pending, Path path) {
        for (int i = path.getNameCount() - 1; i >= 0; i--) {
            pending.push(path.getName(i));
        }
    }
}
