package calico.preflight.engine.drl.words;

import java.io.File;

/** A fact of which rules may read the name only: the rest reaches the file system. */
public record Lever(String name, File handle) {

    /** Creates the marker file. */
    public boolean pull() {
        return Tool.touch(handle.getPath());
    }
}
