package calico.preflight.facts.parse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks what is packed, by the first bytes and not by the name, within a bound. */
public final class Unpacking {

    /** Of the packed forms that kernels and distributions use, xz alone asks for much memory. */
    private static final int XZ_MEMORY_KIB = 64 << 10;

    private Unpacking() {}

    /** The bytes cannot be unpacked; the message is one clause for the reader. */
    public static final class DamagedException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String why;

        DamagedException(String why) {
            super(why);
            this.why = why;
        }

        /** The reason, as one clause. */
        public String why() {
            return why;
        }
    }

    /**
     * The bytes as they were before gzip or xz; bytes that are in neither form, as they are.
     *
     * @param limit of the unpacked bytes
     * @throws DamagedException if they are damaged, larger than that, or packed in a form that is not read here
     */
    public static byte[] unpack(byte[] bytes, int limit) throws DamagedException {
        if (startsWith(bytes, 0x28, 0xb5, 0x2f, 0xfd)) {
            throw new DamagedException("is packed with zstd, which is not read");
        }
        boolean gzip = startsWith(bytes, 0x1f, 0x8b);
        if (!gzip && !startsWith(bytes, 0xfd, '7', 'z', 'X', 'Z', 0)) {
            return bytes;
        }
        try (InputStream packed = new ByteArrayInputStream(bytes);
                InputStream in =
                        gzip ? new GZIPInputStream(packed, 1 << 16) : new XZInputStream(packed, XZ_MEMORY_KIB)) {
            byte[] plain = in.readNBytes(limit + 1);
            if (plain.length > limit) {
                throw new DamagedException("is larger than " + limit + " bytes when unpacked");
            }
            return plain;
        } catch (IOException e) {
            throw new DamagedException("is damaged and cannot be unpacked");
        }
    }

    private static boolean startsWith(byte[] bytes, int... magic) {
        if (bytes.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((bytes[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
