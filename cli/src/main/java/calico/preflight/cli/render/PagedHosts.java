package calico.preflight.cli.render;

import calico.preflight.cli.console.UserException;
import calico.preflight.engine.fleet.Unreadable;
import calico.preflight.engine.report.Report;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the page of a fleet tells of each host, taken in host by host. Hosts of a fleet are much alike: a finding is kept
 * once however many hosts have it, and of a host there remains a number for each of its findings.
 */
public final class PagedHosts {

    /** More rows than this make a page slow to open and slow to send. */
    static final int MOST_HOSTS = 20_000;

    /** Bytes of memory, for hosts that have hardly anything in common; a fleet is judged in little of it. */
    private static final long MOST_WEIGHT = 60_000_000;

    private static final String INSTEAD =
            "; make a page of each part of it, such as the hosts of one folder, or choose -o ndjson, which has every "
                    + "finding of every host, or -o text or -o json, which sum them up.";

    private final TextTable texts = new TextTable();
    private final FindingTable findings = new FindingTable(texts);
    private final List<Host> hosts = new ArrayList<>();

    /** What is kept of a host: the numbers of texts about it, and of its findings in the order of the pack. */
    private static final class Host {
        private final int[] about;
        private final int[] findings;

        Host(int[] about, int[] findings) {
            this.about = about;
            this.findings = findings;
        }
    }

    /** Takes in the next host. */
    public void add(Report report) {
        HostSummary host = HostSummary.of(report.host());
        int[] row = new int[report.findings().size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = findings.number(i, report.findings().get(i));
        }
        add(new Host(
                numbers(
                        host.source(),
                        report.host().collectedAt(),
                        host.distribution().orElse(""),
                        host.kernelRelease().orElse(""),
                        host.architecture().orElse("")),
                row));
    }

    /** Takes in the next host, which could not be judged. */
    public void addUnreadable(Unreadable host) {
        add(new Host(numbers(host.reason()), new int[0]));
    }

    private void add(Host host) {
        if (hosts.size() == MOST_HOSTS) {
            throw new UserException(
                    "the fleet is too large for a page, which holds " + MOST_HOSTS + " hosts" + INSTEAD);
        }
        if (texts.weight() + findings.weight() > MOST_WEIGHT) {
            throw new UserException("the fleet is too large for a page: its first " + hosts.size()
                    + " hosts have too little in common" + INSTEAD);
        }
        hosts.add(host);
    }

    private int[] numbers(String... all) {
        return IntStream.range(0, all.length).map(i -> texts.number(all[i])).toArray();
    }

    /** The texts of the findings, to which the page adds its own. */
    TextTable texts() {
        return texts;
    }

    /** All findings, to which the page adds those across hosts. */
    FindingTable findings() {
        return findings;
    }

    /**
     * The numbers of texts about a host: source, time of collection, distribution, kernel and architecture; of one that could
     * not be judged the reason alone.
     */
    List<Integer> about(int host) {
        return IntStream.of(hosts.get(host).about).boxed().toList();
    }

    /** For each requirement the finding that most hosts have; nothing where no host could be judged. */
    List<Integer> usual() {
        List<Map<Integer, Integer>> counts = new ArrayList<>();
        for (Host host : hosts) {
            for (int i = 0; i < host.findings.length; i++) {
                if (i == counts.size()) {
                    counts.add(new HashMap<>());
                }
                counts.get(i).merge(host.findings[i], 1, Integer::sum);
            }
        }
        return counts.stream().map(PagedHosts::mostFrequent).toList();
    }

    /** Of those that are equally frequent the first, so that the same fleet gives the same page. */
    private static int mostFrequent(Map<Integer, Integer> counts) {
        return counts.entrySet().stream()
                .max(Map.Entry.<Integer, Integer>comparingByValue()
                        .thenComparing(
                                Map.Entry.<Integer, Integer>comparingByKey().reversed()))
                .orElseThrow()
                .getKey();
    }

    /** The findings of a host that are not the usual ones. */
    List<Integer> unusual(int host, List<Integer> usual) {
        int[] row = hosts.get(host).findings;
        return IntStream.range(0, row.length)
                .filter(i -> row[i] != usual.get(i))
                .map(i -> row[i])
                .boxed()
                .toList();
    }
}
