package calico.preflight.packaging;

import java.util.zip.ZipEntry;

/** A file in a jar. */
final class Entry {

    private final ZipEntry header;
    private final byte[] content;

    /**
     * @param header its name and time, and how it is kept
     * @param content what is in it
     */
    Entry(ZipEntry header, byte[] content) {
        this.header = header;
        this.content = content;
    }

    /** Its name and time, and how it is kept. */
    ZipEntry header() {
        return header;
    }

    /** What is in it. */
    byte[] content() {
        return content;
    }

    /** Its name, with the folders it is in. */
    String name() {
        return header.getName();
    }

    /** Is it a class file? */
    boolean isClass() {
        return name().endsWith(".class");
    }

    /** The same file, with other content. */
    Entry with(byte[] other) {
        return new Entry(header, other);
    }

    /** Another file, of the same time. */
    Entry beside(String name, byte[] other) {
        ZipEntry sibling = new ZipEntry(name);
        sibling.setTimeLocal(header.getTimeLocal());
        return new Entry(sibling, other);
    }
}
