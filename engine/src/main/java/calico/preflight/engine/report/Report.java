package calico.preflight.engine.report;

import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Target;
import calico.preflight.facts.HostFacts;
import java.util.List;
import java.util.function.Predicate;

/**
 * All findings of one host for one target.
 *
 * @param judgedAs the version of Calico whose requirements were judged: that of the target, or where there are none for it
 *     the nearest, if the caller chose that
 * @param packId the pack that judged, such as {@code calico-3.16}
 * @param packDigest what the pack was made of
 * @param findings in the order of the pack, those that are not applicable among them
 */
public record Report(
        Target target,
        CalicoVersion judgedAs,
        String packId,
        String packDigest,
        HostFacts host,
        List<Finding> findings) {
    public Report {
        findings = List.copyOf(findings);
    }

    /** A report by the requirements of the very version of the target. */
    public Report(Target target, String packId, String packDigest, HostFacts host, List<Finding> findings) {
        this(target, target.calico(), packId, packDigest, host, findings);
    }

    /** The same with only these of its findings. */
    public Report only(Predicate<Finding> which) {
        return new Report(
                target,
                judgedAs,
                packId,
                packDigest,
                host,
                findings.stream().filter(which).toList());
    }

    /**
     * The outcome of the whole: FAIL before UNKNOWN before WARN before PASS. UNKNOWN on anything weaker than a must counts
     * as WARN.
     */
    public Outcome outcome() {
        Outcome worst = Outcome.PASS;
        for (Finding finding : findings) {
            Outcome outcome = finding.weight();
            if (rank(outcome) > rank(worst)) {
                worst = outcome;
            }
        }
        return worst;
    }

    /** How many findings have this outcome. */
    public int count(Outcome outcome) {
        return (int) findings.stream()
                .filter(finding -> finding.outcome() == outcome)
                .count();
    }

    private static int rank(Outcome outcome) {
        return switch (outcome) {
            case NOT_APPLICABLE, PASS -> 0;
            case WARN -> 1;
            case UNKNOWN -> 2;
            case FAIL -> 3;
        };
    }
}
