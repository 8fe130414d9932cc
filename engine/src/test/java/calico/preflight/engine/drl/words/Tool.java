package calico.preflight.engine.drl.words;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What an attacker finds on the class path. */
public final class Tool {

    /** Creates a file; true, whether it was there before or not. */
    public static boolean touch(String path) {
        try {
            Files.write(Path.of(path), new byte[0]);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same on an object, for globals. */
    public boolean create(String path) {
        return touch(path);
    }
}
