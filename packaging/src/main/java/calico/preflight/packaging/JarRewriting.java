package calico.preflight.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.objectweb.asm.ClassReader;

/** Writes jars whose classes a JVM can keep. What is in them beside is as it was. */
final class JarRewriting {

    private final Raising raising;
    private final Consumer<String> said;

    /**
     * @param hierarchy of all classes that those of the jars may depend on
     * @param said is told which class stays as it is although it should not, and why
     */
    JarRewriting(Hierarchy hierarchy, Consumer<String> said) {
        this.raising = new Raising(hierarchy);
        this.said = said;
    }

    /** Writes what a jar is to be; the two files may be the same, and have the same time. */
    void rewrite(Path from, Path to) throws IOException {
        FileTime time = Files.getLastModifiedTime(from);
        Jar jar = Jar.read(from);
        List<Entry> entries = rewritten(jar);
        if (!entries.equals(jar.entries())) {
            jar.changedTo(entries).write(to);
        } else if (!from.equals(to)) {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.setLastModifiedTime(to, time);
    }

    private List<Entry> rewritten(Jar jar) {
        if (jar.isSigned()) {
            return jar.entries();
        }
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : jar.entries()) {
            entries.add(entry.isClass() ? rewritten(entry) : entry);
        }
        return entries;
    }

    private Entry rewritten(Entry entry) {
        ClassReader file = new ClassReader(entry.content());
        if (!raising.concerns(file)) {
            return entry;
        }
        try {
            return entry.with(raising.raised(file));
        } catch (UnusualException | TypeNotPresentException e) {
            said.accept(entry.name() + " stays as it is: " + e.getMessage());
            return entry;
        }
    }
}
