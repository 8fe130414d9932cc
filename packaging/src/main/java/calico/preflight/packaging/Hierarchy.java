package calico.preflight.packaging;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;

/** Which class extends which, among the classes of some jars and of Java itself. It is read; no class is loaded. */
final class Hierarchy implements Closeable {

    private static final String OBJECT = "java/lang/Object";

    private record Header(boolean isInterface, String superclass) {}

    private final URLClassLoader files;
    private final Map<String, Header> headers = new HashMap<>();

    private Hierarchy(URLClassLoader files) {
        this.files = files;
    }

    /** That of the classes in these jars. */
    static Hierarchy of(List<Path> jars) throws MalformedURLException {
        List<URL> places = new ArrayList<>();
        for (Path jar : jars) {
            places.add(jar.toUri().toURL());
        }
        return new Hierarchy(new URLClassLoader(places.toArray(URL[]::new), ClassLoader.getPlatformClassLoader()));
    }

    /**
     * The nearest class that both extend, as the verifier sees it: for it, an interface is as good as Object.
     *
     * @throws TypeNotPresentException if a class that this depends on is in none of the jars
     */
    String nearestCommonSuperclass(String one, String other) {
        if (header(one).isInterface() || header(other).isInterface()) {
            return OBJECT;
        }
        List<String> above = lineage(one);
        return lineage(other).stream().filter(above::contains).findFirst().orElse(OBJECT);
    }

    private List<String> lineage(String name) {
        List<String> lineage = new ArrayList<>();
        for (String type = name; !type.equals(OBJECT); type = header(type).superclass()) {
            lineage.add(type);
        }
        return lineage;
    }

    private Header header(String name) {
        return headers.computeIfAbsent(name, this::read);
    }

    private Header read(String name) {
        try (InputStream file = files.getResourceAsStream(name + ".class")) {
            if (file == null) {
                throw new TypeNotPresentException(name, null);
            }
            ClassReader reader = new ClassReader(file);
            String superclass = reader.getSuperName();
            return new Header(
                    (reader.getAccess() & Opcodes.ACC_INTERFACE) != 0, superclass == null ? OBJECT : superclass);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
