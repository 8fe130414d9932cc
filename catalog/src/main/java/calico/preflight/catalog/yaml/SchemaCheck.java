package calico.preflight.catalog.yaml;

import calico.preflight.catalog.Problem;
import calico.preflight.catalog.Suggestion;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Checks files against their schema and says in plain words what is wrong, all at once. This costs some hundred
 * milliseconds in a fresh JVM, so that files which bind without a doubt do without it.
 */
public final class SchemaCheck {

    private static final String BASE = "https://calico-preflight.invalid/schema/";

    private SchemaCheck() {}

    /** All mistakes of the file. */
    public static List<Problem> check(YamlFile file, Schema schema) {
        return check(file, schema, "", List.of(), file.tree());
    }

    /**
     * All mistakes of a part of the file.
     *
     * @param definition a name below {@code $defs} of the schema; empty: the schema as a whole
     * @param path where the part stands in the file
     */
    public static List<Problem> check(YamlFile file, Schema schema, String definition, List<?> path, JsonNode part) {
        String fragment = definition.isEmpty() ? "" : "#/$defs/" + definition;
        List<Mistake> mistakes =
                Loaded.REGISTRY.getSchema(SchemaLocation.of(BASE + schema.file() + fragment)).validate(part).stream()
                        .map(error -> new Mistake(file, path, error))
                        .toList();
        // A misspelt key is one mistake, not an unknown key and a missing one.
        Set<List<Object>> misspelt =
                mistakes.stream().flatMap(mistake -> mistake.meant().stream()).collect(Collectors.toSet());
        return mistakes.stream()
                .filter(mistake -> !mistake.isMissing() || !misspelt.contains(mistake.within()))
                .flatMap(Mistake::problem)
                .distinct()
                .sorted()
                .toList();
    }

