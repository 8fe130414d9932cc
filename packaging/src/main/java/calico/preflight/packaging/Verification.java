package calico.preflight.packaging;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Has the JVM verify and link every class of some jars, as it does when it first needs one, before anybody needs it. */
public final class Verification {

    private static final String CLASS = ".class";

    private Verification() {}

    /**
     * Says which classes cannot be linked as they are written although they can as they were, and ends with 1 if there are any.
     * That a class needs another that is in none of the jars is no mistake if it was so before.
     *
     * @param arguments the folder with the jars as they were, and that with those that were written
     * @throws IOException if a jar cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        List<String> mistakes = mistakes(Path.of(arguments[0]), Path.of(arguments[1]));
        mistakes.forEach(System.err::println);
        System.exit(mistakes.isEmpty() ? 0 : 1);
    }

    /** What was done wrong: a line for each class. */
    static List<String> mistakes(Path before, Path after) throws IOException {
        Map<String, String> once = linked(before);
        List<String> mistakes = new ArrayList<>();
        Map<String, String> now = linked(after);
        once.forEach((name, how) -> {
            if (!now.containsKey(name)) {
                mistakes.add(name + " is not there any more");
            }
        });
        now.forEach((name, how) -> {
            // Of several classes that it lacks, the JVM names now this one and now that.
            if (!kind(how).equals(kind(once.getOrDefault(name, "")))) {
                mistakes.add(name + ": " + how);
            }
        });
        return mistakes;
    }

    /** The error without what it is about. */
    private static String kind(String error) {
        int colon = error.indexOf(':');
        return colon < 0 ? error : error.substring(0, colon);
    }

    /** What the JVM says of each class; nothing where it takes it. */
    private static Map<String, String> linked(Path folder) throws IOException {
        List<Path> jars;
        try (Stream<Path> files = Files.list(folder)) {
            jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
        List<URL> places = new ArrayList<>();
        for (Path jar : jars) {
            places.add(jar.toUri().toURL());
        }
        Map<String, String> linked = new TreeMap<>();
        try (URLClassLoader loader =
                new URLClassLoader(places.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            for (Path jar : jars) {
                try (ZipFile zip = new ZipFile(jar.toFile())) {
                    zip.stream()
                            .map(ZipEntry::getName)
                            .filter(Verification::isClass)
                            .forEach(file -> linked.put(file, link(file, loader)));
                }
            }
        }
        return linked;
    }

    private static boolean isClass(String file) {
        return file.endsWith(CLASS) && !file.startsWith("META-INF/") && !file.endsWith("-info" + CLASS);
    }

    private static String link(String file, ClassLoader loader) {
        String name = file.substring(0, file.length() - CLASS.length()).replace('/', '.');
        try {
            Class<?> type = Class.forName(name, false, loader);
            // To tell its methods, the JVM links a class; to tell its nest, it compares what host and members say.
            int told = type.getDeclaredMethods().length + type.getNestMembers().length;
            return told > 0 ? "" : name + " does not even belong to its own nest";
        } catch (ClassNotFoundException | LinkageError e) {
            return String.valueOf(e);
        }
    }
}
