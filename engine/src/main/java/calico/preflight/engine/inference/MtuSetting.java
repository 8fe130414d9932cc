package calico.preflight.engine.inference;

import calico.preflight.engine.report.Evidence;

/**
 * An MTU that is set on the host.
 *
 * @param id the requirement
 * @param what what has it, for the reader
 * @param bytes the MTU
 * @param fact the fact that shows it
 * @param value what was seen
 * @param origin where
 */
public record MtuSetting(String id, String what, int bytes, String fact, String value, String origin)
        implements Evident {
    @Override
    public Evidence evidence() {
        return new Evidence(fact, value, origin);
    }
}
