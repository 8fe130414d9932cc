package calico.preflight.catalog.prepared;

import calico.preflight.catalog.RulesFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The fingerprint of all that a pack is resolved from: the program, and the names and contents of the YAML files without test cases. */
final class RulesFingerprint {

    private static final long MOST_BYTES = 64L << 20;

    private RulesFingerprint() {}

    /**
     * That of a folder of rules; nothing where something in it cannot be read.
     *
     * @param facts the names of the facts that a requirement can compare, which decide what is a mistake
     */
    static Optional<String> of(RulesFolder folder, Collection<String> facts) {
        Fingerprint fingerprint = new Fingerprint()
                .with("program", ProgramArchive.mark(RulesFingerprint.class).getBytes(StandardCharsets.UTF_8))
                .with("facts", String.join(" ", new TreeSet<>(facts)).getBytes(StandardCharsets.UTF_8));
        try {
            for (Path directory : List.of(
                    folder.packs(),
                    folder.knowledge(),
                    folder.advisories(),
                    folder.directory().resolve("schema"))) {
                fingerprint.with(String.valueOf(directory.getFileName()), new byte[0]);
                for (String name : names(directory)) {
                    Path file = directory.resolve(name);
                    if (Files.size(file) > MOST_BYTES) {
                        return Optional.empty();
                    }
                    fingerprint.with(name, Files.readAllBytes(file));
                }
            }
            // Whether a rule file is there decides where it is read from.
            for (String name : names(folder.inference())) {
                fingerprint.with(name, new byte[0]);
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.of(fingerprint.toString());
    }

    private static List<String> names(Path directory) throws IOException {
        String[] names = directory.toFile().list((parent, name) -> !name.endsWith(".test.yaml"));
        if (names == null) {
            throw new IOException("cannot be listed: " + directory);
        }
        Arrays.sort(names);
        return List.of(names);
    }
}
