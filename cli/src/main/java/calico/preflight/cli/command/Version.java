package calico.preflight.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** The version of this program, which the build writes into a resource. */
final class Version implements IVersionProvider {

    /** Such as {@code 0.1.0}. */
    static String number() {
        try (InputStream resource = Version.class.getResourceAsStream("/calico/preflight/cli/version.txt")) {
            return resource == null ? "unknown" : new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String[] getVersion() {
        return new String[] {CommandTree.PROGRAM + " " + number()};
    }
}
