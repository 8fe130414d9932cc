package calico.preflight.facts.json;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.FactValue.Flag;
import calico.preflight.facts.FactValue.Rows;
import calico.preflight.facts.FactValue.Table;
import calico.preflight.facts.FactValue.Texts;
import calico.preflight.facts.FactValue.Whole;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.json.FactsFile.State;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes facts as JSON, in one pass. */
final class FactsWriter {

    private static final JsonFactory JSON = new JsonFactory();

    private final Optional<Layout> layout;

    /** Without a layout all is on one line. */
    FactsWriter(Optional<Layout> layout) {
        this.layout = layout;
    }

    byte[] write(HostFacts facts) {
        // by way of characters: half a surrogate pair out of some file then costs a question mark, not the whole output
        StringWriter text = new StringWriter(1 << 16);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            layout.ifPresent(json::setPrettyPrinter);
            json.writeStartObject();
            json.writeStringField("schema", FactsFile.SCHEMA);
            host(json, facts);
            json.writeStringField("collectedAt", facts.collectedAt());
            json.writeArrayFieldStart("facts");
            for (Fact fact : facts.facts().values()) {
                fact(json, fact);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot be written to", e);
        }
        return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void host(JsonGenerator json, HostFacts facts) throws IOException {
        json.writeObjectFieldStart("host");
        text(json, "name", textOf(facts, "host.name"));
        json.writeStringField("source", facts.source());
        text(json, "architecture", textOf(facts, "host.architecture"));
        text(json, "kernelRelease", textOf(facts, "kernel.release"));
        String distribution = Stream.of("os.id", "os.version")
                .flatMap(name -> textOf(facts, name).stream())
                .collect(Collectors.joining(" "));
        text(json, "distribution", Optional.of(distribution).filter(words -> !words.isEmpty()));
        json.writeEndObject();
    }

    private static Optional<String> textOf(HostFacts facts, String name) {
        return facts.get(name).known().map(FactValue::toString);
    }

    private static void text(JsonGenerator json, String field, Optional<String> text) throws IOException {
        json.writeFieldName(field);
        if (text.isPresent()) {
            json.writeString(text.get());
        } else {
            json.writeNull();
        }
    }

    private static void fact(JsonGenerator json, Fact fact) throws IOException {
        json.writeStartObject();
        json.writeStringField("fact", fact.name());
        Observed<FactValue> observed = fact.observed();
        if (observed instanceof Observed.Known<FactValue> known) {
            json.writeStringField("state", State.KNOWN.label());
            json.writeFieldName("value");
            value(json, known.value());
        } else {
            json.writeStringField("state", (observed.isUnknown() ? State.UNKNOWN : State.ABSENT).label());
        }
        origin(json, observed.origin());
        if (observed instanceof Observed.Unknown<FactValue> unknown) {
            json.writeStringField("why", unknown.why());
        }
        json.writeEndObject();
    }

    /** As {@code path:line}; apart where that would be read as something else, such as an address with a port. */
    private static void origin(JsonGenerator json, Origin origin) throws IOException {
        String text = origin.toString();
        boolean plain = FactsFile.origin(text).equals(origin);
        json.writeStringField("origin", plain ? text : origin.where());
        if (!plain) {
            json.writeNumberField("line", origin.line());
        }
    }

    private static void value(JsonGenerator json, FactValue value) throws IOException {
        if (value instanceof Whole whole) {
            json.writeNumber(whole.number());
        } else if (value instanceof Flag flag) {
            json.writeBoolean(flag.set());
        } else if (value instanceof Texts texts) {
            json.writeStartArray();
            for (String text : texts.texts()) {
                json.writeString(text);
            }
            json.writeEndArray();
        } else if (value instanceof Table table) {
            json.writeStartObject();
            for (Map.Entry<String, Entry> entry : table.entries().entrySet()) {
                json.writeFieldName(entry.getKey());
                entry(json, entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof Rows rows) {
            json.writeStartArray();
            for (Map<String, String> row : rows.rows()) {
                json.writeStartObject();
                for (Map.Entry<String, String> cell : row.entrySet()) {
                    json.writeStringField(cell.getKey(), cell.getValue());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        } else {
            json.writeString(value.toString());
        }
    }

    private static void entry(JsonGenerator json, Entry entry) throws IOException {
        if (entry.line() == 0 && entry.origin().isEmpty()) {
            json.writeString(entry.value());
            return;
        }
        json.writeStartArray();
        json.writeString(entry.value());
        json.writeNumber(entry.line());
        if (!entry.origin().isEmpty()) {
            json.writeString(entry.origin());
        }
        json.writeEndArray();
    }

    /** Each fact, each entry and each row on a line of its own, so that two files can be compared line by line. */
    static final class Layout implements PrettyPrinter {

        /** The root; the list of facts; a fact; the value of a fact. Below that, everything stays on its line. */
        private static final int DEEPEST = 4;

        private static final int FACT = 3;

        private int depth;

        private void line(JsonGenerator json) throws IOException {
            if (depth <= DEEPEST && depth != FACT) {
                json.writeRaw('\n');
                json.writeRaw(" ".repeat(depth));
            } else {
                json.writeRaw(' ');
            }
        }

        private void open(JsonGenerator json, char bracket) throws IOException {
            json.writeRaw(bracket);
            depth++;
        }

        private void first(JsonGenerator json) throws IOException {
            if (depth <= DEEPEST && depth != FACT) {
                line(json);
            }
        }

        private void close(JsonGenerator json, char bracket) throws IOException {
            depth--;
            json.writeRaw(bracket);
        }

        private void next(JsonGenerator json) throws IOException {
            json.writeRaw(',');
            line(json);
        }

        @Override
        public void writeRootValueSeparator(JsonGenerator json) throws IOException {
            json.writeRaw('\n');
        }

        @Override
        public void writeStartObject(JsonGenerator json) throws IOException {
            open(json, '{');
        }

        @Override
        public void writeEndObject(JsonGenerator json, int members) throws IOException {
            close(json, '}');
        }

        @Override
        public void writeObjectEntrySeparator(JsonGenerator json) throws IOException {
            next(json);
        }

        @Override
        public void writeObjectFieldValueSeparator(JsonGenerator json) throws IOException {
            json.writeRaw(": ");
        }

        @Override
        public void writeStartArray(JsonGenerator json) throws IOException {
            open(json, '[');
        }

        @Override
        public void writeEndArray(JsonGenerator json, int values) throws IOException {
            close(json, ']');
        }

        @Override
        public void writeArrayValueSeparator(JsonGenerator json) throws IOException {
            next(json);
        }

        @Override
        public void beforeArrayValues(JsonGenerator json) throws IOException {
            first(json);
        }

        @Override
        public void beforeObjectEntries(JsonGenerator json) throws IOException {
            first(json);
        }
    }
}
