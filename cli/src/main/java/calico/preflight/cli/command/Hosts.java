package calico.preflight.cli.command;

import calico.preflight.catalog.Suggestion;
import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.UserException;
import calico.preflight.cli.option.HostOptions;
import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.collect.AmbiguousKernelException;
import calico.preflight.facts.collect.CollectionOptions;
import calico.preflight.facts.collect.HostCollector;
import calico.preflight.facts.json.FactsFile;
import calico.preflight.facts.json.InvalidFactsException;
import calico.preflight.facts.opening.HostSources;
import calico.preflight.facts.source.HostSource;
import calico.preflight.facts.source.UnusableSourceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The facts of the host that the options name. They are collected bit by bit, as they are wanted, and no fact twice.
 */
final class Hosts {

    private static final String STANDARD_INPUT = "-";

    /** Bytes of a facts file; the reader of facts refuses as much. */
    private static final int MAX_FACTS = 64 << 20;

    private final HostOptions options;
    private final Console console;
    private final CollectionOptions given;
    private Optional<HostSource> source = Optional.empty();
    private Optional<HostFacts> facts = Optional.empty();

    /** The one host that the options name. */
    Hosts(HostOptions options, Console console) {
        this(options, options.facts(), console);
    }

    /** The host of a file of facts, or where there is none that of the source. */
    Hosts(HostOptions options, Optional<String> file, Console console) {
        this.options = options;
        this.console = console;
        this.given = given(options);
        if (file.isPresent() && options.source().isPresent()) {
            throw new UserException("--facts and --source exclude each other: facts were collected already.");
        }
        if (file.isPresent()) {
            facts = Optional.of(withGiven(read(file.get())));
        } else {
            source = Optional.of(open(options));
        }
    }

    /**
     * The files of facts that the options name, those in their folders among them, by name; {@code -} is standard input.
     *
     * @throws UserException where a folder holds none
     */
    static List<String> files(HostOptions options) {
        List<String> files = new ArrayList<>();
        for (String name : options.allFacts()) {
            Path path = Path.of(name);
            if (name.equals(STANDARD_INPUT) || !Files.isDirectory(path)) {
                files.add(name);
                continue;
            }
            try (Stream<Path> entries = Files.list(path)) {
                List<String> inside = entries.filter(entry -> entry.toString().endsWith(".json"))
                        .map(Path::toString)
                        .sorted()
                        .toList();
                if (inside.isEmpty()) {
                    throw new UserException("--facts " + name + ": there is no file *.json in this folder.");
                }
                files.addAll(inside);
            } catch (IOException e) {
                throw new UserException("--facts " + name + ": " + Console.reason(e), e);
            }
        }
        return files;
    }

    /** What is known so far, with these facts among it. */
    HostFacts with(Predicate<String> wanted) {
        if (source.isEmpty()) {
            return facts.orElseThrow();
        }
        Map<String, Fact> known = facts.map(HostFacts::facts).orElse(Map.of());
        HostFacts more = collect(source.get(), given, name -> wanted.test(name) && !known.containsKey(name));
        Map<String, Fact> all = new TreeMap<>(known);
        all.putAll(more.facts());
        String at = facts.map(HostFacts::collectedAt).orElse(more.collectedAt());
        HostFacts together = new HostFacts(more.source(), at, all);
        facts = Optional.of(together);
        return together;
    }

    /** All facts of a source, as the options complete them. */
    static HostFacts collect(HostSource host, HostOptions options) {
        return collect(host, given(options), name -> true);
    }

    private static CollectionOptions given(HostOptions options) {
        return new CollectionOptions(
                options.kernelRelease(),
                options.architecture(),
                CollectionOptions.none().clock());
    }

    private static HostFacts collect(HostSource host, CollectionOptions given, Predicate<String> wanted) {
        try {
            return new HostCollector().collect(host, given, wanted);
        } catch (AmbiguousKernelException e) {
            throw new UserException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * The source that the options name, live where they name none.
     *
     * @throws UserException where it cannot be used
     */
    static HostSource open(HostOptions options) {
        String name = options.source().orElse(HostSources.LIVE);
        try {
            return HostSources.open(name, options.ssh());
        } catch (UnusableSourceException e) {
            throw new UserException("--source " + name + ": " + e.why() + ".", e);
        } catch (NoSuchFileException e) {
            throw new UserException(
                    "--source " + name
                            + ": there is no such directory or file; a source is live, ssh://HOST, a directory"
                            + " that holds a host's files, an archive of one, a capture, or a kernel configuration file."
                            + Suggestion.didYouMean(name, List.of(HostSources.LIVE)),
                    e);
        } catch (IOException e) {
            throw new UserException("--source " + name + ": " + Console.reason(e) + ".", e);
        }
    }

    private HostFacts read(String name) {
        return read("--facts", name, console);
    }

    /** The facts in a file that an option names. */
    static HostFacts read(String option, String name, Console console) {
        boolean standardInput = name.equals(STANDARD_INPUT);
        try (InputStream input = standardInput ? console.environment().input() : Files.newInputStream(Path.of(name))) {
            // One byte more than is read, so that the reader refuses what is too long rather than reads a part of it.
            byte[] bytes = input.readNBytes(MAX_FACTS + 1);
            FactsFile.Contents contents = FactsFile.read(standardInput ? "standard input" : name, bytes);
            contents.warnings().forEach(console::say);
            return contents.facts();
        } catch (IOException e) {
            throw new UserException(option + " " + name + ": " + Console.reason(e), e);
        } catch (InvalidFactsException e) {
            throw new UserException("the facts cannot be used:\n" + e.getMessage(), e);
        }
    }

    private HostFacts withGiven(HostFacts read) {
        List<Fact> all = new ArrayList<>(read.facts().values());
        options.kernelRelease().ifPresent(release -> all.add(said("kernel.release", release, "--kernel-release")));
        options.architecture().ifPresent(machine -> all.add(said("host.architecture", machine, "--arch")));
        return HostFacts.of(read.source(), read.collectedAt(), all);
    }

    private static Fact said(String name, String value, String option) {
        return new Fact(name, Observed.known(new FactValue.Text(value), Origin.of(option)));
    }
}
