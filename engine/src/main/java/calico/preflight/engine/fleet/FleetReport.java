package calico.preflight.engine.fleet;

import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Target;
import calico.preflight.engine.report.Outcome;
import java.util.List;

/**
 * All that is left of a fleet when every host was judged: counts, groups, what shows across hosts, and the outcome of each
 * host on each requirement.
 *
 * @param target what is to be run on all of them
 * @param judgedAs the version whose requirements were judged
 * @param packId the pack that judged
 * @param packDigest what it was made of
 * @param requirements those of the pack over all hosts, in its order
 * @param groups hosts that fail the same with the same remedies, the largest first; at most {@link FleetLedger#MOST_GROUPS}
 * @param otherGroups hosts of further groups
 * @param unreadable the first hosts that could not be judged
 * @param findings what shows across hosts
 * @param matrix the outcome of each host on each requirement
 */
public record FleetReport(
        Target target,
        CalicoVersion judgedAs,
        String packId,
        String packDigest,
        List<RequirementCount> requirements,
        List<HostGroup> groups,
        int otherGroups,
        List<Unreadable> unreadable,
        List<FleetFinding> findings,
        Matrix matrix) {
    public FleetReport {
        requirements = List.copyOf(requirements);
        groups = List.copyOf(groups);
        unreadable = List.copyOf(unreadable);
        findings = List.copyOf(findings);
    }

    /** The hosts in the order of the input, as rows. */
    public interface Matrix {

        /** How many hosts there are, those that could not be read among them. */
        int hosts();

        /** A host by its number, counted from 0. */
        HostRef host(int number);

        /** Could its facts be read? */
        boolean isReadable(int number);

        /** The outcome of the whole of the host; UNKNOWN where it could not be read. */
        Outcome outcome(int number);

        /** Its outcome on a requirement, by the number that this has in {@link #requirements()}. */
        Outcome outcome(int number, int requirement);

        /** The number of its group in {@link FleetReport#groups()}; -1: it failed nothing, or its group is not among these. */
        int group(int number);

        /** How many hosts have this outcome in all; unreadable ones are not counted. */
        int count(Outcome outcome);

        /** How many could not be read. */
        int unreadable();

        /** The columns. */
        List<Requirement> requirements();
    }

    /** The outcome of the whole: that of the worst host, to which what shows across hosts counts as well. */
    public Outcome outcome() {
        Outcome worst = Outcome.PASS;
        for (Outcome outcome : List.of(Outcome.WARN, Outcome.UNKNOWN, Outcome.FAIL)) {
            boolean seen = matrix.count(outcome) > 0
                    || (outcome == Outcome.UNKNOWN && matrix.unreadable() > 0)
                    || findings.stream().anyMatch(one -> one.finding().weight() == outcome);
            worst = seen ? outcome : worst;
        }
        return worst;
    }
}
