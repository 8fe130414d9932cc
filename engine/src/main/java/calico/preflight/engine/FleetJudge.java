package calico.preflight.engine;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.fleet.FleetRules;
import calico.preflight.catalog.pack.ResolvedPack.RuleFile;
import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.engine.drl.PreparedRules;
import calico.preflight.engine.drl.RuleLimitException;
import calico.preflight.engine.inference.FleetInference;
import calico.preflight.engine.inference.Inference.Conclusion;
import calico.preflight.engine.report.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges what shows only across the hosts of a fleet. */
public final class FleetJudge {

    /** The name of the file of prepared rules. */
    public static final String PREPARED = "fleet-" + PreparedRules.FILE;

    private final FleetInference inference;

    private FleetJudge(FleetInference inference) {
        this.inference = inference;
    }

    /**
     * Compiles the rules, or takes them as they were prepared.
     *
     * @param prepared where {@link #prepare} wrote the rules of the installation when the program was built
     * @throws InvalidRulesException where the rules leave their language, do not compile, or are of somebody who is not
     *     trusted
     */
    public static FleetJudge of(FleetRules rules, RuleTrust trust, Optional<Path> prepared)
            throws InvalidRulesException {
        Judges.checkTrust(rules.inference(), trust);
        boolean ours = rules.inference().stream().allMatch(RuleFile::trusted);
        return new FleetJudge(
                prepared.isPresent() && ours
                        ? FleetInference.of(rules.inference(), prepared.get())
                        : FleetInference.compile(rules.inference()));
    }

    /** As {@link Judges#bySecondOpinion}. */
    public static FleetJudge bySecondOpinion(FleetRules rules, RuleTrust trust) throws InvalidRulesException {
        Judges.checkTrust(rules.inference(), trust);
        return new FleetJudge(FleetInference.secondOpinion(rules.inference()));
    }

    /**
     * Compiles the rules, and keeps what they come to.
     *
     * @throws InvalidRulesException with everything that is wrong with them, where something is
     * @throws IOException if the file cannot be written
     */
    public static void prepare(Path file, FleetRules rules) throws InvalidRulesException, IOException {
        FleetInference.prepare(file, rules.inference());
    }

    /**
     * What the comparisons come to, by their ids and in their order.
     *
     * @param counted as {@link calico.preflight.engine.fleet.Comparisons} counts
     * @throws RuleException where the rules come to no end, or give an outcome that is none
     */
    public Map<String, Finding> judge(List<Requirement> comparisons, List<Object> counted) {
        Map<String, List<Conclusion>> conclusions;
        try {
            conclusions = inference.conclude(counted);
        } catch (RuleLimitException e) {
            throw new RuleException("the rules across hosts were stopped: " + e.getMessage());
        }
        Map<String, Finding> findings = new LinkedHashMap<>();
        for (Requirement comparison : comparisons) {
            findings.put(
                    comparison.id(),
                    Judge.finding(comparison, conclusions.getOrDefault(comparison.id(), List.of()), ""));
        }
        return findings;
    }
}
