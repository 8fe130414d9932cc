package calico.preflight.catalog.prepared;

import calico.preflight.catalog.RulesFolder;
import calico.preflight.catalog.knowledge.Knowledge;
import calico.preflight.catalog.knowledge.KnowledgeFiles;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
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
        RecordWriter writer = new RecordWriter();
        byte[] value = writer.bytes(knowledge);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(content)) {
            out.writeUTF(RulesFingerprint.ofKnowledge(rules)
                    .orElseThrow(() -> new IOException("the rules in " + rules.directory() + " cannot be read")));
            out.writeInt(value.length);
            out.write(value);
            out.write(writer.dictionary());
        }
        PreparedFile.write(file, KIND, content.toByteArray());
    }

    /**
     * The knowledge in the file, if it is there and was made of these rules by this program.
     *
     * @param rules the only folder that holds knowledge
     */
    public static Optional<KnowledgeFiles> open(Path file, RulesFolder rules) {
        try {
            Optional<ByteBuffer> found = PreparedFile.read(file, KIND);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            ByteBuffer whole = found.get();
            if (!RulesFingerprint.ofKnowledge(rules).equals(Optional.of(PreparedFile.text(whole)))) {
                return Optional.empty();
            }
            int size = whole.getInt();
            ByteBuffer value = whole.slice(whole.position(), size);
            ByteBuffer dictionary = whole.slice(whole.position() + size, whole.remaining() - size);
            if (!(new RecordReader(dictionary).read(value) instanceof Knowledge knowledge)) {
                return Optional.empty();
            }
            List<byte[]> contents = new ArrayList<>();
            for (String name : KnowledgeFiles.NAMES) {
                contents.add(Files.readAllBytes(rules.knowledge().resolve(name)));
            }
            return Optional.of(new KnowledgeFiles(knowledge, contents));
        } catch (IOException | StaleException | BufferUnderflowException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }
}
