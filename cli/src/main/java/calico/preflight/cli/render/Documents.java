package calico.preflight.cli.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Makes JSON and YAML documents: the same fields in the same order, and the same bytes for the same content. JSON is pure
 * ASCII and every string of YAML is quoted, so that neither steers a terminal nor turns a version into a number.
 */
public final class Documents {

    private static final JsonFactory LINES =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static final JsonFactory EMBEDDED = JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private Documents() {}

    /** Has the character by which elements begin and end written by its number. */
    private static final class WithoutTags extends CharacterEscapes {

        private static final long serialVersionUID = 1;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] escapes = standardAsciiEscapesForJSON();
            escapes['<'] = ESCAPE_STANDARD;
            return escapes;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int character) {
            return null;
        }
    }

    /** Writes the content of a document. */
    @FunctionalInterface
    public interface Content {
        /** Writes one value, and nothing after it. */
        void writeTo(JsonGenerator json) throws IOException;
    }

    /** The content as JSON, indented by two spaces, with a line break at the end. */
    public static byte[] json(Content content) {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER));
        printer.indentObjectsWith(lines);
        printer.indentArraysWith(lines);
        JsonFactory factory =
                JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
        try (JsonGenerator json = factory.createGenerator(bytes)) {
            json.setPrettyPrinter(printer);
            content.writeTo(json);
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The content as JSON on one line, with a line break at the end. */
    public static byte[] line(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
        try (JsonGenerator json = LINES.createGenerator(bytes)) {
            content.writeTo(json);
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Writes the content as JSON that may stand in an element of HTML: no text in it can end the element. The stream is left
     * open.
     */
    public static void embed(Content content, OutputStream out) throws IOException {
        try (JsonGenerator json = EMBEDDED.createGenerator(out)) {
            json.setCharacterEscapes(new WithoutTags());
            content.writeTo(json);
        }
    }

    /** The content as YAML. */
    public static byte[] yaml(Content content) {
        YAMLFactory factory = YAMLFactory.builder()
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .disable(YAMLGenerator.Feature.SPLIT_LINES)
                .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
                .build();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
        try (JsonGenerator yaml = factory.createGenerator(bytes)) {
            content.writeTo(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String text = bytes.toString(StandardCharsets.UTF_8);
        return (text.endsWith("\n") ? text : text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** A JSON document as YAML. */
    public static byte[] yamlOf(byte[] json) {
        return yaml(yaml -> {
            ObjectMapper mapper = new ObjectMapper();
            mapper.writeTree(yaml, mapper.readTree(json));
        });
    }
}
