package calico.preflight.engine.inference;

import calico.preflight.engine.report.Evidence;

/**
 * A peer towards or from which the length of packets was to be measured, and was not.
 *
 * @param id the requirement
 * @param peer the address of the other host
 * @param fact the fact that shows it
 * @param value what was seen
 * @param origin where
 */
public record MtuPathGap(String id, String peer, String fact, String value, String origin) implements Evident {
    @Override
    public Evidence evidence() {
        return new Evidence(fact, value, origin);
    }
}
