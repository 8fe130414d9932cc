package calico.preflight.engine.inference;

import calico.preflight.engine.report.Evidence;

/**
 * The longest packets that pass whole between this host and the peer with the narrowest path.
 *
 * @param id the requirement
 * @param bytes of such a packet
 * @param left what it leaves to workloads once the header of the encapsulation is off, in bytes
 * @param what all of this, for the reader
 * @param peer the address of the other host
 * @param fact the fact that shows it
 * @param value what was seen
 * @param origin where
 */
public record MtuPath(
        String id, int bytes, int left, String what, String peer, String fact, String value, String origin)
        implements Evident {
    @Override
    public Evidence evidence() {
        return new Evidence(fact, value, origin);
    }
}
