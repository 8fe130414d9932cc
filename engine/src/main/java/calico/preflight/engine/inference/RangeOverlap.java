package calico.preflight.engine.inference;

import calico.preflight.engine.report.Evidence;

/**
 * Something that has addresses in common with an {@link AddressRange}.
 *
 * @param id the requirement
 * @param range the text of the range
 * @param sort {@code same} where both are the same addresses; {@code beyond} for a route by way of a gateway to a network
 *     that holds the whole range, and may or may not use it
 * @param other what it is, for the reader
 * @param fact the fact that shows it
 * @param value what was seen
 * @param origin where
 */
public record RangeOverlap(String id, String range, String sort, String other, String fact, String value, String origin)
        implements Evident {
    @Override
    public Evidence evidence() {
        return new Evidence(fact, value, origin);
    }
}
