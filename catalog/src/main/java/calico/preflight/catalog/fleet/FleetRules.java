package calico.preflight.catalog.fleet;

import calico.preflight.catalog.pack.ResolvedPack.RuleFile;
import calico.preflight.catalog.requirement.Requirement;
import java.util.List;

/**
 * What is compared across the hosts of a fleet. The comparisons are requirements whose checks are {@link
 * calico.preflight.catalog.requirement.Check.AcrossHosts}.
 *
 * @param interfaces names and patterns of interfaces whose addresses many hosts have by nature, such as {@code docker0}
 * @param ranges ranges of addresses that many hosts have by nature, such as {@code fe80::/10}
 * @param comparisons in the order of the file
 * @param inference the DRL files that judge them, in order
 */
public record FleetRules(
        List<String> interfaces, List<String> ranges, List<Requirement> comparisons, List<RuleFile> inference) {
    public FleetRules {
        interfaces = List.copyOf(interfaces);
        ranges = List.copyOf(ranges);
        comparisons = List.copyOf(comparisons);
        inference = List.copyOf(inference);
    }

    /** The same with the rule files by their names alone. */
    public FleetRules withoutTexts() {
        return judgedBy(inference.stream().map(RuleFile::withoutText).toList());
    }

    /** The same, judged by these rule files. */
    public FleetRules judgedBy(List<RuleFile> files) {
        return new FleetRules(interfaces, ranges, comparisons, files);
    }
}
