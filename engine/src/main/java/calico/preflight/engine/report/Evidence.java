package calico.preflight.engine.report;

/**
 * Something that was seen, or could not be looked at.
 *
 * @param fact the name of the fact, or of the entry of one: {@code kernel.config.CONFIG_NET_IPIP}
 * @param value what was seen; {@code absent}, or {@code unknown: why}
 * @param origin where: {@code /proc/config.gz:1234}
 */
public record Evidence(String fact, String value, String origin) {}
