package calico.preflight.facts.archive;

import calico.preflight.facts.source.UnusableSourceException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Goes through a tar archive, plain or packed with gzip, xz or bzip2, within bounds on what comes out of it. How it is
 * packed is told by its first bytes.
 */
public final class TarReader {

    private static final int XZ_MEMORY_KIB = 96 << 10;
    private static final int HEADER = 512;
    private static final int MAGIC_AT = 257;
    private static final int LONGEST_NAME = 4096;

    /**
     * What is too much.
     *
     * @param entries of the archive
     * @param bytes that come out of unpacking, whether they are used or not
     */
    public record Limits(int entries, long bytes) {}

    /** What is done with an entry. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Takes an entry.
         *
         * @param path its name as components, none of which is empty or leads elsewhere; none for the top itself
         * @param content of a regular file; empty for all others
         */
        void entry(List<String> path, TarArchiveEntry entry, InputStream content) throws IOException;
    }

    private TarReader() {}

    /** Do these first bytes of a file begin a tar archive, once unpacked? */
    public static boolean isTar(InputStream file) {
        try (InputStream plain = unpacked(new BufferedInputStream(file))) {
            byte[] header = plain.readNBytes(HEADER);
            return header.length == HEADER
                    && header[MAGIC_AT] == 'u'
                    && header[MAGIC_AT + 1] == 's'
                    && header[MAGIC_AT + 2] == 't'
                    && header[MAGIC_AT + 3] == 'a'
                    && header[MAGIC_AT + 4] == 'r';
        } catch (IOException e) {
            return false;
        }
    }

    /** Is it a file with content, and no directory, link, device or pipe? The library calls all but directories files. */
    public static boolean isRegular(TarArchiveEntry entry) {
        return entry.isFile()
                && !entry.isDirectory()
                && !entry.isLink()
                && !entry.isSymbolicLink()
                && !entry.isCharacterDevice()
                && !entry.isBlockDevice()
                && !entry.isFIFO();
    }

    /**
     * Gives all entries in their order.
     *
     * @throws UnusableSourceException if it is damaged, cut off, too large, or an entry would leave its place
     */
    public static void read(InputStream archive, Limits limits, Visitor visitor) throws IOException {
        int entries = 0;
        long end = 0;
        try (Bounded plain = new Bounded(unpacked(new BufferedInputStream(archive)), limits.bytes());
                TarArchiveInputStream tar = new TarArchiveInputStream(plain, "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (++entries > limits.entries()) {
                    throw new UnusableSourceException("has more than " + limits.entries() + " entries");
                }
                if (entry.isSparse()) {
                    throw new UnusableSourceException("has an entry with holes, which is not read: " + entry.getName());
                }
                long begin = tar.getBytesRead();
                visitor.entry(components(entry.getName()), entry, tar);
                end = Math.addExact(begin, (entry.getSize() + HEADER - 1) / HEADER * HEADER);
            }
            // To the reader of entries a block of zeros and the end of the file are one; whoever cuts an archive off
            // between two entries takes the zeros away.
            boolean ended = plain.given() >= end + HEADER;
            // checksums stand at the end of what is packed
            plain.transferTo(OutputStream.nullOutputStream());
            if (entries > 0 && !ended) {
                throw new UnusableSourceException(
                        "is cut off after entry " + entries + ", as the end of the archive is missing");
            }
        } catch (UnusableSourceException e) {
            throw e;
        } catch (IOException | IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
            throw new UnusableSourceException(
                    entries == 0 ? "is no archive that can be read" : "is damaged or cut off after entry " + entries,
                    e);
        }
        if (entries == 0) {
            throw new UnusableSourceException("is an archive without entries");
        }
    }

    private static List<String> components(String name) throws UnusableSourceException {
        if (name.length() > LONGEST_NAME) {
            throw new UnusableSourceException("has an entry with a name of " + name.length() + " characters");
        }
        if (name.startsWith("/")) {
            throw new UnusableSourceException("has an entry with an absolute name: " + name);
        }
        List<String> path = new ArrayList<>();
        for (String component : name.split("/", -1)) {
            if (component.equals("..") || component.indexOf('\0') >= 0) {
                throw new UnusableSourceException("has an entry that leaves its place: " + name);
            }
            if (!component.isEmpty() && !component.equals(".")) {
                path.add(component);
            }
        }
        return path;
    }

    /** What was packed in parts, as pigz and pbzip2 do, is whole with all of them. */
    private static InputStream unpacked(InputStream packed) throws IOException {
        packed.mark(HEADER);
        byte[] magic = packed.readNBytes(6);
        packed.reset();
        if (startsWith(magic, 0x1f, 0x8b)) {
            return GzipCompressorInputStream.builder()
                    .setInputStream(packed)
                    .setDecompressConcatenated(true)
                    .get();
        }
        if (startsWith(magic, 0xfd, '7', 'z', 'X', 'Z', 0)) {
            return new XZInputStream(packed, XZ_MEMORY_KIB);
        }
        if (startsWith(magic, 'B', 'Z', 'h')) {
            return new BZip2CompressorInputStream(packed, true);
        }
        return packed;
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

    /** Refuses to give more than so much. */
    private static final class Bounded extends FilterInputStream {
        private final long limit;
        private long given;

        Bounded(InputStream in, long limit) {
            super(in);
            this.limit = limit;
        }

        long given() {
            return given;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count(Math.max(0, read));
            return read;
        }

        @Override
        public long skip(long length) throws IOException {
            long skipped = super.skip(length);
            count(skipped);
            return skipped;
        }

        private void count(long bytes) throws UnusableSourceException {
            given += bytes;
            if (given > limit) {
                throw new UnusableSourceException("is larger than " + (limit >> 20) + " MiB when unpacked");
            }
        }
    }
}
