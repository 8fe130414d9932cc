package calico.preflight.engine.inference;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.pack.ResolvedPack.RuleFile;
import calico.preflight.engine.drl.RuleCompiler;
import calico.preflight.engine.drl.Vocabulary;
import calico.preflight.engine.inference.Inference.Conclusion;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kie.api.KieBase;

/** The rules that compare the hosts of a fleet, compiled. They see counted values and never a host. */
public final class FleetInference {

    private final KieBase rules;

    private FleetInference(KieBase rules) {
        this.rules = rules;
    }

    /**
     * Checks and compiles the rules.
     *
     * @throws InvalidRulesException with everything that is wrong with any of the files, where something is
     */
    public static FleetInference compile(List<RuleFile> files) throws InvalidRulesException {
        return new FleetInference(RuleCompiler.compile(Inference.sources(files), vocabulary()));
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

    private static Vocabulary vocabulary() {
        Map<String, Set<String>> members = Stream.of(
                        ComparedHosts.class,
                        LikenessDemand.class,
                        SharedValue.class,
                        UniquenessDemand.class,
                        Verdict.class)
                .collect(Collectors.toMap(Class::getSimpleName, type -> Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        .collect(Collectors.toSet())));
        return new Vocabulary(FleetInference.class.getPackageName(), members, Set.of("Verdict"));
    }
}
