package calico.preflight.cli.command;

import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.UserException;
import calico.preflight.engine.report.Outcome;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Kernels of which it is known what they can do: a folder with a table of truths, {@code truth.tsv}, and beside it the
 * evidence, {@code kernel-configs/NAME.config.gz} and {@code debian-module-trees.tsv}. Each line of the tables ends with a
 * line feed, and tabulators separate its columns.
 *
 * @param kernels those of which there is evidence, in the order of the table
 * @param withoutEvidence those that the table names, but of which there is no file
 */
record Corpus(List<Kernel> kernels, List<String> withoutEvidence) {

    static final String TRUTH = "truth.tsv";
    static final String TREES = "debian-module-trees.tsv";
    static final String CONFIGURATIONS = "kernel-configs";

    private static final List<String> TRUTH_COLUMNS =
            List.of("kernel", "source", "version", "arch", "capability", "state", "provider", "note");

    /** The last column of a table may be left out. */
    private static final int FEWEST_COLUMNS = TRUTH_COLUMNS.size() - 1;

    private static final int TREE_COLUMNS = 3;

    /** More of the same kind help nobody. */
    private static final int MOST_PROBLEMS = 20;

    Corpus {
        kernels = List.copyOf(kernels);
        withoutEvidence = List.copyOf(withoutEvidence);
    }

    /** What is true of a capability of a kernel. */
    enum State {
        BUILTIN("builtin"),
        MODULE("module"),
        ABSENT("absent"),
        /** Such evidence does not show it: a fragment of a configuration that does not mention it, say. */
        OPEN("n/a");

        private final String word;

        State(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        static Optional<State> of(String word) {
            return Arrays.stream(values())
                    .filter(state -> state.word.equals(word))
                    .findFirst();
        }

        /** The only right verdict on it from such evidence. */
        Outcome verdict(Evidence evidence) {
            return switch (this) {
                case BUILTIN -> Outcome.PASS;
                case MODULE -> evidence instanceof Tree ? Outcome.PASS : Outcome.UNKNOWN;
                case ABSENT -> Outcome.FAIL;
                case OPEN -> Outcome.UNKNOWN;
            };
        }

        /** The step of the ladder of evidence on which the verdict must stand; nothing where it does not matter. */
        Optional<Integer> step(Evidence evidence) {
            return switch (this) {
                case BUILTIN -> Optional.of(3);
                case MODULE -> Optional.of(evidence instanceof Tree ? 4 : 5);
                case ABSENT, OPEN -> Optional.empty();
            };
        }
    }

    /** What there is to see of a kernel. */
    sealed interface Evidence {
        /** The word for it in the table. */
        String source();
    }

    /** A kernel configuration in a file. */
    record Configuration(Path file) implements Evidence {
        @Override
        public String source() {
            return "config";
        }
    }

    /**
     * The listing of a module tree.
     *
     * @param files module files, relative to the directory of the release
     * @param builtins the lines of its {@code modules.builtin}
     */
    record Tree(List<String> files, List<String> builtins) implements Evidence {
        @Override
        public String source() {
            return "tree";
        }
    }

    /**
     * A kernel with what is known of it by one kind of evidence.
     *
     * @param version its release
     * @param truths capability to state; the name of a capability may end in {@code /ipv6}: what it is for IPv6
     */
    record Kernel(String name, String version, Evidence evidence, Map<String, State> truths) {}

    /**
     * Reads the folder.
     *
     * @throws UserException if a table cannot be read, or has lines that are wrong: all of them
     */
    static Corpus read(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new UserException("--corpus " + folder + ": there is no such folder.");
        }
        Reader reader = new Reader(folder);
        Corpus corpus = reader.corpus();
        if (!reader.problems.isEmpty()) {
            throw new UserException("the corpus cannot be used:\n"
                    + reader.problems.stream().limit(MOST_PROBLEMS).collect(Collectors.joining("\n"))
                    + (reader.problems.size() > MOST_PROBLEMS
                            ? "\nand " + (reader.problems.size() - MOST_PROBLEMS) + " more"
                            : ""));
        }
        return corpus;
    }

    private static final class Reader {
        private final Path folder;
        private final List<String> problems = new ArrayList<>();

        private Reader(Path folder) {
            this.folder = folder;
        }

