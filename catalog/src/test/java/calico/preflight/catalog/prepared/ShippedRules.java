package calico.preflight.catalog.prepared;

import calico.preflight.catalog.RulesFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The rules that ship, and copies of them to edit. */
final class ShippedRules {

    private static final Path PLACE = Path.of(System.getProperty("preflight.rules", "../rules"));

    static final RulesFolder FOLDER = new RulesFolder(PLACE, true);

    private ShippedRules() {}

    /** A copy that is as trusted. */
    static RulesFolder copy(Path to) throws IOException {
        try (Stream<Path> files = Files.walk(PLACE)) {
            for (Path from : files.toList()) {
                Path target = to.resolve(PLACE.relativize(from).toString());
                if (Files.isDirectory(from)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(from, target);
                }
            }
        }
        return new RulesFolder(to, true);
    }
}
