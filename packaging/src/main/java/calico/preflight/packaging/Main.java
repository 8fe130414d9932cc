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
     * @param arguments the folder with the jars; where the jar of the program goes, which is written last, the others before
     *     it and beside it; and how the names of those jars begin in which the code of lambdas, records and joined texts is
     *     written out
     * @throws IOException if a jar cannot be read or written
     */
    public static void main(String[] arguments) throws IOException {
        Path program = Path.of(arguments[1]);
        List<String> beginnings = List.of(arguments).subList(2, arguments.length);
        Path to = Files.createDirectories(program.toAbsolutePath().getParent());
        try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
            List<Path> jars =
                    new ArrayList<>(files.filter(file -> file.toString().endsWith(".jar"))
                            .sorted()
                            .toList());
            jars.sort((one, other) -> Boolean.compare(isNamedAs(program, one), isNamedAs(program, other)));
            try (Hierarchy hierarchy = Hierarchy.of(jars)) {
                for (Path jar : jars) {
                    new JarRewriting(
                                    hierarchy,
                                    kinds(jar, beginnings),
                                    line -> System.err.println(jar.getFileName() + ": " + line))
                            .rewrite(jar, to.resolve(jar.getFileName()));
                }
            }
        }
    }

    private static List<WrittenOut> kinds(Path jar, List<String> beginnings) {
        String name = jar.getFileName().toString();
        return beginnings.stream().anyMatch(name::startsWith)
                ? List.of(new Concatenations(), new Records(), new Lambdas())
                : List.of();
    }

    private static boolean isNamedAs(Path program, Path jar) {
        return jar.getFileName().equals(program.getFileName());
    }
}
