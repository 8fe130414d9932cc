package calico.preflight.engine.inference;

import calico.preflight.catalog.requirement.Check;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Observed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The length of packets that passed whole between this host and others, as a probe found it. */
final class PathClues {

    static final String FACT = "probe.path-mtu";

    private PathClues() {}

    /**
     * The narrowest path, if any was measured, and a peer with which one was not.
     *
     * @param families for which the requirement holds, as its condition names them; empty: any
     */
    static List<Object> of(String id, Check.Mtu check, List<String> families, HostFacts facts) {
        Observed<FactValue> observed = facts.get(FACT);
        if (!(observed.known().orElse(null) instanceof FactValue.Rows rows)) {
            return List.of();
        }
        List<Map<String, String>> peers = rows.rows().stream()
                .filter(row -> isOf(row.getOrDefault("peer", ""), families))
                .toList();
        String origin = observed.origin().toString();
        List<Object> clues = new ArrayList<>();
        peers.stream()
                .flatMap(row -> Stream.of("out", "in")
                        .filter(way -> isMeasured(row, way))
                        .map(way -> path(id, check, row, way, origin)))
                .min(Comparator.comparingInt(MtuPath::bytes))
                .ifPresent(clues::add);
        peers.stream()
                .filter(row -> !isMeasured(row, "out") || !isMeasured(row, "in"))
                .findFirst()
                .map(row -> new MtuPathGap(id, row.getOrDefault("peer", ""), FACT, value(row), origin))
                .ifPresent(clues::add);
        return clues;
    }

    private static boolean isMeasured(Map<String, String> row, String way) {
        return row.getOrDefault(way, "").matches("[0-9]{1,9}");
    }

    private static boolean isOf(String peer, List<String> families) {
        String family = peer.indexOf(':') < 0 ? "ipv4" : "ipv6";
        return families.isEmpty() || families.contains(family);
    }

    private static MtuPath path(String id, Check.Mtu check, Map<String, String> row, String way, String origin) {
        int bytes = Integer.parseInt(row.getOrDefault(way, "0"));
        String peer = row.getOrDefault("peer", "");
        int left = bytes - check.overhead();
        String what = "packets of " + bytes + " bytes pass " + (way.equals("out") ? "to " : "from ") + peer
                + ", which leave " + left + " to workloads after a header of " + check.overhead();
        return new MtuPath(id, bytes, left, what, peer, FACT, value(row), origin);
    }

    private static String value(Map<String, String> row) {
        return row.getOrDefault("peer", "") + " out " + length(row, "out") + ", in " + length(row, "in") + ", by "
                + row.getOrDefault("carrier", "");
    }

    private static String length(Map<String, String> row, String way) {
        return isMeasured(row, way) ? row.getOrDefault(way, "") : "not measured";
    }
}
