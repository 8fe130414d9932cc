package calico.preflight.engine.drl;

import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Shows the compiler of Drools, where {@link SecondOpinion} asks it, only the classes that rules need. It is the second wall
 * behind {@link ClosedLanguage}, not the first: MVEL holds some classes, {@code Runtime} among them, without asking any loader.
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

    private final ClassLoader all;

    /**
     * The types of the vocabulary, what they extend, what their members hold, and what the constructors of the insertable
     * ones take.
     */
    private final Set<String> words = new HashSet<>();

    /**
     * @param all where the classes come from that may be seen
     * @param vocabulary whose types may be seen
     */
    RuleClassLoader(ClassLoader all, Vocabulary vocabulary) {
        super("rules", ClassLoader.getPlatformClassLoader());
        this.all = all;
        vocabulary
                .members()
                .forEach((type, members) -> add(
                        vocabulary.packageName() + "." + type,
                        members,
                        vocabulary.insertable().contains(type)));
    }

    private void add(String name, Set<String> members, boolean insertable) {
        Class<?> type;
        try {
            type = Class.forName(name, false, all);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("the vocabulary names a type that there is not: " + name, e);
        }
        words.add(name);
        for (Class<?> parent : type.getInterfaces()) {
            words.add(parent.getName());
        }
        for (Method method : type.getMethods()) {
            if (method.getParameterCount() == 0 && members.contains(method.getName())) {
                words.add(method.getReturnType().getName());
            }
        }
        if (!insertable) {
            return;
        }
        for (Constructor<?> constructor : type.getConstructors()) {
            for (Class<?> parameter : constructor.getParameterTypes()) {
                words.add(parameter.getName());
            }
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!mayBeSeen(name)) {
            throw new ClassNotFoundException(name + " may not be seen by rules");
        }
        return all.loadClass(name);
    }

    private boolean mayBeSeen(String name) {
        if (name.startsWith("java.lang.") && !words.contains(name)) {
            return JAVA_LANG.contains(name.substring("java.lang.".length()));
        }
        return words.contains(name)
                || (PACKAGES.stream().anyMatch(name::startsWith)
                        && NOT_OF_THEM.stream().noneMatch(name::startsWith));
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
