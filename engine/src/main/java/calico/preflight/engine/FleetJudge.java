package calico.preflight.engine;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.fleet.FleetRules;
import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.engine.drl.RuleLimitException;
import calico.preflight.engine.inference.FleetInference;
import calico.preflight.engine.inference.Inference.Conclusion;
import calico.preflight.engine.report.Finding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Judges what shows only across the hosts of a fleet. */
public final class FleetJudge {

    private final FleetInference inference;

    private FleetJudge(FleetInference inference) {
        this.inference = inference;
    }

    /**
     * Compiles the rules.
     *
     * @throws InvalidRulesException where the rules leave their language, do not compile, or are of somebody who is not
     *     trusted
     */
    public static FleetJudge of(FleetRules rules, RuleTrust trust) throws InvalidRulesException {
        Judges.checkTrust(rules.inference(), trust);
        return new FleetJudge(FleetInference.compile(rules.inference()));
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
