package calico.preflight.catalog;

import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Platform;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a list of packs shows.
 *
 * @param id such as {@code calico-3.16}
 * @param calico the minor version
 * @param platforms those that the pack has requirements for
 * @param file where it stands
 * @param parent the id of the pack that it extends
 */
public record PackHeader(
        String id, CalicoVersion calico, List<Platform> platforms, Path file, Optional<String> parent) {
    public PackHeader {
        platforms = List.copyOf(platforms);
    }
}
