package calico.preflight.engine.inference;

import calico.preflight.catalog.requirement.Check;
import calico.preflight.catalog.target.IpFamily;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Observed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What packets between this host and others, as a probe sent them, say of the traffic of requirements. */
final class ProbeClues {

    static final String FACT = "probe.flows";

    private static final String PASSED = "passed";
    private static final String BLOCKED = "blocked";
    private static final String NOT_TRIED = "not-tried";
    private static final String IN = "in";
    private static final String OUT = "out";
    private static final String IPV4 = "IPv4";
    private static final String IPV6 = "IPv6";

    /** How many peers are named in a reason, and how many flows are shown as evidence. */
    private static final int MOST_NAMED = 8;

    private ProbeClues() {}

    /** One row of the fact. */
    private record Row(String port, String way, String peer, String result, String detail) {

        String family() {
            return peer.indexOf(':') < 0 ? IPV4 : IPV6;
        }

        /** The peer as the reader sees it: where the packets came from or went to. */
        String end() {
            return (way.equals(IN) ? "from " : "to ") + peer;
        }
    }

    /**
     * What was tried for this requirement; nothing where nobody tried.
     *
     * @param traffic for the reader: {@code TCP 179}
     * @param served it must come in here; otherwise it must be able to get out
     * @param family of the target: packets of one family say nothing of the other
     */
    static List<Object> of(
            String id, Check.Port check, String traffic, boolean served, IpFamily family, HostFacts facts) {
        Observed<FactValue> observed = facts.get(FACT);
        if (!(observed.known().orElse(null) instanceof FactValue.Rows seen)) {
            return List.of();
        }
        List<Row> rows = seen.rows().stream()
                .filter(row -> id.equals(row.get("requirement")))
                .map(row -> new Row(
                        row.getOrDefault("port", ""),
                        row.getOrDefault("direction", ""),
                        row.getOrDefault("peer", ""),
                        known(row.getOrDefault("result", ""), row.getOrDefault("peer", "")),
                        row.getOrDefault("detail", "")))
                .toList();
        if (rows.isEmpty()) {
            return List.of();
        }
        List<Row> all = new ArrayList<>(rows);
        all.addAll(missing(needed(check, served), families(check, family), rows));
        ProbedTraffic together = together(id, traffic, decisive(all));
        List<Object> clues = new ArrayList<>();
        clues.add(together);
        all.stream()
                .filter(row -> row.result().equals(together.outcome()))
                .limit(MOST_NAMED)
                .map(row -> new ProbedFlow(
                        id,
                        row.result(),
                        FACT,
                        value(check, row),
                        observed.origin().toString()))
                .forEach(clues::add);
        return clues;
    }

    /** A result that nobody here knows settles nothing, and what passed passed to or from somebody. */
    private static String known(String result, String peer) {
        boolean passed = result.equals(PASSED) && !peer.isEmpty();
        return passed || result.equals(BLOCKED) ? result : NOT_TRIED;
    }

    /** The families whose packets are asked about; the outer packets of IP in IP are those of IPv4. */
    private static List<String> families(Check.Port check, IpFamily family) {
        if (check.protocol().equals("ipip") || family == IpFamily.IPV4) {
            return List.of(IPV4);
        }
        return family == IpFamily.IPV6 ? List.of(IPV6) : List.of(IPV4, IPV6);
    }

    /** What nobody tried, as if somebody had said so. */
    private static List<Row> missing(Set<String> ways, List<String> families, List<Row> rows) {
        List<Row> missing = new ArrayList<>();
        for (String way : ways) {
            for (String family : families) {
                boolean tried = rows.stream()
                        .anyMatch(row -> row.way().equals(way)
                                && (row.peer().isEmpty() || row.family().equals(family)));
                if (!tried) {
                    String peer = "no peer" + (families.size() > 1 ? " of " + family : "");
                    String why = way.equals(IN) ? " tried to reach this host" : " was to be reached";
                    missing.add(new Row("", way, "", NOT_TRIED, peer + why));
                }
            }
        }
        return missing;
    }

    /** The ways that the requirement asks for. */
    private static Set<String> needed(Check.Port check, boolean served) {
        Set<String> ways = new LinkedHashSet<>();
        if (served) {
            ways.add(IN);
        }
        if (!served || check.direction().equals("both")) {
            ways.add(OUT);
        }
        return ways;
    }

    /**
     * Of several usual ports one is in use: with each peer and each way, the one with which it went best counts. Of several
     * tries of one port it is the one with which it went worst.
     */
    private static List<Row> decisive(List<Row> rows) {
        Map<List<String>, Row> worst = new LinkedHashMap<>();
        rows.forEach(row -> worst.merge(
                List.of(row.way(), row.peer(), row.port()),
                row,
                (one, other) -> rank(one.result()) <= rank(other.result()) ? one : other));
        Map<List<String>, Row> best = new LinkedHashMap<>();
        worst.values()
                .forEach(row -> best.merge(
                        row.peer().isEmpty() ? List.of(row.way(), row.detail()) : List.of(row.way(), row.peer()),
                        row,
                        (one, other) -> rank(one.result()) >= rank(other.result()) ? one : other));
        return List.copyOf(best.values());
    }

    private static int rank(String result) {
        return switch (result) {
            case PASSED -> 2;
            case NOT_TRIED -> 1;
            default -> 0;
        };
    }

    private static ProbedTraffic together(String id, String traffic, List<Row> rows) {
        List<Row> blocked = of(rows, BLOCKED);
        if (!blocked.isEmpty()) {
            return new ProbedTraffic(
                    id,
                    BLOCKED,
                    named(blocked.stream()
                            .map(row -> traffic + " " + row.end() + " did not arrive"
                                    + (row.detail().isEmpty() ? "" : " (" + row.detail() + ")"))
                            .toList()));
        }
        List<Row> open = of(rows, NOT_TRIED);
        if (!open.isEmpty()) {
            return new ProbedTraffic(
                    id,
                    NOT_TRIED,
                    named(open.stream()
                            .map(row -> Stream.of(row.peer().isEmpty() ? "" : row.end(), row.detail())
                                    .filter(part -> !part.isEmpty())
                                    .collect(Collectors.joining(": ")))
                            .collect(Collectors.toCollection(LinkedHashSet::new))));
        }
        Map<String, Set<String>> ways = new LinkedHashMap<>();
        rows.forEach(row ->
                ways.computeIfAbsent(row.peer(), peer -> new LinkedHashSet<>()).add(row.way()));
        return new ProbedTraffic(
                id,
                PASSED,
                named(ways.entrySet().stream()
                        .map(entry -> ends(entry.getValue()) + " " + entry.getKey())
                        .toList()));
    }

    private static String ends(Set<String> ways) {
        if (ways.size() > 1) {
            return "from and to";
        }
        return ways.contains(IN) ? "from" : "to";
    }

    private static List<Row> of(List<Row> rows, String result) {
        return rows.stream().filter(row -> row.result().equals(result)).toList();
    }

    private static String named(Collection<String> things) {
        String some = things.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return things.size() > MOST_NAMED ? some + ", and " + (things.size() - MOST_NAMED) + " more" : some;
    }

    private static String value(Check.Port check, Row row) {
        String traffic = row.port().isEmpty()
                ? "IP protocol " + check.number()
                : check.protocol().toUpperCase(java.util.Locale.ROOT) + " " + row.port();
        return traffic + (row.peer().isEmpty() ? " " + row.way() : " " + row.end()) + " " + row.result()
                + (row.detail().isEmpty() ? "" : ": " + row.detail());
    }
}
