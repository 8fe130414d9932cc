package calico.preflight.engine;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.Problem;
import calico.preflight.catalog.knowledge.Knowledge;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.pack.ResolvedPack.RuleFile;
import calico.preflight.engine.drl.PreparedRules;
import calico.preflight.engine.inference.Inference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The judges for the packs of one catalog. Rules that several packs are judged by are compiled once. */
public final class Judges {

    /** The name of the file of prepared rules. */
    public static final String PREPARED = PreparedRules.FILE;

    private static final String NOT_TRUSTED =
            "inference rules (DRL) from outside the installation are not run; if you trust them: --allow-drl";

    private final Knowledge knowledge;
    private final RuleTrust trust;
    private final Optional<Path> prepared;
    private final boolean second;
    private final Map<List<RuleFile>, Inference> compiled = new HashMap<>();

    /**
     * No judge yet.
     *
     * @param trust whose rules may run
     */
    public Judges(Knowledge knowledge, RuleTrust trust) {
        this(knowledge, trust, Optional.empty());
    }

    /**
     * No judge yet.
     *
     * @param trust whose rules may run
     * @param prepared where {@link #prepare} wrote the rules of the installation when the program was built
     */
    public Judges(Knowledge knowledge, RuleTrust trust, Optional<Path> prepared) {
        this(knowledge, trust, prepared, false);
    }

    private Judges(Knowledge knowledge, RuleTrust trust, Optional<Path> prepared, boolean second) {
        this.knowledge = knowledge;
        this.trust = trust;
        this.prepared = prepared;
        this.second = second;
    }

    /**
     * Judges by the same rules, as Drools by itself reads and compiles them. They take many times as long to make, and must
     * judge as the others do: rules are DRL, and mean what Drools says that they mean. Where it reads them otherwise than this
     * program does, {@link #of} says so.
     *
     * @param trust whose rules may run
     */
    public static Judges bySecondOpinion(Knowledge knowledge, RuleTrust trust) {
        return new Judges(knowledge, trust, Optional.empty(), true);
    }

    /**
     * Compiles the rules of these packs, and keeps what they come to.
     *
     * @throws InvalidRulesException with everything that is wrong with the first rules that cannot be used
     * @throws IOException if the file cannot be written
     */
    public static void prepare(Path file, List<ResolvedPack> packs) throws InvalidRulesException, IOException {
        Inference.prepare(
                file, packs.stream().map(ResolvedPack::inference).distinct().toList());
    }

    /**
     * Begins to make ready the rules that most packs are judged by, while something else is done before a judge is asked for.
     *
     * @param prepared where {@link #prepare} wrote the rules of the installation when the program was built
     * @param folder that of its rule files
     */
    public static void begin(Path prepared, Path folder) {
        Inference.begin(prepared, folder);
    }

    /**
     * A judge for this pack.
     *
     * @throws InvalidRulesException where the pack's rules leave their language or do not compile: all that is wrong; and
     *     where they are of somebody who is not trusted: those are not even looked at
     */
    public Judge of(ResolvedPack pack) throws InvalidRulesException {
        Inference inference = compiled.get(pack.inference());
        if (inference == null) {
            inference = compile(pack.inference());
            compiled.put(pack.inference(), inference);
        }
        return new Judge(pack, knowledge, inference);
    }

    private Inference compile(List<RuleFile> files) throws InvalidRulesException {
        checkTrust(files, trust);
        if (second) {
            return Inference.secondOpinion(files, knowledge);
        }
        boolean ours = files.stream().allMatch(RuleFile::trusted);
        return prepared.isPresent() && ours
                ? Inference.of(files, knowledge, prepared.get())
                : Inference.compile(files, knowledge);
    }

    /** Refuses rules of somebody who is not trusted. */
    static void checkTrust(List<RuleFile> files, RuleTrust trust) throws InvalidRulesException {
        List<Problem> strangers = files.stream()
                .filter(file -> !file.trusted() && trust != RuleTrust.ANYBODY)
                .map(file -> new Problem(file.name(), 0, 0, NOT_TRUSTED))
                .toList();
        if (!strangers.isEmpty()) {
            throw new InvalidRulesException(strangers);
        }
    }
}
