package calico.preflight.catalog.knowledge;

import java.util.List;
import java.util.Map;

/**
 * The releases of OpenStack.
 *
 * @param releases from the oldest to the newest
 */
public record OpenstackReleases(List<OpenstackRelease> releases) {
    public OpenstackReleases {
        releases = List.copyOf(releases);
    }

    /**
     * One release.
     *
     * @param name in lower case, such as {@code ussuri}
     * @param versions the major version (or {@code major.minor} before Liberty) of each component in it: {@code nova: "21"}
     */
    public record OpenstackRelease(String name, Map<String, String> versions) {}
}
