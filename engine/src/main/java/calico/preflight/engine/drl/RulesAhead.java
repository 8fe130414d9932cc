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

    /** What is being made ready, by the file of prepared rules; it is given once. */
    private static final Map<Path, RulesAhead> UNDERWAY = new ConcurrentHashMap<>();

    private final FutureTask<Read> reading;
    private final FutureTask<KieBase> building;

    private RulesAhead(Path prepared, Path folder, Supplier<Vocabulary> vocabulary) {
        this.reading = new FutureTask<>(() -> read(prepared, folder, vocabulary.get()));
        this.building = new FutureTask<>(
                () -> new NetworkBuilder(vocabulary.get()).build(reading.get().files()));
    }

    /** What rule files say, and their texts. */
    private record Read(List<String> texts, List<ParsedFile> files) {}

    /**
     * Begins, in a thread of its own.
     *
     * @param prepared the file of prepared rules
     * @param folder that of the rule files; those that were edited are read as they are now
     * @param vocabulary always the same; asked for in that thread
     */
    public static void begin(Path prepared, Path folder, Supplier<Vocabulary> vocabulary) {
        RulesAhead ahead = new RulesAhead(prepared, folder, vocabulary);
        if (UNDERWAY.putIfAbsent(prepared, ahead) == null) {
            Thread thread = new Thread(ahead::run, "rules-ahead");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void run() {
        reading.run();
        building.run();
    }

    /** The network of these rules, where it was begun, and as soon as it is known that it is of these. */
    static Optional<RuleNetwork> take(Path prepared, List<RuleSource> sources) {
        RulesAhead ahead = UNDERWAY.remove(prepared);
        return ahead != null && ahead.isOf(sources)
                ? Optional.of(RuleNetwork.underway(ahead.building))
                : Optional.empty();
    }

    private boolean isOf(List<RuleSource> sources) {
        try {
            return reading.get().texts().equals(texts(sources));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            // Whoever asks for these rules reads them again, and is told what is wrong.
            return false;
        }
    }

    private static Read read(Path prepared, Path folder, Vocabulary vocabulary)
            throws IOException, InvalidRulesException {
        PreparedRules rules = PreparedRules.open(prepared);
        List<RuleSource> sources = new ArrayList<>();
        for (String name : rules.usual()) {
            Path file = folder.resolve(name);
            if (!Files.isRegularFile(file) || Files.size(file) > ClosedLanguage.LARGEST_FILE) {
                throw new IOException(file + " is no file of rules");
            }
            // Plain ASCII, or it is refused: then as it is read here or elsewhere.
            sources.add(new RuleSource(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1)));
        }
        return new Read(texts(sources), RuleCompiler.parse(sources, vocabulary, rules));
    }

    private static List<String> texts(List<RuleSource> sources) {
        List<String> texts = new ArrayList<>();
        for (RuleSource source : sources) {
            texts.add(source.text());
        }
        return texts;
    }
}
