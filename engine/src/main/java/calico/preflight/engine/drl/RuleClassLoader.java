package calico.preflight.engine.drl;

import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Shows the compiler of rules only the classes that rules need. It is the second wall behind {@link ClosedLanguage}, not the
 * first: MVEL holds some classes, {@code Runtime} among them, without asking any loader.
 */
final class RuleClassLoader extends ClassLoader {

    private static final List<String> PACKAGES = List.of("org.drools.", "org.kie.", "org.mvel2.", "java.util.");

    /** Not of java.util: these run code, reach files or load classes by name. */
    private static final List<String> NOT_OF_THEM = List.of(
            "java.util.ServiceLoader",
            "java.util.Timer",
            "java.util.Scanner",
            "java.util.Formatter",
            "java.util.ResourceBundle",
            "java.util.concurrent.",
            "java.util.jar.",
            "java.util.logging.",
            "java.util.prefs.",
            "java.util.spi.",
            "java.util.zip.",
            "java.util.regex.");

    /** {@code Class} is there because the accessors that Drools generates are linked against it. */
    private static final Set<String> JAVA_LANG = Set.of(
            "Object",
            "Class",
            "String",
            "CharSequence",
            "Comparable",
            "Iterable",
            "Enum",
            "Record",
            "Number",
            "Boolean",
            "Byte",
            "Character",
            "Short",
            "Integer",
            "Long",
            "Float",
            "Double",
            "Void",
            "Cloneable",
            "Override",
            "Deprecated",
            "SuppressWarnings",
            "FunctionalInterface");

    private static final Pattern SIMPLE_NAME = Pattern.compile("[A-Za-z0-9_]+(\\$[A-Za-z0-9_]+)*");

    private final ClassLoader all;
    private final Vocabulary vocabulary;

    /**
     * @param all where the classes come from that may be seen
     * @param vocabulary whose types may be seen
     */
    RuleClassLoader(ClassLoader all, Vocabulary vocabulary) {
        super("rules", ClassLoader.getPlatformClassLoader());
        this.all = all;
        this.vocabulary = vocabulary;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!mayBeSeen(name)) {
            throw new ClassNotFoundException(name + " may not be seen by rules");
        }
        return all.loadClass(name);
    }

    private boolean mayBeSeen(String name) {
        if (name.startsWith("java.lang.")) {
            return JAVA_LANG.contains(name.substring("java.lang.".length()));
        }
        String prefix = vocabulary.packageName() + ".";
        if (name.startsWith(prefix)) {
            String simple = name.substring(prefix.length());
            int inner = simple.indexOf('$');
            return SIMPLE_NAME.matcher(simple).matches()
                    && vocabulary.members().containsKey(inner < 0 ? simple : simple.substring(0, inner));
        }
        return PACKAGES.stream().anyMatch(name::startsWith)
                && NOT_OF_THEM.stream().noneMatch(name::startsWith);
    }

    /** Class files only, since Drools looks into them for the order of members; no other resource. */
    @Override
    public @Nullable URL getResource(String name) {
        return isVisibleClass(name) ? all.getResource(name) : null;
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        return isVisibleClass(name) ? all.getResourceAsStream(name) : null;
    }

    @Override
    public Enumeration<URL> getResources(String name) {
        return Collections.emptyEnumeration();
    }

    private boolean isVisibleClass(String resource) {
        return resource.endsWith(".class")
                && mayBeSeen(resource.substring(0, resource.length() - ".class".length())
                        .replace('/', '.'));
    }
}
