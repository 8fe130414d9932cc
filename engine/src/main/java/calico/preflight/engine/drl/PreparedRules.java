package calico.preflight.engine.drl;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.prepared.Fingerprint;
import calico.preflight.catalog.prepared.PreparedFile;
import calico.preflight.catalog.prepared.ProgramArchive;
import calico.preflight.catalog.prepared.RecordReader;
import calico.preflight.catalog.prepared.RecordWriter;
import calico.preflight.catalog.prepared.StaleException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rule files of the installation, read and checked when the program was built, each under the fingerprint of its text. The
 * file holds what the rules say and nothing that runs; yet it must lie where the program itself lies, since nobody checks again
 * what is in it.
 */
public final class PreparedRules {

    /** The name of the file, in the folder of what was prepared. */
    public static final String FILE = "rules.bin";

    private static final int KIND = 0x63707233;

    /** The program that this is; read once, and only where something was prepared. */
    private static final class Program {
        private static final String MARK = ProgramArchive.mark(PreparedRules.class);
    }

    private final List<String> usual;
    private final Map<String, Integer> places;
    private final ByteBuffer values;
    private final ByteBuffer dictionary;

    private PreparedRules(List<String> usual, Map<String, Integer> places, ByteBuffer values, ByteBuffer dictionary) {
        this.usual = List.copyOf(usual);
        this.places = Map.copyOf(places);
        this.values = values;
        this.dictionary = dictionary;
    }

    /** None. */
    static PreparedRules none() {
        return new PreparedRules(List.of(), Map.of(), ByteBuffer.allocate(0), ByteBuffer.allocate(0));
    }

    /**
     * Reads and checks the files, and writes what they say.
     *
     * @param lists each the files of some packs; the first is that of most packs
     * @throws InvalidRulesException with what is wrong with the first list that cannot be used
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, List<List<RuleSource>> lists, Vocabulary vocabulary)
            throws InvalidRulesException, IOException {
        RecordWriter writer = new RecordWriter();
        Map<String, byte[]> parsed = new LinkedHashMap<>();
        for (List<RuleSource> sources : lists) {
            List<ParsedFile> files = RuleCompiler.parse(sources, vocabulary, none());
            for (int i = 0; i < files.size(); i++) {
                parsed.put(fingerprint(sources.get(i)), writer.bytes(files.get(i)));
            }
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(content)) {
            out.writeInt(lists.get(0).size());
            for (RuleSource source : lists.get(0)) {
                out.writeUTF(String.valueOf(Path.of(source.fileName()).getFileName()));
            }
            out.writeInt(parsed.size());
            int size = 0;
            for (Map.Entry<String, byte[]> entry : parsed.entrySet()) {
                out.writeUTF(entry.getKey());
                out.writeInt(size);
                size += entry.getValue().length;
            }
            out.writeInt(size);
            for (byte[] value : parsed.values()) {
                out.write(value);
            }
            out.write(writer.dictionary());
        }
        PreparedFile.write(file, KIND, content.toByteArray());
    }

    /** Opens the file; nothing is in it where it is damaged, or not there. */
    static PreparedRules open(Path file) {
        try {
            Optional<ByteBuffer> found = PreparedFile.read(file, KIND);
            if (found.isEmpty()) {
                return none();
            }
            ByteBuffer whole = found.get();
            List<String> usual = new ArrayList<>();
            for (int rest = whole.getInt(); rest > 0; rest--) {
                usual.add(PreparedFile.text(whole));
            }
            Map<String, Integer> places = new LinkedHashMap<>();
            for (int rest = whole.getInt(); rest > 0; rest--) {
                places.put(PreparedFile.text(whole), whole.getInt());
            }
            int size = whole.getInt();
            ByteBuffer values = whole.slice(whole.position(), size);
            ByteBuffer dictionary = whole.slice(whole.position() + size, whole.remaining() - size);
            return new PreparedRules(usual, places, values, dictionary);
        } catch (IOException | BufferUnderflowException | IndexOutOfBoundsException e) {
            return none();
        }
    }

    /** The names of the files that most packs are judged by, without their folder; none where nothing was prepared. */
    List<String> usual() {
        return usual;
    }

    /** What the file says, where it was prepared by this program. */
    Optional<ParsedFile> find(RuleSource source) {
        if (places.isEmpty()) {
            return Optional.empty();
        }
        Integer place = places.get(fingerprint(source));
        if (place == null) {
            return Optional.empty();
        }
        try {
            Object file = new RecordReader(dictionary.duplicate())
                    .read(values.duplicate().position(place));
            return file instanceof ParsedFile parsed ? Optional.of(parsed) : Optional.empty();
        } catch (StaleException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Over the program, to which the vocabulary belongs, and the text. */
    private static String fingerprint(RuleSource source) {
        return new Fingerprint().with(Program.MARK).with(source.text()).toString();
    }
}
