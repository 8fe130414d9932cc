package calico.preflight.catalog.prepared;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A file that the build wrote for the program to read at its start: a number that says what it is, a checksum, and the content.
 * The checksum is against damage, not against people: whoever can write the file can change it as they like.
 */
public final class PreparedFile {

    private static final int HEAD = Integer.BYTES + Long.BYTES;

    private PreparedFile() {}

    /**
     * Writes it, with the folders above it.
     *
     * @param kind another for each form of content
     */
    public static void write(Path file, int kind, byte[] content) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        ByteBuffer head = ByteBuffer.allocate(HEAD).putInt(kind).putLong(checksum(ByteBuffer.wrap(content)));
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(head.array());
            out.write(content);
        }
    }

    /** The content; nothing where there is no such file, it is of another kind, or damaged. */
    public static Optional<ByteBuffer> read(Path file, int kind) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        ByteBuffer whole = ByteBuffer.wrap(Files.readAllBytes(file));
        return whole.remaining() < HEAD || whole.getInt() != kind || whole.getLong() != checksum(whole.slice())
                ? Optional.empty()
                : Optional.of(whole.slice());
    }

    /** The next text, as {@link java.io.DataOutputStream#writeUTF} wrote it, of plain characters. */
    public static String text(ByteBuffer in) {
        byte[] bytes = new byte[in.getShort() & 0xffff];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static long checksum(ByteBuffer content) {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        return checksum.getValue();
    }
}