        Corpus corpus() {
            Map<String, Tree> trees = trees();
            List<Kernel> kernels = new ArrayList<>();
            Set<String> withoutEvidence = new LinkedHashSet<>();
            for (Kernel kernel : truths()) {
                Optional<Evidence> evidence = kernel.evidence() instanceof Tree
                        ? Optional.ofNullable(trees.get(kernel.name()))
                        : Optional.of(kernel.evidence())
                                .filter(configuration -> Files.exists(((Configuration) configuration).file()));
                evidence.ifPresentOrElse(
                        seen -> kernels.add(new Kernel(kernel.name(), kernel.version(), seen, kernel.truths())),
                        () -> withoutEvidence.add(
                                kernel.name() + " (" + kernel.evidence().source() + ")"));
            }
            return new Corpus(kernels, List.copyOf(withoutEvidence));
        }

        /** The kernels of the table; a tree is still empty. */
        private List<Kernel> truths() {
            Map<List<String>, Kernel> kernels = new LinkedHashMap<>();
            forEachLine(TRUTH, true, (place, columns) -> {
                if (columns.equals(TRUTH_COLUMNS)) {
                    return;
                }
                if (columns.size() < FEWEST_COLUMNS || columns.size() > TRUTH_COLUMNS.size()) {
                    problems.add(place + "has " + columns.size() + " columns; allowed: "
                            + String.join(", ", TRUTH_COLUMNS) + ", the last may be left out");
                    return;
                }
                String name = columns.get(0);
                String source = columns.get(1);
                Optional<State> state = State.of(columns.get(5));
                if (!isFileName(name) || !isFileName(columns.get(2))) {
                    problems.add(place + "a kernel and its version are names of files, without a slash");
                } else if (!source.equals("config") && !source.equals("tree")) {
                    problems.add(place + "source is \"" + source + "\"; allowed: config, tree");
                } else if (state.isEmpty()) {
                    problems.add(place + "state is \"" + columns.get(5) + "\"; allowed: "
                            + Arrays.stream(State.values()).map(State::word).collect(Collectors.joining(", ")));
                } else {
                    Evidence evidence = source.equals("tree")
                            ? new Tree(List.of(), List.of())
                            : new Configuration(folder.resolve(CONFIGURATIONS).resolve(name + ".config.gz"));
                    Kernel kernel = kernels.computeIfAbsent(
                            List.of(name, source),
                            key -> new Kernel(name, columns.get(2), evidence, new LinkedHashMap<>()));
                    if (!kernel.version().equals(columns.get(2))) {
                        problems.add(place + name + " has the version " + columns.get(2) + " here, and "
                                + kernel.version() + " above");
                    } else if (kernel.truths().putIfAbsent(columns.get(4), state.get()) != null) {
                        problems.add(place + columns.get(4) + " of " + name + " stands above already");
                    }
                }
            });
            return List.copyOf(kernels.values());
        }

        private Map<String, Tree> trees() {
            Map<String, Tree> trees = new LinkedHashMap<>();
            forEachLine(TREES, false, (place, columns) -> {
                if (columns.size() != TREE_COLUMNS) {
                    problems.add(place + "has " + columns.size() + " columns; allowed: root, ko or builtin, path");
                    return;
                }
                Tree tree =
                        trees.computeIfAbsent(columns.get(0), root -> new Tree(new ArrayList<>(), new ArrayList<>()));
                String path = columns.get(2);
                if (Arrays.stream(path.split("/", -1)).anyMatch(name -> !isFileName(name))) {
                    problems.add(place + "the path is none below the directory of the modules");
                } else if (columns.get(1).equals("ko")) {
                    tree.files().add(path);
                } else if (columns.get(1).equals("builtin")) {
                    tree.builtins().add(path);
                } else {
                    problems.add(place + "\"" + columns.get(1) + "\" is neither ko nor builtin");
                }
            });
            return trees;
        }

        private static boolean isFileName(String name) {
            return !name.isEmpty() && !name.equals(".") && !name.equals("..") && name.indexOf('/') < 0;
        }

        /** Calls for each line of a table with the place for messages and its columns. */
        private void forEachLine(String table, boolean needed, BiConsumer<String, List<String>> line) {
            Path file = folder.resolve(table);
            if (!needed && !Files.exists(file)) {
                return;
            }
            try {
                int number = 0;
                for (String text : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                    number++;
                    if (!text.isBlank()) {
                        line.accept(file + ":" + number + ": ", List.of(text.split("\t", -1)));
                    }
                }
            } catch (MalformedInputException e) {
                problems.add(file + ": is no text in UTF-8");
            } catch (IOException e) {
                problems.add(file + ": " + Console.reason(e));
            }
        }
    }
}
