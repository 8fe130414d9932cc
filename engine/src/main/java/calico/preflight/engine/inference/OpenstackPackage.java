package calico.preflight.engine.inference;

import calico.preflight.engine.report.Evidence;

/**
 * An installed component of OpenStack.
 *
 * @param fact the fact that holds the packages
 * @param component such as {@code nova}
 * @param series the part of its version that tells the release
 * @param value the package and its version
 * @param origin where it was seen
 */
public record OpenstackPackage(String fact, String component, String series, String value, String origin)
        implements Evident {
    @Override
    public Evidence evidence() {
        return new Evidence(fact, value, origin);
    }
}
