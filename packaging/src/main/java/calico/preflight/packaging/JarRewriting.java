package calico.preflight.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/** Writes jars whose classes a JVM can keep. What is in them beside is as it was. */
final class JarRewriting {

    private final Raising raising;
    private final List<WrittenOut> writtenOut;
    private final Consumer<String> said;

    /**
     * @param hierarchy of all classes that those of the jars may depend on
     * @param writtenOut the kinds of calls whose code is written out
     * @param said is told which class stays as it is although it should not, and why
     */
    JarRewriting(Hierarchy hierarchy, List<WrittenOut> writtenOut, Consumer<String> said) {
        this.writtenOut = writtenOut;
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
        Set<String> there = jar.entries().stream().map(Entry::name).collect(Collectors.toSet());
        Map<String, List<String>> joining = new HashMap<>();
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : jar.entries()) {
            if (entry.isClass()) {
                try {
                    rewrite(entry, there, entries, joining);
                } catch (UnusualException | TypeNotPresentException e) {
                    said.accept(entry.name() + " stays as it is: " + e.getMessage());
                    entries.add(entry);
                }
            } else {
                entries.add(entry);
            }
        }
        entries.replaceAll(entry -> {
            List<String> members = joining.get(entry.name());
            return members == null ? entry : entry.with(Host.withNestMembers(entry.content(), members));
        });
        return entries;
    }

    private void rewrite(Entry entry, Set<String> there, List<Entry> entries, Map<String, List<String>> joining) {
        ClassReader file = new ClassReader(entry.content());
        if (raising.concerns(file)) {
            entries.add(entry.with(raising.raised(file)));
            return;
        }
        if (writtenOut.isEmpty() || !entry.name().equals(fileOf(file.getClassName())) || !Host.concerns(file)) {
            entries.add(entry);
            return;
        }
        Host host = new Host(file, name -> there.contains(fileOf(name)));
        boolean changed = host.writeOut(writtenOut);
        host.left().forEach(each -> said.accept(entry.name() + ", " + each));
        if (!changed) {
            entries.add(entry);
            return;
        }
        entries.add(entry.with(host.written()));
        for (ClassNode beside : host.beside()) {
            entries.add(entry.beside(fileOf(beside.name), Host.written(beside)));
            joining.computeIfAbsent(fileOf(host.nestHost()), nest -> new ArrayList<>())
                    .add(beside.name);
        }
    }

    private static String fileOf(String type) {
        return type + ".class";
    }
}
