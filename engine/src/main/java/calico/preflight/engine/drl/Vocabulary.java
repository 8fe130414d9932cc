package calico.preflight.engine.drl;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words that rules may use: the types of a session and what can be read of each.
 *
 * @param packageName the Java package of all the types, such as {@code calico.preflight.engine.inference}
 * @param members simple name of each type, and the names of what rules may read of it (the accessors of a record)
 * @param insertable the types, by simple name, that a consequence may insert
 */
public record Vocabulary(String packageName, Map<String, Set<String>> members, Set<String> insertable) {

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

    /** Copies, and refuses names that Drools or MVEL would take for something of their own. */
    public Vocabulary {
        if (!PACKAGE.matcher(packageName).matches()) {
            throw new IllegalArgumentException("not the name of a package: " + packageName);
        }
        members = members.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
        insertable = Set.copyOf(insertable);
        for (Map.Entry<String, Set<String>> type : members.entrySet()) {
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
            if (!members.containsKey(type)) {
                throw new IllegalArgumentException("insertable, but not among the types: " + type);
            }
        }
    }

    /** All types and their members, in their order. */
    String listed() {
        StringBuilder list = new StringBuilder();
        new TreeMap<>(members).forEach((type, names) -> list.append(type)
                .append(' ')
                .append(String.join(" ", new TreeSet<>(names)))
                .append('\n'));
        return list.toString();
    }

    /** The class of a type; empty where there is none of that name among the types. */
    Optional<Class<?>> type(String simpleName) {
        if (!members.containsKey(simpleName)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Class.forName(packageName + "." + simpleName, true, Vocabulary.class.getClassLoader()));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("a word of the rules is no class: " + packageName + "." + simpleName, e);
        }
    }

    /** How a member of a type is read; empty where there is no such member among those that rules may read. */
    Optional<Method> accessor(String simpleName, String member) {
        if (!members.getOrDefault(simpleName, Set.of()).contains(member)) {
            return Optional.empty();
        }
        return type(simpleName).map(type -> {
            try {
                return type.getMethod(member);
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(simpleName + " has no accessor " + member, e);
            }
        });
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
        return insertable.contains(simpleName)
                ? type(simpleName).stream().flatMap(type -> Arrays.stream(type.getConstructors()))
                : Stream.empty();
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
