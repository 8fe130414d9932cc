package calico.preflight.facts.source;

import calico.preflight.facts.source.Content.Denied;
import calico.preflight.facts.source.Content.Failed;
import calico.preflight.facts.source.Content.Missing;
import calico.preflight.facts.source.Content.Present;
import calico.preflight.facts.source.HostSource.FileKind;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Reads what a path leads to, within bounds, and says why where it cannot. The paths given here have no symbolic link
 * left that their source would not follow.
 */
final class BoundedReading {

    /** No directory tree that matters here comes near: a distribution's module tree has about 7,000 files. */
    static final int MAX_ENTRIES = 200_000;

    static final int MAX_DEPTH = 40;

    /** Most files of procfs and sysfs are no longer. */
    private static final int SMALL = 4096;

    private BoundedReading() {}

    /**
     * Reads a regular file. The size that the file system states is a reason to refuse, never a reason to stop early:
     * files of procfs and sysfs say 0, or 4096.
     */
    static Content<byte[]> read(Path file, int limit, LinkOption... links) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class, links);
            if (attributes.isDirectory()) {
                return new Failed<>("is a directory");
            }
            if (!attributes.isRegularFile()) {
                return new Failed<>("is no regular file");
            }
            // sysfs states 4096 bytes for an attribute of any length
            if (attributes.size() > Math.max(limit, 4096)) {
                return tooLarge(limit);
            }
            try (InputStream in = open(file, links)) {
                return read(in, attributes.size(), limit);
            }
        } catch (IOException e) {
            return refused(file, e);
        }
    }

    /** The plain stream costs least, which matters for hundreds of small files, but only the other says by type why not. */
    private static InputStream open(Path file, LinkOption... links) throws IOException {
        if (links.length == 0) {
            try {
                return new FileInputStream(file.toFile());
            } catch (FileNotFoundException e) {
                // whatever the reason is, it is still there
            }
        }
        return Files.newInputStream(file, links);
    }

    private static Content<byte[]> read(InputStream in, long stated, int limit) throws IOException {
        // there is room for one byte more than there should be, so that nothing grows where the stated size is true
        byte[] bytes = new byte[(int) Math.min(limit + 1L, Math.max(stated, SMALL) + 1)];
        int length = 0;
        for (int more = 0; more >= 0; more = in.read(bytes, length, bytes.length - length)) {
            length += more;
            if (length > limit) {
                return tooLarge(limit);
            }
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(limit + 1L, 2L * length));
            }
        }
        return new Present<>(Arrays.copyOf(bytes, length));
    }

    private static <T> Content<T> tooLarge(int limit) {
        return new Failed<>("is larger than " + limit + " bytes");
    }

    static Content<List<String>> list(Path directory) {
        try {
            if (!Files.readAttributes(directory, BasicFileAttributes.class).isDirectory()) {
                return new Failed<>("is no directory");
            }
        } catch (IOException e) {
            return refused(directory, e);
        }
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (names.size() == MAX_ENTRIES) {
                    return new Failed<>("has more than " + MAX_ENTRIES + " entries");
                }
                names.add(nameOf(entry));
            }
        } catch (IOException e) {
            return refused(directory, e);
        } catch (DirectoryIteratorException e) {
            return refused(directory, cause(e));
        }
        Collections.sort(names);
        return new Present<>(List.copyOf(names));
    }

    private record Pending(Path directory, String prefix, int depth) {}

    /**
     * The regular files below a directory. Where a part of the tree cannot be read, nothing is given: half a tree would
     * make what is in the other half look absent.
     *
     * @param linksToFile does this link, which is in the tree, lead to a regular file?
     */
    static Content<List<String>> walk(Path start, Predicate<Path> linksToFile) {
        List<String> files = new ArrayList<>();
        Deque<Pending> pending = new ArrayDeque<>();
        pending.push(new Pending(start, "", 0));
        int entries = 0;
        while (!pending.isEmpty()) {
            Pending at = pending.pop();
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(at.directory())) {
                for (Path entry : stream) {
                    if (++entries > MAX_ENTRIES) {
                        return new Failed<>("has more than " + MAX_ENTRIES + " entries");
                    }
                    String path = at.prefix() + nameOf(entry);
                    BasicFileAttributes attributes =
                            Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                    if (attributes.isDirectory()) {
                        if (at.depth() == MAX_DEPTH) {
                            return new Failed<>("is deeper than " + MAX_DEPTH + " directories");
                        }
                        pending.push(new Pending(entry, path + "/", at.depth() + 1));
                    } else if (attributes.isRegularFile() || (attributes.isSymbolicLink() && linksToFile.test(entry))) {
                        files.add(path);
                    }
                }
            } catch (IOException e) {
                return refusedBelow(at, e);
            } catch (DirectoryIteratorException e) {
                return refusedBelow(at, cause(e));
            }
        }
        Collections.sort(files);
        return new Present<>(List.copyOf(files));
    }

    private static IOException cause(DirectoryIteratorException e) {
        IOException cause = e.getCause();
        return cause == null ? new IOException("cannot be listed", e) : cause;
    }

    private static Content<List<String>> refusedBelow(Pending at, IOException e) {
        Content<List<String>> refused = refused(at.directory(), e);
        if (at.prefix().isEmpty()) {
            return refused;
        }
        // something below changed or cannot be read: the tree as a whole is there
        String place = " at " + at.prefix().substring(0, at.prefix().length() - 1);
        if (refused instanceof Denied<List<String>> denied) {
            return new Denied<>(denied.why() + place);
        }
        return new Failed<>((refused instanceof Failed<List<String>> failed ? failed.why() : "vanished") + place);
    }

    static Content<FileKind> kind(Path path, LinkOption... links) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class, links);
            if (attributes.isRegularFile()) {
                return new Present<>(FileKind.FILE);
            }
            return new Present<>(attributes.isDirectory() ? FileKind.DIRECTORY : FileKind.OTHER);
        } catch (IOException e) {
            return refused(path, e);
        }
    }

    static Content<String> link(Path path) {
        try {
            return new Present<>(Files.readSymbolicLink(path).toString());
        } catch (NotLinkException e) {
            return new Missing<>();
        } catch (IOException e) {
            return refused(path, e);
        }
    }

    /** Sorts an exception into missing, denied and failed. */
    static <T> Content<T> refused(Path path, IOException e) {
        if (e instanceof NoSuchFileException) {
            return new Missing<>();
        }
        String why = reason(e);
        // open tells EACCES by type; EPERM, and either of them from read (as procfs may answer), only by text
        if (e instanceof AccessDeniedException
                || why.equals("operation not permitted")
                || why.equals("permission denied")) {
            return new Denied<>("permission denied");
        }
        return hasFileAmongParents(path) ? new Missing<>() : new Failed<>(why);
    }

    private static String reason(IOException e) {
        String why = e instanceof FileSystemException inFileSystem ? inFileSystem.getReason() : e.getMessage();
        if (why == null || why.isBlank()) {
            return "cannot be read";
        }
        return why.substring(0, 1).toLowerCase(Locale.ROOT) + why.substring(1);
    }

    /** ENOTDIR: something below a regular file is asked for, and there is no such thing. */
    private static boolean hasFileAmongParents(Path path) {
        for (Path parent = path.getParent(); parent != null; parent = parent.getParent()) {
            if (Files.isDirectory(parent)) {
                return false;
            }
            if (Files.isRegularFile(parent)) {
                return true;
            }
        }
        return false;
    }

    private static String nameOf(Path entry) {
        Path name = entry.getFileName();
        return name == null ? "" : name.toString();
    }
}
