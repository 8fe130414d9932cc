package calico.preflight.engine.drl;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.prepared.ProgramArchive;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
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
import java.util.zip.CRC32;
import org.drools.base.common.DroolsObjectInputStream;
import org.drools.base.common.DroolsObjectOutputStream;
import org.drools.base.definitions.InternalKnowledgePackage;
import org.drools.kiesession.rulebase.InternalKnowledgeBase;
import org.drools.kiesession.rulebase.KnowledgeBaseFactory;
import org.kie.api.KieBase;

/**
 * Rule files of the installation, compiled when the program was built, each list of them under the digest of its texts. What
 * is in the file runs as it is: it must lie where the program itself lies, and nobody else may write there.
 */
public final class PreparedRules {

    /** The name of the file, in the folder of what was prepared. */
    public static final String FILE = "rules.bin";

    private static final int MAGIC = 0x63707231;

    /** What is being read, by file; it is given once. */
    private static final Map<Path, FutureTask<Optional<Ready>>> AHEAD = new ConcurrentHashMap<>();

    private PreparedRules() {}

    /**
     * Compiles each list of files, and writes them.
     *
     * @throws InvalidRulesException with what is wrong with the first list that cannot be used
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, Collection<List<RuleSource>> lists, Vocabulary vocabulary)
            throws InvalidRulesException, IOException {
        Map<String, byte[]> compiled = new LinkedHashMap<>();
        for (List<RuleSource> sources : lists) {
            compiled.put(digest(sources, vocabulary), bytes(RuleCompiler.packages(sources, vocabulary)));
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(content)) {
            out.writeInt(compiled.size());
            for (Map.Entry<String, byte[]> entry : compiled.entrySet()) {
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

    private static byte[] bytes(Collection<InternalKnowledgePackage> packages) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new DroolsObjectOutputStream(bytes)) {
            out.writeObject(packages.toArray(InternalKnowledgePackage[]::new));
        }
        return bytes.toByteArray();
    }

    /** Compiled rules, and the digest of the texts that they are of. */
    private record Ready(String digest, KieBase base) {}

    /**
     * Begins to read the first rules of the file, in a thread of its own; whoever asks for them waits for these. Reading them
     * takes longer than anything else that a check of one host does.
     */
    public static void readAhead(Path file, Vocabulary vocabulary) {
        FutureTask<Optional<Ready>> reading = new FutureTask<>(() -> read(file, any -> true, vocabulary));
        if (AHEAD.putIfAbsent(file, reading) == null) {
            Thread thread = new Thread(reading, "prepared-rules");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** The compiled rules of these texts, where they are in the file and can be used by this program. */
    static Optional<KieBase> find(Path file, List<RuleSource> sources, Vocabulary vocabulary) {
        String wanted = digest(sources, vocabulary);
        return readBefore(file)
                .filter(ready -> ready.digest().equals(wanted))
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
                String digest = in.readUTF();
                int length = in.readInt();
                if (wanted.test(digest)) {
                    return Optional.of(new Ready(digest, base(in.readNBytes(length), vocabulary)));
                }
                in.skipNBytes(length);
            }
        } catch (IOException | ClassNotFoundException | RuntimeException | LinkageError e) {
            // Of another program or another Drools; the texts are there, and are compiled instead.
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static KieBase base(byte[] bytes, Vocabulary vocabulary) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new PackagesInput(bytes, vocabulary)) {
            InternalKnowledgeBase base = KnowledgeBaseFactory.newKnowledgeBase();
            base.addPackages(List.of((InternalKnowledgePackage[]) in.readObject()));
            return base;
        }
    }

    /** Over the program, the words that rules may use, the version of Drools and the texts. */
    private static String digest(List<RuleSource> sources, Vocabulary vocabulary) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, ProgramArchive.mark(PreparedRules.class));
            add(digest, String.valueOf(KieBase.class.getPackage().getImplementationVersion()));
            new TreeMap<>(vocabulary.members())
                    .forEach((type, members) -> add(digest, type + " " + new TreeSet<>(members)));
            sources.forEach(source -> add(digest, source.text()));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }

    private static long checksum(byte[] content) {
        return checksum(content, 0);
    }

    private static long checksum(byte[] content, int from) {
        CRC32 checksum = new CRC32();
        checksum.update(content, from, content.length - from);
        return checksum.getValue();
    }

    /** Rules see what {@link RuleClassLoader} shows them; the parts of Drools that hold them are those of this program. */
    private static final class PackagesInput extends DroolsObjectInputStream {

        PackagesInput(byte[] bytes, Vocabulary vocabulary) throws IOException {
            super(
                    new ByteArrayInputStream(bytes),
                    new RuleClassLoader(PreparedRules.class.getClassLoader(), vocabulary));
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            try {
                return super.resolveClass(description);
            } catch (ClassNotFoundException e) {
                return Class.forName(description.getName(), false, PreparedRules.class.getClassLoader());
            }
        }
    }
}
