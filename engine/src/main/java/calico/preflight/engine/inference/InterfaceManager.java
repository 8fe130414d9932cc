package calico.preflight.engine.inference;

import calico.preflight.engine.report.Evidence;

/**
 * What a network manager does with the interfaces of a pattern.
 *
 * @param pattern an interface name or a pattern
 * @param manager its name, such as {@code NetworkManager}
 * @param state {@code absent}, {@code off}, {@code leaves-alone}, {@code manages}, {@code unclear} or {@code unknown}
 * @param why what decides it, for the reader
 * @param fact the fact that shows it
 * @param value what was seen
 * @param origin where
 */
public record InterfaceManager(
        String pattern, String manager, String state, String why, String fact, String value, String origin)
        implements Evident {
    @Override
    public Evidence evidence() {
        return new Evidence(fact, value, origin);
    }
}
