package calico.preflight.engine.inference;

import calico.preflight.engine.report.Evidence;

/**
 * A program that listens on a port that a {@link PortDemand} names.
 *
 * @param id the requirement
 * @param process its name; empty where it is not visible
 * @param expected it is a program that should listen there
 * @param fact the fact that shows it
 * @param value what was seen
 * @param origin where
 */
public record PortSocket(String id, String process, boolean expected, String fact, String value, String origin)
        implements Evident {
    @Override
    public Evidence evidence() {
        return new Evidence(fact, value, origin);
    }
}
