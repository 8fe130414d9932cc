package calico.preflight.engine.inference;

import calico.preflight.engine.report.Evidence;

/**
 * The distribution of the host, where it is known.
 *
 * @param fact the fact that names it
 * @param name as in os-release
 * @param variant as in os-release, such as {@code coreos} of {@code fedora}; empty: it names none
 * @param version its version; {@link Version#NONE} for a distribution without versions
 * @param label for the reader, such as {@code debian 12}
 * @param origin where it was seen
 */
public record HostDistribution(String fact, String name, String variant, Version version, String label, String origin)
        implements Evident {
    @Override
    public Evidence evidence() {
        return new Evidence("os.release", label, origin);
    }
}
