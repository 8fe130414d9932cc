package calico.preflight.facts.probe.flow;

import java.util.List;
import java.util.Optional;

/**
 * All that was found out between this host and one peer.
 *
 * @param peer its address
 * @param flows in the order in which they were planned
 * @param path nothing where the peer could not be reached at all
 */
public record PeerResults(String peer, List<FlowResult> flows, Optional<PathMtu> path) {
    public PeerResults {
        flows = List.copyOf(flows);
    }
}
