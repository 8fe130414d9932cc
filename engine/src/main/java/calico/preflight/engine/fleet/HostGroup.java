package calico.preflight.engine.fleet;

import java.util.List;

/**
 * Hosts that fail in the same way.
 *
 * @param failed what they fail, in the order of the pack; empty: nothing
 * @param hosts the hosts
 */
public record HostGroup(List<Failure> failed, HostList hosts) {
    public HostGroup {
        failed = List.copyOf(failed);
    }

    /**
     * A failed requirement.
     *
     * @param id of the requirement
     * @param remedy what to do on these hosts
     */
    public record Failure(String id, String remedy) {}
}
