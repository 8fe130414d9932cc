package calico.preflight.engine.inference;

import calico.preflight.engine.report.Evidence;

/**
 * What the configuration of a network manager says of the interfaces of a pattern.
 *
 * @param manager its name, as in {@link InterfaceDemand}
 * @param pattern an interface name or a pattern
 * @param decision one of the words "left-alone", "managed", "unclear" and "unknown"
 * @param why what decides it, for the reader
 * @param fact the fact that shows the configuration
 * @param value what was seen
 * @param origin where
 */
public record InterfaceDecision(
        String manager, String pattern, String decision, String why, String fact, String value, String origin)
        implements Evident {
    @Override
    public Evidence evidence() {
        return new Evidence(fact, value, origin);
    }
}
