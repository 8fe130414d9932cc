package calico.preflight.engine.drl;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words that rules may use: the types of a session and what can be read of each. They are looked at only where rules are
 * read, and not where what rules say was prepared.
 */
public final class Vocabulary {

    private static final Pattern PACKAGE = Pattern.compile("[a-z][a-z0-9]*(\\.[a-z][a-z0-9]*)+");
    private static final Pattern TYPE = Pattern.compile("[A-Z][A-Za-z0-9]*");
    private static final Pattern MEMBER = Pattern.compile("[a-z][A-Za-z0-9]*");

    /** Words that mean something to DRL, MVEL or Java: a member of this name would be read as something else. */
    private static final Set<String> RESERVED = Set.of(
            // DRL
            "package",
            "import",
            "function",
            "global",
            "declare",
            "query",
            "rule",
            "when",
            "then",
            "end",
            "and",
            "or",
            "not",
            "exists",
            "forall",
            "eval",
            "from",
            "collect",
            "accumulate",
            "acc",
            "groupby",
            "over",
            "window",
            "unit",
            "extends",
            "template",
            "attributes",
            "dialect",
            "salience",
            "enabled",
            "timer",
            "duration",
            "calendars",
            "entry",
            "point",
            "action",
            "reverse",
            "result",
            "init",
            "do",
            "break",
            "modify",
            "update",
            "insert",
            "retract",
            "delete",
            "drools",
            "kcontext",
            "lock",
            // operators in words
            "memberOf",
            "contains",
            "excludes",
            "matches",
            "soundslike",
            "str",
            "in",
            "is",
            "strsim",
            "convertable_to",
            "isdef",
            "proto",
            "foreach",
            "until",
            "untyped",
            "with",
            "assert",
            "var",
            "def",
            "empty",
            "nil",
            // Java
            "new",
            "null",
            "true",
            "false",
            "this",
            "super",
            "class",
            "interface",
            "enum",
            "instanceof",
            "if",
            "else",
            "for",
            "while",
            "switch",
            "case",
            "default",
            "return",
            "try",
            "catch",
            "finally",
            "throw",
            "static",
            "final",
            "int",
            "long",
            "short",
            "byte",
            "char",
            "boolean",
            "float",
            "double",
            "void");

    private final String packageName;
    private final Supplier<Map<String, Set<String>>> words;
    private final Set<String> insertable;

    private Optional<Map<String, Set<String>>> members = Optional.empty();

    private Vocabulary(String packageName, Supplier<Map<String, Set<String>>> words, Set<String> insertable) {
        this.packageName = packageName;
        this.words = words;
        this.insertable = Set.copyOf(insertable);
    }

    /**
     * These words.
     *
     * @param packageName the Java package of all the types, such as {@code calico.preflight.engine.inference}
     * @param members simple name of each type, and the names of what rules may read of it (the accessors of a record)
     * @param insertable the types, by simple name, that a consequence may insert
     * @throws IllegalArgumentException where Drools or MVEL would take a word for something of their own
     */
    static Vocabulary of(String packageName, Map<String, Set<String>> members, Set<String> insertable) {
        Vocabulary vocabulary = new Vocabulary(packageName, () -> members, insertable);
        vocabulary.members();
        return vocabulary;
    }

    /**
     * The records and interfaces of a package, with all that can be read of them.
     *
     * @param insertable as in {@link #of}
     */
    public static Vocabulary ofTypes(List<Class<?>> types, Set<String> insertable) {
        return new Vocabulary(types.get(0).getPackageName(), () -> membersOf(types), insertable);
    }

    private static Map<String, Set<String>> membersOf(List<Class<?>> types) {
        return types.stream().collect(Collectors.toMap(Class::getSimpleName, Vocabulary::readable));
    }

    private static Set<String> readable(Class<?> type) {
        return type.isRecord()
                ? Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        .collect(Collectors.toSet())
                : Arrays.stream(type.getMethods())
                        .filter(method -> method.getParameterCount() == 0)
                        .map(Method::getName)
                        .collect(Collectors.toSet());
    }

    /** The Java package of all the types. */
    String packageName() {
        return packageName;
    }

    /** The types, by simple name, that a consequence may insert. */
    Set<String> insertable() {
        return insertable;
    }

    /**
     * The simple name of each type, and the names of what rules may read of it.
     *
     * @throws IllegalArgumentException where Drools or MVEL would take a word for something of their own
     */
    synchronized Map<String, Set<String>> members() {
        if (members.isEmpty()) {
            Map<String, Set<String>> read = words.get().entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
            check(read);
            members = Optional.of(read);
        }
        return members.get();
    }

    private void check(Map<String, Set<String>> words) {
        if (!PACKAGE.matcher(packageName).matches()) {
            throw new IllegalArgumentException("not the name of a package: " + packageName);
        }
        for (Map.Entry<String, Set<String>> type : words.entrySet()) {
            if (!TYPE.matcher(type.getKey()).matches() || isOfJavaLang(type.getKey())) {
                throw new IllegalArgumentException("a type of rules must not be called " + type.getKey());
            }
            for (String member : type.getValue()) {
                if (!MEMBER.matcher(member).matches() || RESERVED.contains(member)) {
                    throw new IllegalArgumentException(
                            "a member of " + type.getKey() + " must not be called \"" + member + "\"");
                }
            }
        }
        for (String type : insertable) {
            if (!words.containsKey(type)) {
                throw new IllegalArgumentException("insertable, but not among the types: " + type);
            }
        }
    }

    /** The class of a type that rules which were read name. */
    Class<?> named(String simpleName) {
        try {
            return Class.forName(packageName + "." + simpleName, true, Vocabulary.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("a word of the rules is no class: " + packageName + "." + simpleName, e);
        }
    }

    /** How a member is read that rules which were read name. */
    static Method reading(Class<?> type, String member) {
        try {
            return type.getMethod(member);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type.getSimpleName() + " has no accessor " + member, e);
        }
    }

    /** The class of a type; empty where there is none of that name among the types. */
    Optional<Class<?>> type(String simpleName) {
        return members().containsKey(simpleName) ? Optional.of(named(simpleName)) : Optional.empty();
    }

    /** How a member of a type is read; empty where there is no such member among those that rules may read. */
    Optional<Method> accessor(String simpleName, String member) {
        return members().getOrDefault(simpleName, Set.of()).contains(member)
                ? Optional.of(reading(named(simpleName), member))
                : Optional.empty();
    }

    /** The constructor that makes an insertable type of such values; empty where there is none. */
    Optional<Constructor<?>> constructor(String simpleName, List<Class<?>> arguments) {
        return constructorsOf(simpleName)
                .filter(constructor -> Kind.fit(List.of(constructor.getParameterTypes()), arguments))
                .findFirst();
    }

    /** What an insertable type can be made of: the parameters of each way. */
    List<List<Class<?>>> constructors(String simpleName) {
        return constructorsOf(simpleName)
                .map(constructor -> List.of(constructor.getParameterTypes()))
                .toList();
    }

    private Stream<Constructor<?>> constructorsOf(String simpleName) {
        return insertable.contains(simpleName) ? Arrays.stream(named(simpleName).getConstructors()) : Stream.empty();
    }

    /** Everything of java.lang is a literal to MVEL, whatever is imported; so is java.lang.reflect.Array. */
    private static boolean isOfJavaLang(String simpleName) {
        if (simpleName.equals("Array")) {
            return true;
        }
        try {
            Class.forName("java.lang." + simpleName, false, ClassLoader.getPlatformClassLoader());
            return true;
        } catch (ClassNotFoundException itIsFree) {
            return false;
        }
    }
}
