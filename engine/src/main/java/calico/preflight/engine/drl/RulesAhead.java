package calico.preflight.engine.drl;

import calico.preflight.catalog.InvalidRulesException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.kie.api.KieBase;

/**
 * Builds the network of the rules that will most likely be asked for while the arguments, the packs and the facts are still
 * being read: one host is judged in less time than that takes.
 */
public final class RulesAhead {

    /** What is being built, by the file of prepared rules; it is given once. */
    private static final Map<Path, FutureTask<Optional<Ready>>> AHEAD = new ConcurrentHashMap<>();

    private RulesAhead() {}

    /** A network, and the texts that it is built of. */
    private record Ready(List<String> texts, KieBase base) {}

    /**
     * Begins, in a thread of its own.
     *
     * @param prepared the file of prepared rules
     * @param folder that of the rule files; those that were edited are read as they are now
     */
    public static void begin(Path prepared, Path folder, Supplier<Vocabulary> vocabulary) {
        FutureTask<Optional<Ready>> building = new FutureTask<>(() -> build(prepared, folder, vocabulary.get()));
        if (AHEAD.putIfAbsent(prepared, building) == null) {
            Thread thread = new Thread(building, "rules-ahead");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** The network of these rules, where it was begun; waits for it. */
    static Optional<KieBase> take(Path prepared, List<RuleSource> sources) {
        FutureTask<Optional<Ready>> building = AHEAD.remove(prepared);
        if (building == null) {
            return Optional.empty();
        }
        try {
            return building.get()
                    .filter(ready -> ready.texts().equals(texts(sources)))
                    .map(Ready::base);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            // Building it now tells what is wrong.
            return Optional.empty();
        }
    }

    private static Optional<Ready> build(Path prepared, Path folder, Vocabulary vocabulary) throws IOException {
        PreparedRules rules = PreparedRules.open(prepared);
        List<RuleSource> sources = new ArrayList<>();
        for (String name : rules.usual()) {
            Path file = folder.resolve(name);
            if (!Files.isRegularFile(file) || Files.size(file) > ClosedLanguage.LARGEST_FILE) {
                return Optional.empty();
            }
            // Plain ASCII, or it is refused: then as it is read here or elsewhere.
            sources.add(new RuleSource(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1)));
        }
        if (sources.isEmpty()) {
            return Optional.empty();
        }
        try {
            List<ParsedFile> files = RuleCompiler.parse(sources, vocabulary, rules);
            return Optional.of(new Ready(texts(sources), new NetworkBuilder(vocabulary).build(files)));
        } catch (InvalidRulesException e) {
            // Whoever asks for these rules is told.
            return Optional.empty();
        }
    }

    private static List<String> texts(List<RuleSource> sources) {
        return sources.stream().map(RuleSource::text).toList();
    }
}
