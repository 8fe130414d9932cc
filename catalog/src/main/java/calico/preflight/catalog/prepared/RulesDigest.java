package calico.preflight.catalog.prepared;

import calico.preflight.catalog.RulesFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The digest of all that a pack is resolved from: the program, and the names and contents of the YAML files without test cases. */
final class RulesDigest {

    private static final long MOST_BYTES = 64L << 20;

    private RulesDigest() {}

    /**
     * The digest of a folder of rules, as hexadecimal text; nothing where something in it cannot be read.
     *
     * @param facts the names of the facts that a requirement can compare, which decide what is a mistake
     */
    static Optional<String> of(RulesFolder folder, Collection<String> facts) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        add(digest, "program", ProgramArchive.mark(RulesDigest.class).getBytes(StandardCharsets.UTF_8));
        add(digest, "facts", String.join(" ", new TreeSet<>(facts)).getBytes(StandardCharsets.UTF_8));
        try {
            for (Path directory : List.of(
                    folder.packs(),
                    folder.knowledge(),
                    folder.advisories(),
                    folder.directory().resolve("schema"))) {
                add(digest, String.valueOf(directory.getFileName()), new byte[0]);
                for (String name : names(directory)) {
                    Path file = directory.resolve(name);
                    if (Files.size(file) > MOST_BYTES) {
                        return Optional.empty();
                    }
                    add(digest, name, Files.readAllBytes(file));
                }
            }
            // Whether a rule file is there decides where it is read from.
            for (String name : names(folder.inference())) {
                add(digest, name, new byte[0]);
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.of(HexFormat.of().formatHex(digest.digest()));
    }

    private static List<String> names(Path directory) throws IOException {
        String[] names = directory.toFile().list((parent, name) -> !name.endsWith(".test.yaml"));
        if (names == null) {
            throw new IOException("cannot be listed: " + directory);
        }
        Arrays.sort(names);
        return List.of(names);
    }

    private static void add(MessageDigest digest, String name, byte[] content) {
        digest.update((name + " " + content.length + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(content);
    }
}
