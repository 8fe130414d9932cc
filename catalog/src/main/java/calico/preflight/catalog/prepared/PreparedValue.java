package calico.preflight.catalog.prepared;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file with one value that was made of rules, and the fingerprint of those.
 *
 * @param file where it lies
 * @param kind another for each form of content
 */
record PreparedValue(Path file, int kind) {

    /** Writes it. */
    void write(String fingerprint, Record value) throws IOException {
        RecordWriter writer = new RecordWriter();
        byte[] bytes = writer.bytes(value);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(content)) {
            out.writeUTF(fingerprint);
            out.writeInt(bytes.length);
            out.write(bytes);
            out.write(writer.dictionary());
        }
        PreparedFile.write(file, kind, content.toByteArray());
    }

    /**
     * The value; nothing where it is not there, damaged, or was made of other rules.
     *
     * @param fingerprint that of the rules as they are now; nothing where they cannot be read
     */
    <T extends Record> Optional<T> read(Class<T> type, Optional<String> fingerprint) {
        try {
            Optional<ByteBuffer> found = PreparedFile.read(file, kind);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            ByteBuffer whole = found.get();
            if (!fingerprint.equals(Optional.of(PreparedFile.text(whole)))) {
                return Optional.empty();
            }
            int size = whole.getInt();
            ByteBuffer value = whole.slice(whole.position(), size);
            ByteBuffer dictionary = whole.slice(whole.position() + size, whole.remaining() - size);
            Object read = new RecordReader(dictionary).read(value);
            return type.isInstance(read) ? Optional.of(type.cast(read)) : Optional.empty();
        } catch (IOException | StaleException | BufferUnderflowException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }
}
