package calico.preflight.facts.probe.flow;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The facts that a probe of traffic finds. */
public final class FlowFacts {

    /** What became of each sort of traffic, each way, with each peer. */
    public static final String FLOWS = "probe.flows";

    /** The longest packets between this host and each peer. */
    public static final String PATH_MTU = "probe.path-mtu";

    private FlowFacts() {}

    /** The facts of these results. */
    public static List<Fact> of(List<PeerResults> results) {
        List<Map<String, String>> flows = new ArrayList<>();
        List<Map<String, String>> paths = new ArrayList<>();
        for (PeerResults peer : results) {
            peer.flows().forEach(flow -> flows.add(row(flow)));
            peer.path().ifPresent(path -> paths.add(row(path)));
        }
        Origin origin = Origin.of("probe run");
        return List.of(
                new Fact(FLOWS, Observed.known(new FactValue.Rows(flows), origin)),
                new Fact(PATH_MTU, Observed.known(new FactValue.Rows(paths), origin)));
    }

    private static Map<String, String> row(FlowResult flow) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("requirement", flow.requirement());
        row.put("protocol", flow.traffic().protocol().label());
        row.put(
                "port",
                flow.traffic().port() == 0
                        ? ""
                        : Integer.toString(flow.traffic().port()));
        row.put("direction", flow.way().label());
        row.put("peer", flow.peer());
        row.put("result", flow.result().label());
        row.put("detail", flow.detail());
        return row;
    }

    private static Map<String, String> row(PathMtu path) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("peer", path.peer());
        row.put("carrier", path.carrier());
        row.put("interface", path.device());
        row.put("mtu", Integer.toString(path.deviceMtu()));
        row.put("out", text(path.out()));
        row.put("in", text(path.in()));
        row.put("detail", path.detail());
        return row;
    }

    private static String text(OptionalInt bytes) {
        return bytes.isPresent() ? Integer.toString(bytes.getAsInt()) : "";
    }
}
