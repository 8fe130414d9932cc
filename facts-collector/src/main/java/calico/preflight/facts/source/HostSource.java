package calico.preflight.facts.source;

import java.util.List;

/**
 * A host that can be looked at. Implementations read and never write, follow no link out of their root, and bound what
 * they return. All paths are absolute, as the host itself would name them.
 */
public interface HostSource {

    /** How reports name this source: {@code live}, {@code directory:PATH}. */
    String name();

    /** Is this the running host, so that {@code /proc} and commands speak of it? */
    boolean isLive();

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

    /** Sorts of files that matter here. */
    enum FileKind {
        FILE,
        DIRECTORY,
        OTHER
    }
}
