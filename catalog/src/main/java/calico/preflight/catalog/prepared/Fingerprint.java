package calico.preflight.catalog.prepared;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.Adler32;
import java.util.zip.CRC32;

/**
 * Tells whether something was prepared from these very sources: two checksums, together of 64 bits. It guards against
 * forgetting, not against people: whoever made other sources of the same checksums would only see the old ones used. A
 * cryptographic digest of all rules takes as long as reading the packs that it stands for.
 */
public final class Fingerprint {

    private final CRC32 first = new CRC32();
    private final Adler32 second = new Adler32();

    /** Of nothing yet. */
    public Fingerprint() {}

    /** Goes on with a text. */
    public Fingerprint with(String text) {
        return with("", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Goes on with a file, or another content that has a name. */
    public Fingerprint with(String name, byte[] content) {
        update((name + " " + content.length + "\n").getBytes(StandardCharsets.UTF_8));
        update(content);
        return this;
    }

    private void update(byte[] bytes) {
        first.update(bytes, 0, bytes.length);
        second.update(bytes, 0, bytes.length);
    }

    /** Sixteen hexadecimal digits. */
    @Override
    public String toString() {
        return hexadecimal(first.getValue()) + hexadecimal(second.getValue());
    }

    private static String hexadecimal(long checksum) {
        String digits = Long.toHexString(checksum).toLowerCase(Locale.ROOT);
        return "0".repeat(8 - digits.length()) + digits;
    }
}
