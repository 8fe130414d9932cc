package calico.preflight.catalog.pack;

import calico.preflight.catalog.RulesFolder;
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

    public PackFile {
        folders = List.copyOf(folders);
    }

    /** It belongs to the installation. */
    public boolean trusted() {
        return folders.get(0).trusted();
    }
}
