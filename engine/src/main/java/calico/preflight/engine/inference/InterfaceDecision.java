package calico.preflight.engine.inference;

import calico.preflight.engine.report.Evidence;

/**
 * What the configuration of NetworkManager says of the interfaces of a pattern.
 *
 * @param pattern an interface name or a pattern
 * @param decision {@code left-alone}, {@code managed}, {@code unclear} or {@code unknown}
 * @param why what decides it, for the reader
 * @param value what was seen
 * @param origin where
 */
public record InterfaceDecision(String pattern, String decision, String why, String value, String origin)
        implements Evident {
    @Override
    public Evidence evidence() {
        return new Evidence("network-manager.config", value, origin);
    }
}
