package calico.preflight.engine.drl;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.prepared.Fingerprint;
import calico.preflight.catalog.prepared.ProgramArchive;
import calico.preflight.catalog.prepared.RecordReader;
import calico.preflight.catalog.prepared.RecordWriter;
import calico.preflight.catalog.prepared.StaleException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import org.kie.api.KieBase;

/**
 * Rule files of the installation, read and checked when the program was built, each list of them under the
 * fingerprint of its texts. The file holds what the rules say and nothing that runs; yet it must lie where the program itself lies, since nobody
 * checks again what is in it.
 */
public final class PreparedRules {

    /** The name of the file, in the folder of what was prepared. */
    public static final String FILE = "rules.bin";

    private static final int MAGIC = 0x63707231;

    /** What is being read, by file; it is given once. */
    private static final Map<Path, FutureTask<Optional<Ready>>> AHEAD = new ConcurrentHashMap<>();

    private PreparedRules() {}

    /**
     * Reads and checks each list of files, and writes what they say.
     *
     * @throws InvalidRulesException with what is wrong with the first list that cannot be used
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, Collection<List<RuleSource>> lists, Vocabulary vocabulary)
            throws InvalidRulesException, IOException {
        Map<String, byte[]> parsed = new LinkedHashMap<>();
        for (List<RuleSource> sources : lists) {
            parsed.put(fingerprint(sources, vocabulary), bytes(RuleCompiler.parse(sources, vocabulary)));
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(content)) {
            out.writeInt(parsed.size());
            for (Map.Entry<String, byte[]> entry : parsed.entrySet()) {
                out.writeUTF(entry.getKey());
                out.writeInt(entry.getValue().length);
                out.write(entry.getValue());
            }
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            out.writeInt(MAGIC);
            out.writeLong(checksum(content.toByteArray()));
            content.writeTo(out);
        }
    }

    private static byte[] bytes(List<ParsedFile> files) throws IOException {
        RecordWriter writer = new RecordWriter();
        byte[] values = writer.bytes(files);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(values.length);
            out.write(values);
            out.write(writer.dictionary());
        }
        return bytes.toByteArray();
    }

    /** Rules, and the fingerprint of the texts that they are of. */
    private record Ready(String fingerprint, KieBase base) {}

    /**
     * Begins to read the first rules of the file, in a thread of its own; whoever asks for them waits for these. Reading them
     * takes longer than anything else that a check of one host does.
     */
    public static void readAhead(Path file, Supplier<Vocabulary> vocabulary) {
        FutureTask<Optional<Ready>> reading = new FutureTask<>(() -> read(file, any -> true, vocabulary.get()));
        if (AHEAD.putIfAbsent(file, reading) == null) {
            Thread thread = new Thread(reading, "prepared-rules");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** The rules of these texts, where they are in the file and can be used by this program. */
    static Optional<KieBase> find(Path file, List<RuleSource> sources, Vocabulary vocabulary) {
        String wanted = fingerprint(sources, vocabulary);
        return readBefore(file)
                .filter(ready -> ready.fingerprint().equals(wanted))
                .or(() -> read(file, wanted::equals, vocabulary))
                .map(Ready::base);
    }

    private static Optional<Ready> readBefore(Path file) {
        FutureTask<Optional<Ready>> reading = AHEAD.remove(file);
        if (reading == null) {
            return Optional.empty();
        }
        try {
            return reading.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            // Reading them now tells what is wrong.
            return Optional.empty();
        }
    }

    private static Optional<Ready> read(Path file, Predicate<String> wanted, Vocabulary vocabulary) {
        try {
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            byte[] whole = Files.readAllBytes(file);
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(whole));
            if (in.readInt() != MAGIC || in.readLong() != checksum(whole, Integer.BYTES + Long.BYTES)) {
                return Optional.empty();
            }
            for (int rest = in.readInt(); rest > 0; rest--) {
                String fingerprint = in.readUTF();
                int length = in.readInt();
                if (wanted.test(fingerprint)) {
                    return Optional.of(new Ready(fingerprint, base(in.readNBytes(length), vocabulary)));
                }
                in.skipNBytes(length);
            }
        } catch (IOException | StaleException | RuntimeException e) {
            // Damaged, or of another program; the texts are there, and are read instead.
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static KieBase base(byte[] bytes, Vocabulary vocabulary) throws StaleException {
        ByteBuffer whole = ByteBuffer.wrap(bytes);
        int size = whole.getInt();
        ByteBuffer values = whole.slice(whole.position(), size);
        ByteBuffer dictionary = whole.slice(whole.position() + size, whole.remaining() - size);
        List<ParsedFile> files = new ArrayList<>();
        for (Object file : (List<?>) new RecordReader(dictionary).read(values)) {
            files.add((ParsedFile) file);
        }
        return new NetworkBuilder(vocabulary).build(files);
    }

    /** Over the program, the words that rules may use and the texts. */
    private static String fingerprint(List<RuleSource> sources, Vocabulary vocabulary) {
        Fingerprint fingerprint = new Fingerprint().with(ProgramArchive.mark(PreparedRules.class));
        new TreeMap<>(vocabulary.members())
                .forEach((type, members) -> fingerprint.with(type + " " + String.join(" ", new TreeSet<>(members))));
        sources.forEach(source -> fingerprint.with(source.text()));
        return fingerprint.toString();
    }

    private static long checksum(byte[] content) {
        return checksum(content, 0);
    }

    private static long checksum(byte[] content, int from) {
        CRC32 checksum = new CRC32();
        checksum.update(content, from, content.length - from);
        return checksum.getValue();
    }
}
