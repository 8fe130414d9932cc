package calico.preflight.facts.parse;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What NetworkManager's configuration means depends on which NetworkManager reads it.
 *
 * @param version such as {@code 1.42.4}; conditions of snippets name it
 * @param defaultPlugins the value of {@code main.plugins} that was compiled in
 */
public record NetworkManagerBuild(Optional<String> version, String defaultPlugins) {
    public NetworkManagerBuild {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(defaultPlugins, "defaultPlugins");
    }

    /** Nothing is known of it. */
    public static final NetworkManagerBuild UNKNOWN = new NetworkManagerBuild(Optional.empty(), "");

    /** The program of this version, without plugins compiled in. */
    public static NetworkManagerBuild of(String version) {
        return new NetworkManagerBuild(Optional.of(version), "");
    }

    /** Major, minor or micro version (0, 1, 2), where the version is known that far. */
    OptionalInt component(int index) {
        String[] parts = version.orElse("").split("[^0-9]+", 4);
        if (index >= parts.length || parts[index].isEmpty() || parts[index].length() > 5) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(Integer.parseInt(parts[index]));
    }
}
