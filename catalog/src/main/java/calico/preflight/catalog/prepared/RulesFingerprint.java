package calico.preflight.catalog.prepared;

import calico.preflight.catalog.RulesFolder;
import java.io.IOException;
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
        Fingerprint fingerprint = ofProgram().with(String.join(" ", new TreeSet<>(facts)));
        try {
            add(fingerprint, folder.packs(), folder.knowledge(), folder.advisories(), schemas(folder));
            addNames(fingerprint, folder.inference());
            return Optional.of(fingerprint.toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** That of the knowledge in a folder of rules; nothing where something of it cannot be read. */
    static Optional<String> ofKnowledge(RulesFolder folder) {
        Fingerprint fingerprint = ofProgram();
        try {
            add(fingerprint, folder.knowledge(), schemas(folder));
            return Optional.of(fingerprint.toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** That of what a folder compares across hosts; nothing where something of it cannot be read. */
    static Optional<String> ofFleet(RulesFolder folder, Collection<String> facts) {
        Fingerprint fingerprint = ofProgram().with(String.join(" ", new TreeSet<>(facts)));
        try {
            add(fingerprint, folder.directory().resolve("fleet"), schemas(folder));
            addNames(fingerprint, folder.inference());
            return Optional.of(fingerprint.toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The fingerprint that there must be to write something. */
    static String needed(Optional<String> fingerprint, RulesFolder rules) throws IOException {
        return fingerprint.orElseThrow(() -> new IOException("the rules in " + rules.directory() + " cannot be read"));
    }

    private static Fingerprint ofProgram() {
        return new Fingerprint().with(ProgramArchive.mark(RulesFingerprint.class));
    }

    private static Path schemas(RulesFolder folder) {
        return folder.directory().resolve("schema");
    }

    private static void add(Fingerprint fingerprint, Path... directories) throws IOException {
        for (Path directory : directories) {
            fingerprint.with(String.valueOf(directory.getFileName()));
            for (String name : names(directory)) {
                Path file = directory.resolve(name);
                if (Files.size(file) > MOST_BYTES) {
                    throw new IOException("too large: " + file);
                }
                fingerprint.with(name, Files.readAllBytes(file));
            }
        }
    }

    /** Whether a rule file is there decides where it is read from. */
    private static void addNames(Fingerprint fingerprint, Path directory) throws IOException {
        for (String name : names(directory)) {
            fingerprint.with(name, new byte[0]);
        }
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
