package calico.preflight.facts.firewall;

import calico.preflight.facts.firewall.Decision.Dropped;
import calico.preflight.facts.firewall.Decision.NotUnderstood;
import calico.preflight.facts.firewall.Decision.Passes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Counts where what is said of rules and what packets meet agree, and keeps where they do not. */
final class Agreement {

    private static final int PATIENCE = 40;
    private static final int MORE_PATIENCE = 1000;

    private final TwoHosts hosts;
    private final List<String> disagreements = new ArrayList<>();
    private int decided;
    private int open;

    Agreement(TwoHosts hosts) {
        this.hosts = hosts;
    }

    /**
     * Compares the rules that the kernel has now with what it does.
     *
     * @param round a name that no other round has
     * @param rules the rules, for whoever reads of a disagreement
     * @return how many flows were left open
     */
    int compare(String round, String rules) throws Exception {
        Firewall firewall = hosts.firewall();
        Map<Flow, Boolean> passed = hosts.send(round, PATIENCE);
        int openHere = (int) passed.keySet().stream()
                .filter(flow -> firewall.decide(flow) instanceof NotUnderstood)
                .count();
        open += openHere;
        decided += passed.size() - openHere;
        Set<String> wrong = wrong(firewall, passed);
        if (!wrong.isEmpty()) {
            // A packet may have been slow; what is wrong stays wrong.
            wrong.retainAll(wrong(firewall, hosts.send(round + "b", MORE_PATIENCE)));
        }
        if (!wrong.isEmpty()) {
            disagreements.add(round + " " + wrong + "\n" + rules);
        }
        return openHere;
    }

    private static Set<String> wrong(Firewall firewall, Map<Flow, Boolean> all) {
        Set<String> wrong = new TreeSet<>();
        all.forEach((flow, passed) -> {
            Flow blind = new Flow(flow.family(), flow.protocol(), flow.port(), flow.way(), Optional.empty());
            for (Decision decision : List.of(firewall.decide(flow), firewall.decide(blind))) {
                if ((decision instanceof Passes && !passed) || (decision instanceof Dropped && passed)) {
                    wrong.add(flow.family() + " " + flow.way() + " " + flow.protocol() + "/" + flow.port() + " "
                            + (passed ? "passed" : "did not pass") + ", but " + decision);
                }
            }
        });
        return wrong;
    }

    List<String> disagreements() {
        return disagreements;
    }

    int decided() {
        return decided;
    }

    int open() {
        return open;
    }
}
