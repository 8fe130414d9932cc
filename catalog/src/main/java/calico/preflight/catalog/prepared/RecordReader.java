package calico.preflight.catalog.prepared;

import calico.preflight.catalog.prepared.RecordWriter.Tag;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what {@link RecordWriter} wrote: of the texts and types only those that a value needs. */
public final class RecordReader {

    /** Only records and enums of this program are ever made. */
    private static final String OURS = "calico.preflight.";

    private static final Tag[] TAGS = Arrays.stream(Tag.values())
            .sorted(Comparator.comparingInt(Tag::code))
            .toArray(Tag[]::new);

    private final int[] typeNames;
    private final int[] typeShapes;
    private final @Nullable Class<?>[] types;
    private final @Nullable Constructor<?>[] constructors;
    private final int[] textEnds;
    private final @Nullable String[] texts;
    private final ByteBuffer bytes;
    private final int textStart;

    /**
     * Takes a dictionary.
     *
     * @throws StaleException where it is none
     */
    public RecordReader(ByteBuffer dictionary) throws StaleException {
        try {
            int typeCount = count(dictionary, dictionary.getInt(), 8);
            typeNames = new int[typeCount];
            typeShapes = new int[typeCount];
            types = new Class<?>[typeCount];
            constructors = new Constructor<?>[typeCount];
            for (int i = 0; i < typeCount; i++) {
                typeNames[i] = dictionary.getInt();
                typeShapes[i] = dictionary.getInt();
            }
            int textCount = count(dictionary, dictionary.getInt(), 4);
            textEnds = new int[textCount];
            texts = new String[textCount];
            for (int i = 0; i < textCount; i++) {
                textEnds[i] = dictionary.getInt();
            }
            bytes = dictionary;
            textStart = dictionary.position();
        } catch (BufferUnderflowException e) {
            throw new StaleException("the dictionary ends too early");
        }
    }

    private static int count(ByteBuffer buffer, int count, int size) throws StaleException {
        if (count < 0 || count > buffer.remaining() / size) {
            throw new StaleException("a number is too large");
        }
        return count;
    }

    /**
     * The next value.
     *
     * @throws StaleException where there is none, or the types of this program are others
     */
    public Object read(ByteBuffer in) throws StaleException {
        try {
            return value(in);
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new StaleException("a value ends too early");
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            throw new StaleException("a value is of another program: " + e);
        }
    }

    private Object value(ByteBuffer in) throws StaleException, ReflectiveOperationException {
        Tag tag = TAGS[in.get()];
        return switch (tag) {
            case TEXT -> text(number(in));
            case NUMBER -> in.getInt();
            case TRUE -> true;
            case FALSE -> false;
            case CONSTANT -> constant(type(number(in)), text(number(in)));
            case SOME -> Optional.of(value(in));
            case NONE -> Optional.empty();
            case LIST -> Collections.unmodifiableList(items(in));
            case SET -> set(in);
            case MAP -> map(in);
            case RECORD -> record(in, number(in));
        };
    }

    private static int number(ByteBuffer in) {
        int number = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = in.get();
            number |= (next & 0x7f) << shift;
            if (next >= 0) {
                break;
            }
        }
        return number;
    }

    private String text(int index) throws StaleException {
        String known = texts[index];
        if (known != null) {
            return known;
        }
        int from = index == 0 ? 0 : textEnds[index - 1];
        int length = textEnds[index] - from;
        if (from < 0 || length < 0 || textStart + textEnds[index] > bytes.limit()) {
            throw new StaleException("a text ends too late");
        }
        byte[] encoded = new byte[length];
        bytes.get(textStart + from, encoded);
        String text = new String(encoded, StandardCharsets.UTF_8);
        texts[index] = text;
        return text;
    }

    private Class<?> type(int index) throws StaleException, ReflectiveOperationException {
        Class<?> known = types[index];
        if (known != null) {
            return known;
        }
        String name = text(typeNames[index]);
        if (!name.startsWith(OURS)) {
            throw new StaleException("it names the type " + name);
        }
        Class<?> type = Class.forName(name, true, RecordReader.class.getClassLoader());
        if (!RecordWriter.shape(type).equals(text(typeShapes[index]))) {
            throw new StaleException("the type " + name + " has changed");
        }
        types[index] = type;
        return type;
    }

    private static Object constant(Class<?> type, String name) throws StaleException {
        Object[] constants = type.getEnumConstants();
        if (constants != null) {
            for (Object constant : constants) {
                if (((Enum<?>) constant).name().equals(name)) {
                    return constant;
                }
            }
        }
        throw new StaleException("there is no " + name + " in " + type.getName());
    }

    private List<Object> items(ByteBuffer in) throws StaleException, ReflectiveOperationException {
        int size = count(in, number(in), 1);
        List<Object> items = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            items.add(value(in));
        }
        return items;
    }

    private Set<Object> set(ByteBuffer in) throws StaleException, ReflectiveOperationException {
        return Collections.unmodifiableSet(new LinkedHashSet<>(items(in)));
    }

    private Map<Object, Object> map(ByteBuffer in) throws StaleException, ReflectiveOperationException {
        int size = count(in, number(in), 2);
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            Object key = value(in);
            map.put(key, value(in));
        }
        return Collections.unmodifiableMap(map);
    }

    private Object record(ByteBuffer in, int index) throws StaleException, ReflectiveOperationException {
        Constructor<?> constructor = constructor(index);
        Object[] components = new Object[constructor.getParameterCount()];
        for (int i = 0; i < components.length; i++) {
            components[i] = value(in);
        }
        return constructor.newInstance(components);
    }

    private Constructor<?> constructor(int index) throws StaleException, ReflectiveOperationException {
        Constructor<?> known = constructors[index];
        if (known != null) {
            return known;
        }
        Class<?> type = type(index);
        if (!type.isRecord()) {
            throw new StaleException(type.getName() + " is no record");
        }
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] parameters = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            parameters[i] = components[i].getType();
        }
        Constructor<?> constructor = type.getDeclaredConstructor(parameters);
        constructor.setAccessible(true);
        constructors[index] = constructor;
        return constructor;
    }
}
