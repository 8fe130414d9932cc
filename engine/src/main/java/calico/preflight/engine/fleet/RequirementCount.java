package calico.preflight.engine.fleet;

import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.engine.report.Outcome;
import java.util.Map;

/**
 * A requirement over all hosts.
 *
 * @param counts hosts by what came of it; none of the others
 * @param failed the hosts that fail it
 */
public record RequirementCount(Requirement requirement, Map<Outcome, Integer> counts, HostList failed) {
    public RequirementCount {
        counts = Map.copyOf(counts);
    }

    /** How many hosts have this outcome. */
    public int count(Outcome outcome) {
        return counts.getOrDefault(outcome, 0);
    }
}
