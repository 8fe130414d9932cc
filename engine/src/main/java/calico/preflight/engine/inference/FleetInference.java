package calico.preflight.engine.inference;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.pack.ResolvedPack.RuleFile;
import calico.preflight.engine.drl.PreparedRules;
import calico.preflight.engine.drl.RuleCompiler;
import calico.preflight.engine.drl.RuleNetwork;
import calico.preflight.engine.drl.SecondOpinion;
import calico.preflight.engine.drl.Vocabulary;
import calico.preflight.engine.inference.Inference.Conclusion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules that compare the hosts of a fleet, compiled. They see counted values and never a host. */
public final class FleetInference {

    private static final Vocabulary VOCABULARY = Vocabulary.ofTypes(
            List.of(
                    ComparedHosts.class,
                    LikenessDemand.class,
                    SharedValue.class,
                    UniquenessDemand.class,
                    Verdict.class),
            Set.of("Verdict"));

    private final RuleNetwork rules;

    private FleetInference(RuleNetwork rules) {
        this.rules = rules;
    }

    /**
     * Checks and compiles the rules.
     *
     * @throws InvalidRulesException with everything that is wrong with any of the files, where something is
     */
    public static FleetInference compile(List<RuleFile> files) throws InvalidRulesException {
        return new FleetInference(RuleCompiler.compile(Inference.sources(files), VOCABULARY));
    }

    /** As they were prepared when the program was built, or else as {@link #compile(List)} does. */
    public static FleetInference of(List<RuleFile> files, Path prepared) throws InvalidRulesException {
        return new FleetInference(RuleCompiler.compile(Inference.sources(files), VOCABULARY, prepared));
    }

    /** As {@link Inference#secondOpinion}. */
    public static FleetInference secondOpinion(List<RuleFile> files) throws InvalidRulesException {
        return new FleetInference(SecondOpinion.compile(Inference.sources(files), VOCABULARY));
    }

    /**
     * Compiles the rules, and keeps what they come to.
     *
     * @throws InvalidRulesException with everything that is wrong with any of the files, where something is
     * @throws IOException if the file cannot be written
     */
    public static void prepare(Path file, List<RuleFile> files) throws InvalidRulesException, IOException {
        PreparedRules.write(file, List.of(Inference.sources(files)), VOCABULARY);
    }

    /**
     * Lets the rules conclude.
     *
     * @param counted {@link UniquenessDemand}s, {@link LikenessDemand}s, {@link ComparedHosts} and {@link SharedValue}s
     * @return what the rules concluded of each comparison, by its id
     */
    public Map<String, List<Conclusion>> conclude(List<Object> counted) {
        return Inference.conclude(rules, counted);
    }
}
