package calico.preflight.catalog.prepared;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes values that are made of records, enum constants, texts, whole numbers, flags, lists, sets, maps and optionals; each
 * text and each type once. {@link RecordReader} reads them.
 */
public final class RecordWriter {

    private final Map<String, Integer> texts = new LinkedHashMap<>();
    private final Map<Class<?>, Integer> types = new LinkedHashMap<>();

    /** Nothing written yet. */
    public RecordWriter() {}

    /** The value as bytes that mean something together with {@link #dictionary()}. */
    public byte[] bytes(Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, value);
        } catch (IOException e) {
            throw new IllegalStateException("nothing fails in memory", e);
        }
        return bytes.toByteArray();
    }

    /** The texts and types of everything that was written. */
    public byte[] dictionary() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        types.keySet().forEach(type -> text(type.getName()));
        types.keySet().forEach(type -> text(shape(type)));
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(types.size());
            for (Class<?> type : types.keySet()) {
                out.writeInt(text(type.getName()));
                out.writeInt(text(shape(type)));
            }
            out.writeInt(texts.size());
            int end = 0;
            for (String text : texts.keySet()) {
                end += text.getBytes(StandardCharsets.UTF_8).length;
                out.writeInt(end);
            }
            for (String text : texts.keySet()) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new IllegalStateException("nothing fails in memory", e);
        }
        return bytes.toByteArray();
    }

    /** What a type looks like, so that a reader with another one notices. */
    static String shape(Class<?> type) {
        StringBuilder shape = new StringBuilder();
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                shape.append(component.getName())
                        .append(' ')
                        .append(component.getType().getName())
                        .append('\n');
            }
        }
        return shape.toString();
    }

    private int text(String text) {
        return texts.computeIfAbsent(text, any -> texts.size());
    }

    private int type(Class<?> type) {
        return types.computeIfAbsent(type, any -> types.size());
    }

    private void write(DataOutputStream out, Object value) throws IOException {
        if (value instanceof String text) {
            head(out, Tag.TEXT, text(text));
        } else if (value instanceof Integer number) {
            out.writeByte(Tag.NUMBER.code());
            out.writeInt(number);
        } else if (value instanceof Boolean flag) {
            out.writeByte((flag ? Tag.TRUE : Tag.FALSE).code());
        } else if (value instanceof Enum<?> constant) {
            head(out, Tag.CONSTANT, type(constant.getDeclaringClass()));
            number(out, text(constant.name()));
        } else if (value instanceof Optional<?> optional) {
            out.writeByte((optional.isPresent() ? Tag.SOME : Tag.NONE).code());
            if (optional.isPresent()) {
                write(out, optional.get());
            }
        } else if (value instanceof Collection<?> collection) {
            head(out, value instanceof Set<?> ? Tag.SET : Tag.LIST, collection.size());
            for (Object item : collection) {
                write(out, item);
            }
        } else if (value instanceof Map<?, ?> map) {
            head(out, Tag.MAP, map.size());
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                write(out, entry.getKey());
                write(out, entry.getValue());
            }
        } else if (value instanceof Record) {
            head(out, Tag.RECORD, type(value.getClass()));
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                write(out, component(value, component));
            }
        } else {
            throw new IllegalArgumentException(
                    "no values of " + value.getClass().getName() + " are kept");
        }
    }

    private static Object component(Object record, RecordComponent component) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("the components of " + record.getClass() + " cannot be read", e);
        }
    }

    private static void head(DataOutputStream out, Tag tag, int number) throws IOException {
        out.writeByte(tag.code());
        number(out, number);
    }

    /** Seven bits a byte, the lowest first; the eighth says that more follow. */
    private static void number(DataOutputStream out, int number) throws IOException {
        int rest = number;
        while (rest > 0x7f) {
            out.writeByte((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }

    /** What comes next. */
    enum Tag {
        TEXT(0),
        NUMBER(1),
        TRUE(2),
        FALSE(3),
        CONSTANT(4),
        SOME(5),
        NONE(6),
        LIST(7),
        SET(8),
        MAP(9),
        RECORD(10);

        private final int code;

        Tag(int code) {
            this.code = code;
        }

        /** What stands for it in the file. */
        int code() {
            return code;
        }
    }
}
