package calico.preflight.engine.inference;

import calico.preflight.engine.report.Evidence;

/**
 * The MTU that Calico takes for that of the network, where it is told none.
 *
 * @param id the requirement
 * @param bytes the MTU
 * @param because how it comes to that, for the reader
 * @param network the MTU of the interface of the default route, in bytes; 0 where that is not known
 * @param fact the fact that shows the interfaces
 * @param value those that Calico looks at
 * @param origin where
 */
public record HostMtu(String id, int bytes, String because, int network, String fact, String value, String origin)
        implements Evident {
    @Override
    public Evidence evidence() {
        return new Evidence(fact, value, origin);
    }
}
