package calico.preflight.engine.fleet;

import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.engine.report.Outcome;
import java.util.List;

/**
 * A requirement over all hosts.
 *
 * @param counts hosts by the number of the outcome ({@link Outcome#ordinal()})
 * @param failed the hosts that fail it
 */
public record RequirementCount(Requirement requirement, List<Integer> counts, HostList failed) {
    public RequirementCount {
        counts = List.copyOf(counts);
    }

    /** How many hosts have this outcome. */
    public int count(Outcome outcome) {
        return counts.get(outcome.ordinal());
    }
}
