package calico.preflight.catalog.pack;

import calico.preflight.catalog.RulesFolder;
import calico.preflight.catalog.target.CalicoVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A pack that was found, not read yet. A pack's id is its file's name, so that listing a folder is enough to know the packs.
 *
 * @param id the file's name without {@code .yaml}
 * @param folders the folder that holds it, then those below it
 * @param replaced the pack of the same id in the nearest folder below
 */
public record PackFile(String id, Path path, List<RulesFolder> folders, Optional<PackFile> replaced) {

    private static final String PREFIX = "calico-";

    public PackFile {
        folders = List.copyOf(folders);
    }

    /** The id of the pack for a version of Calico, whether there is one or not. */
    public static String idOf(CalicoVersion version) {
        return PREFIX + version.minorVersion();
    }

    /** The version of Calico that a pack of this id is for; nothing where the id is none of a version. */
    public static Optional<CalicoVersion> versionOf(String id) {
        return Optional.of(id)
                .filter(name -> name.startsWith(PREFIX))
                .flatMap(name -> CalicoVersion.parse(name.substring(PREFIX.length())));
    }

    /** It belongs to the installation. */
    public boolean trusted() {
        return folders.get(0).trusted();
    }
}
