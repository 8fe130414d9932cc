package calico.preflight.engine.inference;

import calico.preflight.engine.report.Evidence;

/**
 * What became of packets that were sent between this host and another for a {@link PortDemand}.
 *
 * @param id the requirement
 * @param outcome {@code passed}, {@code blocked} or {@code not-tried}
 * @param fact the fact that shows it
 * @param value what was seen
 * @param origin where
 */
public record ProbedFlow(String id, String outcome, String fact, String value, String origin) implements Evident {
    @Override
    public Evidence evidence() {
        return new Evidence(fact, value, origin);
    }
}
