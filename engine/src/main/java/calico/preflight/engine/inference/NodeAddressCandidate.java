package calico.preflight.engine.inference;

import calico.preflight.engine.report.Evidence;

/**
 * The address of an interface that Calico does not pass over when it looks for that of the node.
 *
 * @param id the requirement
 * @param family {@code IPv4} or {@code IPv6}
 * @param device the interface
 * @param address the first on it that reaches beyond the link
 * @param index the kernel's number of the interface; 0 where it is not known
 * @param byDefaultRoute the default route leaves by this interface
 * @param fact the fact that shows it
 * @param origin where
 */
public record NodeAddressCandidate(
        String id,
        String family,
        String device,
        String address,
        int index,
        boolean byDefaultRoute,
        String fact,
        String origin)
        implements Evident {
    @Override
    public Evidence evidence() {
        return new Evidence(fact, device + (index == 0 ? "" : ", number " + index) + ": " + address, origin);
    }
}
