package calico.preflight.engine.inference;

import calico.preflight.engine.report.Evidence;

/**
 * A connection that this host tried to make over the network to what a {@link PortDemand} names.
 *
 * @param id the requirement
 * @param made it was made
 * @param endpoint whereto
 * @param why what the endpoint is or does: a verb and what follows it
 * @param fact the fact that shows it
 * @param origin where
 */
public record PortConnection(String id, boolean made, String endpoint, String why, String fact, String origin)
        implements Evident {
    @Override
    public Evidence evidence() {
        return new Evidence(fact, endpoint + (made ? ": connected" : ": not connected"), origin);
    }
}
