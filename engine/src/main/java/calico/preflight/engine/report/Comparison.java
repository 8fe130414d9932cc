package calico.preflight.engine.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two reports of one host for two targets, compared: what another version of Calico changes on it.
 *
 * @param changed requirements of both whose outcomes differ, in the order of the later report
 * @param added findings of the later report on what the earlier does not ask for, those that are not applicable left out
 * @param removed findings of the earlier report on what the later does not ask for, those that are not applicable left out
 */
public record Comparison(
        Report before, Report after, List<Change> changed, List<Finding> added, List<Finding> removed) {

    public Comparison {
        changed = List.copyOf(changed);
        added = List.copyOf(added);
        removed = List.copyOf(removed);
    }

    /** One requirement before and after. */
    public record Change(Finding before, Finding after) {

        /** Is what is asked for another thing now, or is it only seen otherwise? */
        public boolean asksForAnotherThing() {
            return !before.expected().equals(after.expected());
        }
    }

    /** The comparison of a report with a later one. */
    public static Comparison of(Report before, Report after) {
        Map<String, Finding> old = byId(before);
        Map<String, Finding> now = byId(after);
        List<Change> changed = new ArrayList<>();
        List<Finding> added = new ArrayList<>();
        for (Finding finding : after.findings()) {
            Optional<Finding> same = Optional.ofNullable(old.get(finding.id()));
            if (same.isEmpty() && finding.outcome() != Outcome.NOT_APPLICABLE) {
                added.add(finding);
            }
            same.filter(earlier -> earlier.outcome() != finding.outcome())
                    .ifPresent(earlier -> changed.add(new Change(earlier, finding)));
        }
        List<Finding> removed = before.findings().stream()
                .filter(finding -> !now.containsKey(finding.id()))
                .filter(finding -> finding.outcome() != Outcome.NOT_APPLICABLE)
                .toList();
        return new Comparison(before, after, changed, added, removed);
    }

    private static Map<String, Finding> byId(Report report) {
        Map<String, Finding> findings = new LinkedHashMap<>();
        report.findings().forEach(finding -> findings.put(finding.id(), finding));
        return findings;
    }

    /** The later report with only what changed or is new, which decides how the comparison ends. */
    public Report news() {
        List<Finding> news = new ArrayList<>(added);
        changed.forEach(change -> news.add(change.after()));
        return after.only(news::contains);
    }

    /** New requirements that have this outcome. */
    public List<Finding> addedWith(Outcome outcome) {
        return added.stream().filter(finding -> finding.outcome() == outcome).toList();
    }
}
