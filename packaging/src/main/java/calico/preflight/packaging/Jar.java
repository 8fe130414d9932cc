package calico.preflight.packaging;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * All that is in a jar, in its order.
 *
 * @param entries its files and folders
 */
record Jar(List<Entry> entries) {

    /** What the manifest of a jar says that is no longer as its makers published it. */
    static final String NOTICE = "Calico-Preflight-Changed: class files, so that a JVM can archive them";

    private static final Pattern SIGNATURE =
            Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)", Pattern.CASE_INSENSITIVE);

    /** Reads a jar. */
    static Jar read(Path file) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry header : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
                try (InputStream content = zip.getInputStream(header)) {
                    entries.add(new Entry(header, content.readAllBytes()));
                }
            }
        }
        return new Jar(List.copyOf(entries));
    }

    /** Did somebody sign for its content? */
    boolean isSigned() {
        return entries.stream()
                .anyMatch(entry -> SIGNATURE.matcher(entry.name()).matches());
    }

    /** Are there classes in it that some versions of Java take in the place of others? What belongs together differs then. */
    boolean hasClassesForOtherVersions() {
        return entries.stream().anyMatch(entry -> entry.name().startsWith("META-INF/versions/"));
    }

    /** A jar with these files in the place of its own, whose manifest says that it was changed. */
    Jar changedTo(List<Entry> others) {
        List<Entry> changed = new ArrayList<>();
        boolean noted = false;
        for (Entry entry : others) {
            if (entry.name().equals(JarFile.MANIFEST_NAME)) {
                changed.add(entry.with(withNotice(entry.content())));
                noted = true;
            } else {
                changed.add(entry);
            }
        }
        if (!noted) {
            ZipEntry header = new ZipEntry(JarFile.MANIFEST_NAME);
            header.setTimeLocal(others.get(0).header().getTimeLocal());
            changed.add(
                    0, new Entry(header, withNotice("Manifest-Version: 1.0\r\n\r\n".getBytes(StandardCharsets.UTF_8))));
        }
        return new Jar(List.copyOf(changed));
    }

    /** After the first line, which has to be the version of the manifest; all else stays as it was written. */
    private static byte[] withNotice(byte[] manifest) {
        String text = new String(manifest, StandardCharsets.ISO_8859_1);
        int second = text.indexOf('\n') + 1;
        if (text.contains(NOTICE) || second == 0) {
            return manifest;
        }
        String end = text.charAt(second - 2) == '\r' ? "\r\n" : "\n";
        return (text.substring(0, second) + NOTICE + end + text.substring(second))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Writes it; whoever looks at the file meanwhile sees the one that was there before. */
    void write(Path file) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Entry entry : entries) {
                zip.putNextEntry(headerToWrite(entry));
                zip.write(entry.content());
                zip.closeEntry();
            }
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static ZipEntry headerToWrite(Entry entry) {
        ZipEntry header = new ZipEntry(entry.name());
        header.setTimeLocal(entry.header().getTimeLocal());
        header.setComment(entry.header().getComment());
        if (entry.header().getMethod() == ZipEntry.STORED) {
            CRC32 sum = new CRC32();
            sum.update(entry.content());
            header.setMethod(ZipEntry.STORED);
            header.setSize(entry.content().length);
            header.setCrc(sum.getValue());
        }
        return header;
    }
}
