package calico.preflight.engine.inference;

import calico.preflight.catalog.requirement.Check;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Observed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The MTU of the network, and those that are set for what goes through it. */
final class MtuClues {

    static final String NETWORK = "network.default-interface.mtu";
    static final String CONFIGURED = "kubernetes.cni.mtu";
    static final String INTERFACES = "network.interfaces";

    private MtuClues() {}

    /** The names of the facts that judging the check needs. */
    static Set<String> facts(Check.Mtu check) {
        return check.device().isEmpty() ? Set.of(NETWORK, CONFIGURED) : Set.of(NETWORK, CONFIGURED, INTERFACES);
    }

    static List<Object> of(String id, Check.Mtu check, HostFacts facts) {
        List<Object> clues = new ArrayList<>();
        Observed<FactValue> network = facts.get(NETWORK);
        if (network.known().orElse(null) instanceof FactValue.Whole mtu) {
            int bytes = (int) Math.min(mtu.number(), Integer.MAX_VALUE);
            clues.add(new MtuRoom(
                    id,
                    bytes - check.overhead(),
                    bytes,
                    NETWORK,
                    network.origin().toString()));
        }
        Observed<FactValue> configured = facts.get(CONFIGURED);
        if (configured.known().orElse(null) instanceof FactValue.Whole mtu) {
            int bytes = (int) Math.min(mtu.number(), Integer.MAX_VALUE);
            clues.add(new MtuSetting(
                    id,
                    "the MTU in the CNI configuration",
                    bytes,
                    CONFIGURED,
                    Integer.toString(bytes),
                    configured.origin().toString()));
        }
        Observed<FactValue> interfaces = facts.get(INTERFACES);
        if (!check.device().isEmpty() && interfaces.known().orElse(null) instanceof FactValue.Rows rows) {
            for (Map<String, String> row : rows.rows()) {
                String mtu = row.getOrDefault("mtu", "");
                boolean inUse = !row.getOrDefault("state", "").equals("down");
                // The kernel makes tunl0 as soon as it has the code; that it is down says that nobody uses it.
                if (row.getOrDefault("name", "").equals(check.device()) && inUse && mtu.matches("[0-9]{1,9}")) {
                    clues.add(new MtuSetting(
                            id,
                            "the MTU of " + check.device(),
                            Integer.parseInt(mtu),
                            INTERFACES,
                            check.device() + " " + mtu,
                            interfaces.origin().toString()));
                }
            }
        }
        if (check.byDefault() > 0) {
            clues.add(new MtuDefault(id, check.byDefault()));
        }
        return clues;
    }
}
