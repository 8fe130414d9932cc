package calico.preflight.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The step of the build that writes the jars of the program so that the JVM can keep their classes. */
public final class Main {

    private Main() {}

    /**
     * Writes all jars of a folder to another, and says which classes stay as they are although they should not.
     *
     * @param arguments the folder with the jars, and where the jar of the program goes: it is written last, the others before
     *     it and beside it
     * @throws IOException if a jar cannot be read or written
     */
    public static void main(String[] arguments) throws IOException {
        Path program = Path.of(arguments[1]);
        Path to = Files.createDirectories(program.toAbsolutePath().getParent());
        try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
            List<Path> jars =
                    new ArrayList<>(files.filter(file -> file.toString().endsWith(".jar"))
                            .sorted()
                            .toList());
            jars.sort((one, other) -> Boolean.compare(isNamedAs(program, one), isNamedAs(program, other)));
            try (Hierarchy hierarchy = Hierarchy.of(jars)) {
                for (Path jar : jars) {
                    new JarRewriting(hierarchy, line -> System.err.println(jar.getFileName() + ": " + line))
                            .rewrite(jar, to.resolve(jar.getFileName()));
                }
            }
        }
    }

    private static boolean isNamedAs(Path program, Path jar) {
        return jar.getFileName().equals(program.getFileName());
    }
}
