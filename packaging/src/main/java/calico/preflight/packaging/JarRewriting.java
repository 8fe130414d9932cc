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
        // What was not rewritten is the very same entry.
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
        List<WrittenOut> kinds = jar.hasClassesForOtherVersions() ? List.of() : writtenOut;
        Set<String> there = jar.entries().stream().map(Entry::name).collect(Collectors.toSet());
        Map<String, List<String>> joining = new HashMap<>();
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : jar.entries()) {
            entries.addAll(entry.isClass() ? rewritten(entry, kinds, there, joining) : List.of(entry));
        }
        entries.replaceAll(entry -> {
            List<String> members = joining.get(entry.name());
            return members == null ? entry : entry.with(Host.withNestMembers(entry.content(), members));
        });
        return entries;
    }

    private List<Entry> rewritten(
            Entry entry, List<WrittenOut> kinds, Set<String> there, Map<String, List<String>> joining) {
        try {
            ClassReader file = new ClassReader(entry.content());
            if (raising.concerns(file)) {
                return List.of(entry.with(raising.raised(file)));
            }
            return !kinds.isEmpty() && Host.concerns(file)
                    ? writtenOut(entry, new Host(file, name -> there.contains(fileOf(name))), kinds, joining)
                    : List.of(entry);
        } catch (RuntimeException e) {
            // By exceptions of many kinds ASM tells what it cannot read or write; no class is worth a failing build.
            said.accept(entry.name() + " stays as it is: " + e.getMessage());
            return List.of(entry);
        }
    }

    private List<Entry> writtenOut(Entry entry, Host host, List<WrittenOut> kinds, Map<String, List<String>> joining) {
        boolean changed = host.writeOut(kinds);
        host.left().forEach(each -> said.accept(entry.name() + ", " + each));
        if (!changed) {
            return List.of(entry);
        }
        List<Entry> entries = new ArrayList<>(List.of(entry.with(host.written())));
        for (ClassNode beside : host.beside()) {
            entries.add(entry.beside(fileOf(beside.name), Host.written(beside)));
        }
        for (ClassNode beside : host.beside()) {
            joining.computeIfAbsent(fileOf(host.nestHost()), nest -> new ArrayList<>())
                    .add(beside.name);
        }
        return entries;
    }

    private static String fileOf(String type) {
        return type + ".class";
    }
}
