package calico.preflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Expected texts as files, so that any change to them is seen as a diff. */
public final class Golden {

    private static final Path FOLDER = Path.of("src/test/resources/golden");

    private Golden() {}

    /** The text is that of the file; with {@code -Dgolden.update=true} the file becomes the text. */
    public static void assertMatches(String name, String text) {
        Path file = FOLDER.resolve(name);
        try {
            if ("true".equals(System.getProperty("golden.update"))) {
                Files.createDirectories(FOLDER);
                Files.writeString(file, text);
            }
            assertThat(text)
                    .as(
                            "%s; if the change is meant: mvn test -pl cli -am -Dgolden.update=true, and read the diff",
                            file)
                    .isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
