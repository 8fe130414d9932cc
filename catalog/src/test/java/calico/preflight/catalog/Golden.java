package calico.preflight.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares texts with files below {@code src/test/resources/golden}; {@code -Dgolden.update} writes them anew. */
public final class Golden {

    private static final Path FOLDER = Path.of("src/test/resources/golden");

    private Golden() {}

    /** Fails where the text is not that of the file, and says how to accept it. */
    public static void assertMatches(String name, String text) throws IOException {
        Path file = FOLDER.resolve(name);
        if ("true".equals(System.getProperty("golden.update"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return;
        }
        if (!Files.exists(file)) {
            fail(file + " is missing; run the tests with -Dgolden.update and review the file");
        }
        assertThat(text)
                .as("%s; if the change is meant, run the tests with -Dgolden.update and review the diff", file)
                .isEqualTo(Files.readString(file));
    }
}
