package calico.preflight.engine.inference;

import calico.preflight.engine.report.Evidence;

/**
 * What the MTU of the network leaves to workloads once the header of the encapsulation is off.
 *
 * @param id the requirement
 * @param left in bytes
 * @param network the MTU of the network in bytes
 * @param fact the fact that shows the MTU of the network
 * @param origin where
 */
public record MtuRoom(String id, int left, int network, String fact, String origin) implements Evident {
    @Override
    public Evidence evidence() {
        return new Evidence(fact, Integer.toString(network), origin);
    }
}
