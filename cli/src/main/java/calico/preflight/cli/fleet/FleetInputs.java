package calico.preflight.cli.fleet;

import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.UserException;
import calico.preflight.facts.remote.SshAddress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * The places where the hosts of a fleet are. What becomes of a path is decided in {@link #path}, and nowhere else: a tar
 * archive is a host (a capture, a report, a root), any other file is a stream of facts, a directory that looks like the root
 * of a host is that host, and any other is searched.
 */
public final class FleetInputs {

    private static final String STANDARD_INPUT = "-";
    private static final int DEEPEST = 16;
    private static final int MOST_ENTRIES = 500_000;
    private static final List<String> FACTS =
            List.of(".json", ".ndjson", ".jsonl", ".json.gz", ".ndjson.gz", ".jsonl.gz");

    /** Directories of a host's root, of which two are enough to look like one. */
    private static final List<String> OF_A_ROOT = List.of("etc", "proc", "usr", "lib", "var", "boot", "sys", "bin");

    private static final List<String> ARCHIVES =
            List.of(".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.bz2", ".tbz2");

    private final List<String> names;
    private final InputStream standardInput;
    private final RemoteHosts remote;

    /**
     * These places.
     *
     * @param names paths, {@code ssh://[user@]host[:port]}, or {@code -} for standard input
     * @param remote how hosts of {@code ssh://} are reached
     * @throws UserException where one of them is not there, before anything is read
     */
    public FleetInputs(List<String> names, InputStream standardInput, RemoteHosts remote) {
        this.names = List.copyOf(names);
        this.standardInput = standardInput;
        this.remote = remote;
        if (names.stream().filter(STANDARD_INPUT::equals).count() > 1) {
            throw new UserException("standard input (-) can be read only once.");
        }
        for (String name : names) {
            // An empty path is the directory one is in, and what a variable holds that nobody set.
            if (name.isBlank()) {
                throw new UserException("one of the inputs is empty; . is the directory that you are in.");
            }
            if (!name.equals(STANDARD_INPUT) && !isRemote(name) && !Files.exists(Path.of(name))) {
                throw new UserException(name + ": there is no such file or directory.");
            }
        }
    }

    /** Finds all hosts, in the order of the places, and in directories by name. */
    void forEach(HostTaker taker) throws InterruptedException {
        for (String name : names) {
            if (name.equals(STANDARD_INPUT)) {
                new FactsStream("standard input", taker).read(standardInput);
            } else if (isRemote(name)) {
                taker.take(new SourceEvidence(name, () -> remote.open(name)));
            } else {
                path(Path.of(name), 0, taker);
            }
        }
    }

    /** Is some host reached through ssh, so that most of the time is spent in waiting? */
    boolean anyRemote() {
        return names.stream().anyMatch(FleetInputs::isRemote);
    }

    /** How many hosts of {@code ssh://} need not be reached, as their captures are kept. */
    public long kept() {
        return names.stream()
                .filter(FleetInputs::isRemote)
                .filter(remote::isKept)
                .count();
    }

    private static boolean isRemote(String name) {
        return name.startsWith(SshAddress.SCHEME);
    }

    private void path(Path path, int depth, HostTaker taker) throws InterruptedException {
        if (!Files.isDirectory(path)) {
            file(path, taker);
        } else if (looksLikeRoot(path)) {
            taker.take(SourceEvidence.of(path));
        } else if (depth >= DEEPEST) {
            taker.take(new NoEvidence(path.toString(), "directories are searched " + DEEPEST + " deep, and no deeper"));
        } else {
            directory(path, depth, taker);
        }
    }

    private void file(Path path, HostTaker taker) throws InterruptedException {
        if (ARCHIVES.stream().anyMatch(path.toString()::endsWith)) {
            taker.take(SourceEvidence.of(path));
            return;
        }
        try (InputStream in = Files.newInputStream(path)) {
            new FactsStream(path.toString(), taker).read(in);
        } catch (IOException e) {
            taker.take(new NoEvidence(path.toString(), Console.reason(e)));
        }
    }

    /** Of a directory only what is named like a file of facts or an archive is read, and no link to a directory is followed. */
    private void directory(Path directory, int depth, HostTaker taker) throws InterruptedException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            for (Path entry : all) {
                if (entries.size() >= MOST_ENTRIES) {
                    taker.take(new NoEvidence(
                            directory.toString(), "holds more than " + MOST_ENTRIES + " entries; none was read"));
                    return;
                }
                if (isInput(entry)) {
                    entries.add(entry);
                }
            }
        } catch (IOException e) {
            taker.take(new NoEvidence(directory.toString(), Console.reason(e)));
            return;
        }
        Collections.sort(entries);
        for (Path entry : entries) {
            path(entry, depth + 1, taker);
        }
    }

    private static boolean isInput(Path entry) {
        String name = String.valueOf(entry.getFileName());
        if (name.startsWith(".")) {
            return false;
        }
        return Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)
                || (Stream.concat(FACTS.stream(), ARCHIVES.stream()).anyMatch(name::endsWith)
                        && Files.isRegularFile(entry));
    }

    private static boolean looksLikeRoot(Path directory) {
        return Stream.of("etc", "proc").anyMatch(name -> Files.isDirectory(directory.resolve(name)))
                && OF_A_ROOT.stream()
                                .filter(name -> Files.isDirectory(directory.resolve(name)))
                                .count()
                        > 1;
    }
}
