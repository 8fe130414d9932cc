package calico.preflight.facts.capture;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The raw evidence of a host, as {@code collect.sh} describes its archive.
 *
 * @param manifest what it is a capture of
 * @param index what was seen: statements, one a line
 * @param files contents of files by absolute path; values that may be secret were masked on the host
 * @param commands what commands printed, by {@link calico.preflight.facts.source.HostCommand#label()}
 */
public record Capture(Manifest manifest, String index, Map<String, byte[]> files, Map<String, byte[]> commands) {

    /** The name and version of the format, which the manifest states. */
    public static final String SCHEMA = "calico-preflight/capture/1";

    public Capture {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
        commands = Collections.unmodifiableMap(new TreeMap<>(commands));
    }

    /**
     * What a capture says of itself.
     *
     * @param tool the name and version of what took it
     * @param host the name of the host
     * @param source where it was taken from, {@code live}
     * @param collectedAt ISO 8601, UTC
     * @param redacted were addresses and names replaced?
     */
    public record Manifest(String tool, String host, String source, String collectedAt, boolean redacted) {}
}
