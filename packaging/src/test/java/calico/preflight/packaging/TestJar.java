package calico.preflight.packaging;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Jars for examples. */
final class TestJar {

    private TestJar() {}

    /** Writes a jar with these files, by their names and in their order. */
    static Path write(Path file, Map<String, byte[]> files) {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> each : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(each.getKey()));
                zip.write(each.getValue());
                zip.closeEntry();
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The published jar that a class of the class path came from. */
    static Path holding(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Rewrites one jar, whose classes may depend on others, and returns what was said about it. */
    static List<String> rewrite(Path from, Path to, Path... others) {
        List<String> said = new ArrayList<>();
        List<Path> all = Stream.concat(Stream.of(from), Stream.of(others)).toList();
        try (Hierarchy hierarchy = Hierarchy.of(all)) {
            new JarRewriting(hierarchy, List.of(new Concatenations(), new Records(), new Lambdas()), said::add)
                    .rewrite(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return said;
    }

    /** The files of a jar, by their names and in their order. */
    static Map<String, byte[]> files(Path jar) {
        try {
            return Jar.read(jar).entries().stream()
                    .collect(Collectors.toMap(
                            Entry::name, Entry::content, (one, other) -> one, LinkedHashMap<String, byte[]>::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The content of a file of a jar. */
    static byte[] file(Path jar, String name) {
        return Objects.requireNonNull(files(jar).get(name), name);
    }

    /** Classes of these jars and of Java, and of nothing else. */
    static URLClassLoader loader(Path... jars) {
        return new URLClassLoader(
                Stream.of(jars).map(TestJar::url).toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    /** For each class of a jar, by its file, whether the JVM verifies and links it, or which error it throws. */
    static Map<String, String> linked(Path jar, Path... others) {
        Map<String, String> linked = new TreeMap<>();
        Path[] all = Stream.concat(Stream.of(jar), Stream.of(others)).toArray(Path[]::new);
        try (URLClassLoader loader = loader(all)) {
            for (String file : files(jar).keySet()) {
                if (file.endsWith(".class") && !file.startsWith("META-INF/") && !file.endsWith("-info.class")) {
                    linked.put(file, link(file.substring(0, file.length() - 6).replace('/', '.'), loader));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return linked;
    }

    /** Whoever asks for the methods of a class has it linked. */
    private static String link(String name, ClassLoader loader) {
        try {
            Objects.requireNonNull(Class.forName(name, false, loader).getDeclaredMethods());
            return "linked";
        } catch (ClassNotFoundException | LinkageError e) {
            return e.toString();
        }
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
