package calico.preflight.engine.fleet;

import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.catalog.target.Target;
import calico.preflight.engine.fleet.HostGroup.Failure;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Outcome;
import calico.preflight.engine.report.Report;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Takes in the hosts of a fleet one after the other and keeps little of each: its name and place, two numbers, and hashes
 * of what no other host may have. Belongs to one thread.
 */
public final class FleetLedger {

    /** How many groups of hosts with the same failures are told apart. */
    public static final int MOST_GROUPS = 1_000;

    /** How many hosts that could not be read are told with the reason. */
    public static final int MOST_UNREADABLE = 1_000;

    private final Target target;
    private final ResolvedPack pack;
    private final List<Requirement> requirements;
    private final Comparisons comparisons;
    private final HostRegister hosts = new HostRegister();
    private final HostMatrix matrix;
    private final List<Map<Outcome, Integer>> counts;
    private final SomeHosts[] failed;
    private final Map<List<Failure>, Integer> groupNumbers = new HashMap<>();
    private final List<SomeHosts> groups = new ArrayList<>();
    private final List<Unreadable> unreadable = new ArrayList<>();
    private int otherGroups;

    /**
     * An empty ledger.
     *
     * @param target what all hosts are judged for
     * @param pack by which they are judged
     */
    public FleetLedger(Target target, ResolvedPack pack, Comparisons comparisons) {
        this.target = target;
        this.pack = pack;
        this.requirements = pack.requirements(target.profile());
        this.comparisons = comparisons;
        this.matrix = new HostMatrix(hosts, requirements);
        this.counts = requirements.stream()
                .map(requirement -> (Map<Outcome, Integer>) new EnumMap<Outcome, Integer>(Outcome.class))
                .toList();
        this.failed = IntStream.range(0, requirements.size())
                .mapToObj(i -> new SomeHosts())
                .toArray(SomeHosts[]::new);
    }

    /** Takes in a host that was judged. */
    public void add(HostRef ref, Report report, HostValues values) {
        int host = hosts.add(ref);
        List<Failure> failures = new ArrayList<>();
        for (int i = 0; i < requirements.size(); i++) {
            Finding finding = report.findings().get(i);
            counts.get(i).merge(finding.outcome(), 1, Integer::sum);
            if (finding.outcome() == Outcome.FAIL) {
                failed[i].add(host);
                failures.add(new Failure(finding.id(), finding.requirement().remedy()));
            }
        }
        matrix.add(report, failures.isEmpty() ? -1 : group(failures, host));
        comparisons.add(host, values);
    }

    private int group(List<Failure> failures, int host) {
        Integer known = groupNumbers.get(failures);
        if (known == null && groups.size() >= MOST_GROUPS) {
            otherGroups++;
            return -1;
        }
        if (known == null) {
            known = groups.size();
            groupNumbers.put(failures, known);
            groups.add(new SomeHosts());
        }
        groups.get(known).add(host);
        return known;
    }

    /** Takes in a host that could not be judged; it takes no part in comparisons. */
    public void addUnreadable(Unreadable host) {
        hosts.add(host.host());
        matrix.addUnreadable();
        if (unreadable.size() < MOST_UNREADABLE) {
            unreadable.add(host);
        }
    }

    /** How many hosts were taken in. */
    public int hosts() {
        return hosts.size();
    }

    /**
     * What all of it comes to.
     *
     * @param judge turns counts into what they mean, by the ids of the comparisons
     */
    public FleetReport close(Function<List<Object>, Map<String, Finding>> judge) {
        Map<String, Finding> judged = judge.apply(comparisons.counted(hosts));
        List<FleetFinding> findings = new ArrayList<>();
        for (int i = 0; i < comparisons.requirements().size(); i++) {
            Finding finding = judged.get(comparisons.requirements().get(i).id());
            if (finding != null) {
                findings.add(new FleetFinding(finding, comparisons.differing(i, hosts)));
            }
        }
        List<RequirementCount> columns = new ArrayList<>();
        for (int i = 0; i < requirements.size(); i++) {
            columns.add(new RequirementCount(requirements.get(i), counts.get(i), failed[i].in(hosts)));
        }
        return new FleetReport(
                target,
                pack.calico(),
                pack.id(),
                pack.digest(),
                columns,
                sortedGroups(),
                otherGroups,
                unreadable,
                findings,
                matrix);
    }

    /** The largest first; of equal size that which was met first. */
    private List<HostGroup> sortedGroups() {
        List<Map.Entry<List<Failure>, Integer>> sorted = groupNumbers.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<List<Failure>, Integer> entry) ->
                                -groups.get(entry.getValue()).count())
                        .thenComparing(Map.Entry::getValue))
                .toList();
        int[] ranks = new int[groups.size()];
        List<HostGroup> told = new ArrayList<>();
        for (Map.Entry<List<Failure>, Integer> entry : sorted) {
            ranks[entry.getValue()] = told.size();
            told.add(new HostGroup(entry.getKey(), groups.get(entry.getValue()).in(hosts)));
        }
        matrix.rankGroups(ranks);
        return told;
    }
}