    /** Loaded when first needed. */
    private static final class Loaded {
        private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Loaded::text));

        private static String text(String address) {
            String name = address.substring(BASE.length());
            try (InputStream in = SchemaCheck.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalStateException("the schema " + name + " is missing from the program");
                }
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** One message of the validator, in our words. */
    private record Mistake(YamlFile file, List<Object> path, Error error, JsonNode schema) {

        Mistake(YamlFile file, List<?> base, Error error) {
            this(file, join(base, steps(error.getInstanceLocation())), error, schemaOf(error));
        }

        Stream<Problem> problem() {
            return switch (error.getKeyword()) {
                case "required" -> Stream.of(file.at(path, missing()));
                case "additionalProperties" -> Stream.of(file.atKey(within(), unknownKey()));
                case "false", "properties" -> Stream.of(file.atKey(path, quotedName() + notBeside()));
                case "propertyNames" -> Stream.of(file.atKey(within(), Wording.quoted(property()) + isNot()));
                // Says the same again as the keywords inside it.
                case "if", "allOf", "$ref" -> Stream.empty();
                default -> Stream.of(file.at(path, value()));
            };
        }

        private String value() {
            JsonNode value = error.getInstanceNode();
            return switch (error.getKeyword()) {
                case "type" -> wrongType(value);
                case "enum" -> {
                    List<String> allowed = texts(schema.path("enum"));
                    yield value.isNull()
                            ? quotedName() + " has no value" + Wording.allowed("", allowed)
                            : quotedName() + " must not be " + shown(value) + Wording.allowed(value.asText(), allowed);
                }
                case "const" -> quotedName() + " must be " + shown(schema.path("const")) + ", but is " + shown(value);
                case "minItems" -> quotedName() + " must have at least one entry";
                case "minimum", "maximum" ->
                    quotedName() + " must be a number from "
                            + schema.path("minimum").asText() + " to "
                            + schema.path("maximum").asText() + ", but is " + shown(value);
                case "minProperties", "maxProperties" ->
                    quotedName() + " must have " + description().orElse("at least one entry");
                case "pattern" ->
                    quotedName() + " must be " + description().orElse("other text") + ", but is " + shown(value);
                default -> quotedName() + ": " + Wording.printable(error.getMessage());
            };
        }

        private String wrongType(JsonNode value) {
            List<String> types = schema.path("type").isArray()
                    ? texts(schema.path("type"))
                    : List.of(schema.path("type").asText());
            String wanted =
                    String.join(" or ", types.stream().map(Mistake::plain).toList());
            if (value.isNull()) {
                return quotedName() + " must be " + wanted + ", but has no value";
            }
            if (types.contains("string") && value.isValueNode()) {
                return quotedName() + " must be text, but is "
                        + (value.isNumber() ? "the number " : "the word ") + file.written(path)
                        + "; put it in quotes: \"" + file.written(path) + "\"";
            }
            return quotedName() + " must be " + wanted + ", but is " + shown(value);
        }

        private String missing() {
            String holder = path.isEmpty() ? "this file" : quotedName();
            return holder + " needs the key " + Wording.quoted(property());
        }

        private String unknownKey() {
            return "unknown key " + Wording.quoted(property()) + Wording.allowed(property(), keys());
        }

        private List<String> keys() {
            List<String> keys = new ArrayList<>();
            schema.path("properties").fieldNames().forEachRemaining(keys::add);
            return keys;
        }

        /** For an unknown key: the path of the one that was probably meant. */
        Optional<List<Object>> meant() {
            return error.getKeyword().equals("additionalProperties")
                    ? Suggestion.nearest(property(), keys()).map(key -> join(path, List.of(key)))
                    : Optional.empty();
        }

        boolean isMissing() {
            return error.getKeyword().equals("required");
        }

        private String notBeside() {
            return " does not go with the other keys here; leave it out";
        }

        private String isNot() {
            return " is not " + description().orElse("allowed here");
        }

        private Optional<String> description() {
            return Optional.of(schema.path("description").asText()).filter(text -> !text.isEmpty());
        }

        private String property() {
            return String.valueOf(error.getProperty());
        }

        private List<Object> within() {
            return join(path, List.of(property()));
        }

        /** What the value is called: its key, and for an entry of a list the key of the list. */
        private String quotedName() {
            for (int i = path.size() - 1; i >= 0; i--) {
                if (path.get(i) instanceof String key) {
                    return (i == path.size() - 1 ? "" : "this entry of ") + Wording.quoted(key);
                }
            }
            return "this file";
        }

        private static JsonNode schemaOf(Error error) {
            NodePath fragment = error.getSchemaLocation().getFragment();
            JsonNode node = Loaded.REGISTRY
                    .getSchema(SchemaLocation.of(
                            error.getSchemaLocation().getAbsoluteIri().toString()))
                    .getSchemaNode();
            for (int i = 0; i < fragment.getNameCount() - 1; i++) {
                Object step = fragment.getElement(i);
                node = step instanceof Integer index ? node.path(index) : node.path(step.toString());
            }
            return node;
        }

        private static List<Object> steps(NodePath path) {
            return IntStream.range(0, path.getNameCount())
                    .mapToObj(path::getElement)
                    .toList();
        }

        private static List<Object> join(List<?> first, List<?> second) {
            return Stream.<Object>concat(first.stream(), second.stream()).toList();
        }

        private static List<String> texts(JsonNode array) {
            return StreamSupport.stream(array.spliterator(), false)
                    .map(JsonNode::asText)
                    .distinct()
                    .toList();
        }

        private static String plain(String type) {
            return switch (type) {
                case "string" -> "text";
                case "object" -> "a map of keys and values";
                case "array" -> "a list";
                case "boolean" -> "true or false";
                case "integer" -> "a whole number";
                default -> type;
            };
        }

        private static String shown(JsonNode value) {
            if (value.isTextual()) {
                return Wording.quoted(value.asText());
            }
            return value.isObject() ? "a map" : value.isArray() ? "a list" : value.asText();
        }
    }
}
