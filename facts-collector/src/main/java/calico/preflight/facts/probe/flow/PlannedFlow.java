package calico.preflight.facts.probe.flow;

import java.util.Set;

/**
 * Traffic that is to be tried between this host and a peer.
 *
 * @param requirement the id of the requirement that asks for it
 * @param ways which ways it must pass
 */
public record PlannedFlow(String requirement, Traffic traffic, Set<Way> ways) {
    public PlannedFlow {
        ways = Set.copyOf(ways);
    }
}
