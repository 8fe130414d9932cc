package calico.preflight.catalog.prepared;

import calico.preflight.catalog.RulesFolder;
import calico.preflight.catalog.knowledge.Knowledge;
import calico.preflight.catalog.knowledge.KnowledgeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file with the knowledge of the installation, in a file of its own: most people who write rules write packs, and then what
 * is known of kernels need not be read again.
 */
public final class PreparedKnowledge {

    /** The name of the file, in the folder of what was prepared. */
    public static final String FILE = "knowledge.bin";

    private static final int KIND = 0x63706b31;

    private PreparedKnowledge() {}

    /** Writes the file. */
    public static void write(Path file, RulesFolder rules, Knowledge knowledge) throws IOException {
        new PreparedValue(file, KIND)
                .write(RulesFingerprint.needed(RulesFingerprint.ofKnowledge(rules), rules), knowledge);
    }

    /**
     * The knowledge in the file, if it is there and was made of these rules by this program.
     *
     * @param rules the only folder that holds knowledge
     */
    public static Optional<KnowledgeFiles> open(Path file, RulesFolder rules) {
        Optional<Knowledge> knowledge =
                new PreparedValue(file, KIND).read(Knowledge.class, RulesFingerprint.ofKnowledge(rules));
        if (knowledge.isEmpty()) {
            return Optional.empty();
        }
        try {
            List<byte[]> contents = new ArrayList<>();
            for (String name : KnowledgeFiles.NAMES) {
                contents.add(Files.readAllBytes(rules.knowledge().resolve(name)));
            }
            return Optional.of(new KnowledgeFiles(knowledge.get(), contents));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
