package calico.preflight.cli.fleet;

import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.UserException;
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
 * The places where the hosts of a fleet are. What becomes of a path is decided in {@link #path}, and nowhere else: a file is
 * a stream of facts, a directory that looks like the root of a host is that host, and any other is searched.
 */
public final class FleetInputs {

    private static final String STANDARD_INPUT = "-";
    private static final int DEEPEST = 16;
    private static final int MOST_ENTRIES = 500_000;
    private static final List<String> FACTS =
            List.of(".json", ".ndjson", ".jsonl", ".json.gz", ".ndjson.gz", ".jsonl.gz");

    /** Directories of a host's root, of which two are enough to look like one. */
    private static final List<String> OF_A_ROOT = List.of("etc", "proc", "usr", "lib", "var", "boot", "sys", "bin");

    private final List<String> names;
    private final InputStream standardInput;

    /**
     * These places.
     *
     * @param names paths, or {@code -} for standard input
     * @throws UserException where one of them is not there, before anything is read
     */
    public FleetInputs(List<String> names, InputStream standardInput) {
        this.names = List.copyOf(names);
        this.standardInput = standardInput;
        if (names.stream().filter(STANDARD_INPUT::equals).count() > 1) {
            throw new UserException("standard input (-) can be read only once.");
        }
        for (String name : names) {
            if (!name.equals(STANDARD_INPUT) && !Files.exists(Path.of(name))) {
                throw new UserException(name + ": there is no such file or directory.");
            }
        }
    }

    /** Finds all hosts, in the order of the places, and in directories by name. */
    void forEach(HostTaker taker) throws InterruptedException {
        for (String name : names) {
            if (name.equals(STANDARD_INPUT)) {
                new FactsStream("standard input", taker).read(standardInput);
            } else {
                path(Path.of(name), 0, taker);
            }
        }
    }

    private static void path(Path path, int depth, HostTaker taker) throws InterruptedException {
        if (!Files.isDirectory(path)) {
            file(path, taker);
        } else if (looksLikeRoot(path)) {
            taker.take(new DirectoryEvidence(path));
        } else if (depth >= DEEPEST) {
            taker.take(new NoEvidence(path.toString(), "directories are searched " + DEEPEST + " deep, and no deeper"));
        } else {
            directory(path, depth, taker);
        }
    }

    private static void file(Path path, HostTaker taker) throws InterruptedException {
        try (InputStream in = Files.newInputStream(path)) {
            new FactsStream(path.toString(), taker).read(in);
        } catch (IOException e) {
            taker.take(new NoEvidence(path.toString(), Console.reason(e)));
        }
    }

    /** Of a directory only what is named like a file of facts is read, and no link to a directory is followed. */
    private static void directory(Path directory, int depth, HostTaker taker) throws InterruptedException {
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
                || (FACTS.stream().anyMatch(name::endsWith) && Files.isRegularFile(entry));
    }

    private static boolean looksLikeRoot(Path directory) {
        return Stream.of("etc", "proc").anyMatch(name -> Files.isDirectory(directory.resolve(name)))
                && OF_A_ROOT.stream()
                                .filter(name -> Files.isDirectory(directory.resolve(name)))
                                .count()
                        > 1;
    }
}
