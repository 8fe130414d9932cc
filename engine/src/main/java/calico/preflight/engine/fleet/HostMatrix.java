package calico.preflight.engine.fleet;

import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.engine.fleet.FleetReport.Matrix;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Outcome;
import calico.preflight.engine.report.Report;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The outcome of every host on every requirement. A host keeps two numbers, that of its row and that of its group: rows that
 * are the same are kept once, with a byte for each requirement.
 */
final class HostMatrix implements Matrix {

    private static final int UNREADABLE = -1;

    private final HostRegister hosts;
    private final List<Requirement> requirements;
    private final Map<List<Outcome>, Integer> numbers = new HashMap<>();
    private final List<List<Outcome>> rows = new ArrayList<>();
    private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    private int[] rowOf = new int[1024];
    private int[] groupOf = new int[1024];
    private int[] rankOfGroup = {};

    HostMatrix(HostRegister hosts, List<Requirement> requirements) {
        this.hosts = hosts;
        this.requirements = List.copyOf(requirements);
    }

    /** Takes in the report of the host that was registered last. */
    void add(Report report, int group) {
        // The outcome of the whole stands behind those of the requirements.
        Outcome whole = report.outcome();
        List<Outcome> row = Stream.concat(report.findings().stream().map(Finding::outcome), Stream.of(whole))
                .toList();
        counts.merge(whole, 1, Integer::sum);
        int number = numbers.computeIfAbsent(row, any -> {
            rows.add(row);
            return rows.size() - 1;
        });
        put(number, group);
    }

    /** Takes in a host that was registered last and could not be read. */
    void addUnreadable() {
        put(UNREADABLE, -1);
    }

    private void put(int row, int group) {
        int host = hosts.size() - 1;
        if (host == rowOf.length) {
            rowOf = Arrays.copyOf(rowOf, host + (host >> 1));
            groupOf = Arrays.copyOf(groupOf, rowOf.length);
        }
        rowOf[host] = row;
        groupOf[host] = group;
    }

    /** Says in which place of a list the groups stand that were given by number; -1: in none. */
    void rankGroups(int[] ranks) {
        rankOfGroup = ranks.clone();
    }

    @Override
    public int hosts() {
        return hosts.size();
    }

    @Override
    public HostRef host(int number) {
        return hosts.get(number);
    }

    @Override
    public boolean isReadable(int number) {
        return rowOf[number] != UNREADABLE;
    }

    @Override
    public Outcome outcome(int number) {
        return outcome(number, requirements.size());
    }

    @Override
    public Outcome outcome(int number, int requirement) {
        return isReadable(number) ? rows.get(rowOf[number]).get(requirement) : Outcome.UNKNOWN;
    }

    @Override
    public int group(int number) {
        return groupOf[number] < 0 ? -1 : rankOfGroup[groupOf[number]];
    }

    @Override
    public int count(Outcome outcome) {
        return counts.getOrDefault(outcome, 0);
    }

    @Override
    public int unreadable() {
        return hosts.size()
                - counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public List<Requirement> requirements() {
        return requirements;
    }
}
