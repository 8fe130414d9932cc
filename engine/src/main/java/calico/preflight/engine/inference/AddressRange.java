package calico.preflight.engine.inference;

import calico.preflight.engine.report.Evidence;

/**
 * A range of addresses that the cluster uses.
 *
 * @param id the requirement
 * @param use {@code pod} or {@code service}
 * @param text the range; what was given, where that is none
 * @param valid it is a range
 * @param fact the fact that tells it
 * @param origin where
 */
public record AddressRange(String id, String use, String text, boolean valid, String fact, String origin)
        implements Evident {
    @Override
    public Evidence evidence() {
        return new Evidence(fact, text, origin);
    }
}
