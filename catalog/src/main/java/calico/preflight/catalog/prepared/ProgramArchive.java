package calico.preflight.catalog.prepared;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.zip.CRC32;

/** The archive that a part of the program lies in, so that what an older program prepared is not taken for its own. */
public final class ProgramArchive {

    private ProgramArchive() {}

    /** Another text for other contents of the archive; where the class is in none, as in tests, always the same. */
    public static String mark(Class<?> part) {
        CodeSource source = part.getProtectionDomain().getCodeSource();
        try {
            Path archive =
                    source == null ? Path.of("") : Path.of(source.getLocation().toURI());
            if (!Files.isRegularFile(archive)) {
                return "no archive";
            }
            byte[] content = Files.readAllBytes(archive);
            CRC32 checksum = new CRC32();
            checksum.update(content);
            return content.length + " " + checksum.getValue();
        } catch (IOException | URISyntaxException e) {
            return "unreadable";
        }
    }
}
