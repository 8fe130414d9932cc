package calico.preflight.facts.firewall;

import calico.preflight.facts.firewall.Flow.IpFamily;
import java.util.Map;
import java.util.Set;

/**
 * A table of chains.
 *
 * @param tool what prints it
 * @param name as the tool names it
 * @param families the families of the packets that it sees
 * @param chains its chains by their names, in the order of the listing
 */
record Table(String tool, String name, Set<IpFamily> families, Map<String, Chain> chains) {

    Place policy(Chain chain) {
        return new Place(tool, name, chain.name(), 0, chain.accepts() ? "ACCEPT" : "DROP");
    }

    Place rule(Chain chain, int index) {
        return new Place(
                tool, name, chain.name(), index + 1, chain.rules().get(index).text());
    }

    /** Does any of its rules change the mark of packets? */
    boolean setsMarks() {
        return chains.values().stream()
                .flatMap(chain -> chain.rules().stream())
                .flatMap(rule -> rule.steps().stream())
                .anyMatch(step -> step instanceof Step.Do does
                        && (does.action() instanceof Action.SetMark || does.action() instanceof Action.LoseMark));
    }
}
