package calico.preflight.facts.source;

import java.util.List;
import java.util.Optional;

/**
 * A host that can be looked at. Implementations read and never write, follow no link out of their root, and bound what
 * they return. All paths are absolute, as the host itself would name them.
 */
public interface HostSource extends AutoCloseable {

    /** How reports name this source: {@code live}, {@code directory:PATH}, {@code capture:FILE}, {@code ssh://HOST}. */
    String name();

    /**
     * Was this seen on the running host itself? Then what {@code /proc} and {@code /sys} lack is not there, and
     * {@code /proc/net} and {@code /proc/self} are those of a process on that host. Below a directory, which may be a copy
     * of some files or the root of another host, they are neither.
     */
    boolean showsRunningHost();

    /** Can it tell what commands print on the host, now or when it was looked at? */
    boolean answersCommands();

    /** When the host was looked at, where that was before (ISO 8601, UTC); nothing: it is looked at now. */
    default Optional<String> collectedAt() {
        return Optional.empty();
    }

    /** Lets go of what was needed to read it, such as unpacked files. It may be called more than once. */
    @Override
    default void close() {}

    /** The bytes of a regular file, at most {@code limit} of them; a longer file is {@link Content.Failed}. */
    Content<byte[]> read(String path, int limit);

    /** The names in a directory, sorted, without {@code .} and {@code ..}. */
    Content<List<String>> list(String directory);

    /**
     * The regular files below a directory, as sorted paths relative to it. A link that leads to a regular file within
     * the root counts as one (weak-updates of a module tree are such links); links to directories are not followed.
     * Where a part of the tree cannot be read, nothing is given.
     */
    Content<List<String>> walk(String directory);

    /** What there is at a path, links resolved within the root. */
    Content<FileKind> kind(String path);

    /** The target of a symbolic link, as written; {@link Content.Missing} where the path is no link. */
    Content<String> link(String path);

    /** Runs one of the known commands and gives its standard output. */
    Content<byte[]> run(HostCommand command);

    /** What another tool kept of the output of a command; only a report has any. */
    default Optional<Printout.Kept> kept(Printout printout) {
        return Optional.empty();
    }

    /** Sorts of files that matter here. */
    enum FileKind {
        FILE,
        DIRECTORY,
        OTHER
    }
}
