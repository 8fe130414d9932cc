package calico.preflight.catalog.prepared;

import calico.preflight.catalog.RulesFolder;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Platform;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A file with every pack of the installation, resolved for every version that makes a difference and every platform. It holds only for the very rules that it was made of; whoever opens it with others, or with another
 * program, gets nothing.
 */
public final class PreparedPacks {

    /** The name of the file, in the folder of what was prepared. */
    public static final String FILE = "packs.bin";

    private static final int KIND = 0x63707033;

    private final RecordReader reader;
    private final ByteBuffer values;
    private final Map<String, NavigableMap<CalicoVersion, Integer>> places;

    private PreparedPacks(
            RecordReader reader, ByteBuffer values, Map<String, NavigableMap<CalicoVersion, Integer>> places) {
        this.reader = reader;
        this.values = values;
        this.places = places;
    }

    /**
     * Writes the file.
     *
     * @param packs with the digest of the YAML alone; each from its version on, until the next of the same id and platform
     * @param facts as for {@link #open}
     * @throws IOException if the rules cannot be read or the file cannot be written
     */
    public static void write(Path file, RulesFolder rules, Collection<String> facts, List<ResolvedPack> packs)
            throws IOException {
        String fingerprint = RulesFingerprint.needed(RulesFingerprint.of(rules, facts), rules);
        RecordWriter writer = new RecordWriter();
        ByteArrayOutputStream values = new ByteArrayOutputStream();
        ByteArrayOutputStream index = new ByteArrayOutputStream();
        DataOutputStream entries = new DataOutputStream(index);
        for (ResolvedPack pack : packs) {
            entry(entries, key(pack.id(), pack.platform()), pack.calico(), values.size());
            values.write(writer.bytes(PreparedPack.of(pack)));
        }
        byte[] dictionary = writer.dictionary();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(whole)) {
            out.writeUTF(fingerprint);
            out.writeInt(packs.size());
            index.writeTo(out);
            out.writeInt(values.size());
            values.writeTo(out);
            out.write(dictionary);
        }
        PreparedFile.write(file, KIND, whole.toByteArray());
    }

    private static void entry(DataOutputStream out, String key, CalicoVersion version, int place) throws IOException {
        out.writeUTF(key);
        out.writeInt(version.major());
        out.writeInt(version.minor());
        out.writeInt(version.patch());
        out.writeInt(place);
    }

    private static String key(String id, Platform platform) {
        return id + " " + platform.label();
    }

    /**
     * Opens the file, if it is there and was made of these rules by this program.
     *
     * @param rules the only folder of rules that is in use
     * @param facts the names of the facts that a requirement can compare
     */
    public static Optional<PreparedPacks> open(Path file, RulesFolder rules, Collection<String> facts) {
        try {
            Optional<ByteBuffer> found = PreparedFile.read(file, KIND);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            ByteBuffer whole = found.get();
            if (!RulesFingerprint.of(rules, facts).equals(Optional.of(PreparedFile.text(whole)))) {
                return Optional.empty();
            }
            Map<String, NavigableMap<CalicoVersion, Integer>> places = new TreeMap<>();
            for (int rest = whole.getInt(); rest > 0; rest--) {
                String key = PreparedFile.text(whole);
                CalicoVersion version = new CalicoVersion(whole.getInt(), whole.getInt(), whole.getInt());
                int place = whole.getInt();
                places.computeIfAbsent(key, any -> new TreeMap<>()).put(version, place);
            }
            int size = whole.getInt();
            ByteBuffer values = whole.slice(whole.position(), size);
            ByteBuffer dictionary = whole.slice(whole.position() + size, whole.remaining() - size);
            return Optional.of(new PreparedPacks(new RecordReader(dictionary), values, places));
        } catch (IOException | StaleException | BufferUnderflowException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** The pack; nothing where none was prepared. */
    public Optional<PreparedPack> pack(String id, CalicoVersion version, Platform platform) {
        NavigableMap<CalicoVersion, Integer> versions = places.get(key(id, platform));
        Map.Entry<CalicoVersion, Integer> from = versions == null ? null : versions.floorEntry(version);
        // A pack can be asked for versions of another minor one, for which it was not prepared.
        return from == null || !from.getKey().isOfMinor(version)
                ? Optional.empty()
                : value(from.getValue()).map(pack -> pack.at(version));
    }

    private Optional<PreparedPack> value(int place) {
        if (place < 0 || place > values.limit()) {
            return Optional.empty();
        }
        try {
            return reader.read(values.duplicate().position(place)) instanceof PreparedPack pack
                    ? Optional.of(pack)
                    : Optional.empty();
        } catch (StaleException e) {
            return Optional.empty();
        }
    }
}
