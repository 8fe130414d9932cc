package calico.preflight.engine.inference;

import calico.preflight.engine.report.Evidence;

/**
 * A family of addresses of which Calico takes one for the node, on a host that shows all that this depends on.
 *
 * @param id the requirement
 * @param family {@code IPv4} or {@code IPv6}
 * @param fact the fact that shows the addresses
 * @param candidates how many interfaces have one that Calico could take
 * @param origin where
 */
public record NodeAddressFamily(String id, String family, String fact, int candidates, String origin)
        implements Evident {
    @Override
    public Evidence evidence() {
        return new Evidence(fact, family + " on " + candidates + " of the interfaces that Calico looks at", origin);
    }
}
