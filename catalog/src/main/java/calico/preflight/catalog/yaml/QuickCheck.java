package calico.preflight.catalog.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Says yes or no to a tree by the same schema files as {@link SchemaCheck}, without a word of explanation and without the
 * start-up time of a full validator. It knows the keywords that our schemas use and refuses to work with any other;
 * tests hold it against the full validator.
 */
public final class QuickCheck {

    private static final Map<Schema, JsonNode> SCHEMAS = new EnumMap<>(Schema.class);
    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private QuickCheck() {}

    /** Does the tree follow the schema? */
    public static boolean accepts(Schema schema, JsonNode tree) {
        return new Document(schema).accepts(load(schema), tree);
    }

    /** Does the tree follow this definition below {@code $defs} of the schema? */
    public static boolean accepts(Schema schema, String definition, JsonNode tree) {
        return new Document(schema).accepts(load(schema).path("$defs").path(definition), tree);
    }

    private static synchronized JsonNode load(Schema schema) {
        return SCHEMAS.computeIfAbsent(schema, QuickCheck::read);
    }

    private static JsonNode read(Schema schema) {
        try (InputStream in = QuickCheck.class.getResourceAsStream(schema.file())) {
            if (in == null) {
                throw new IllegalStateException("the schema " + schema.file() + " is missing from the program");
            }
            return Binder.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A schema file, which its references start from. */
    private record Document(Schema file) {

        boolean accepts(JsonNode schema, JsonNode tree) {
            if (schema.isBoolean()) {
                return schema.asBoolean();
            }
            for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
                if (!accepts(keyword.getKey(), keyword.getValue(), schema, tree)) {
                    return false;
                }
            }
            return true;
        }

        private boolean accepts(String keyword, JsonNode wanted, JsonNode schema, JsonNode tree) {
            return switch (keyword) {
                case "$schema", "$defs", "title", "description", "then" -> true;
                case "$ref" -> acceptsReference(wanted.asText(), tree);
                case "type" -> anyType(wanted, tree);
                case "const" -> wanted.equals(tree);
                case "enum" -> contains(wanted, tree);
                case "pattern" ->
                    !tree.isTextual() || pattern(wanted).matcher(tree.asText()).find();
                case "minimum" -> !tree.isNumber() || tree.asDouble() >= wanted.asDouble();
                case "maximum" -> !tree.isNumber() || tree.asDouble() <= wanted.asDouble();
                case "minItems" -> !tree.isArray() || tree.size() >= wanted.asInt();
                case "maxItems" -> !tree.isArray() || tree.size() <= wanted.asInt();
                case "minProperties" -> !tree.isObject() || tree.size() >= wanted.asInt();
                case "maxProperties" -> !tree.isObject() || tree.size() <= wanted.asInt();
                case "required" -> !tree.isObject() || hasAll(tree, wanted);
                case "items" -> !tree.isArray() || allChildren(wanted, tree);
                case "properties" -> !tree.isObject() || properties(wanted, tree);
                case "additionalProperties" -> !tree.isObject() || others(wanted, schema.path("properties"), tree);
                case "propertyNames" -> !tree.isObject() || names(wanted, tree);
                case "allOf" -> all(wanted, tree);
                case "not" -> !accepts(wanted, tree);
                case "if" -> !schema.has("then") || !accepts(wanted, tree) || accepts(schema.path("then"), tree);
                default -> throw new IllegalStateException("the schema keyword " + keyword + " is not known here");
            };
        }

        private boolean acceptsReference(String reference, JsonNode tree) {
            int hash = reference.indexOf('#');
            Document document = this;
            for (Schema other : Schema.values()) {
                if (other.file().equals(reference.substring(0, hash))) {
                    document = new Document(other);
                }
            }
            return document.accepts(load(document.file()).at(reference.substring(hash + 1)), tree);
        }

        private static boolean anyType(JsonNode wanted, JsonNode tree) {
            if (wanted.isArray()) {
                for (JsonNode type : wanted) {
                    if (isOfType(type.asText(), tree)) {
                        return true;
                    }
                }
                return false;
            }
            return isOfType(wanted.asText(), tree);
        }

        private static boolean isOfType(String type, JsonNode tree) {
            return switch (type) {
                case "object" -> tree.isObject();
                case "array" -> tree.isArray();
                case "string" -> tree.isTextual();
                case "boolean" -> tree.isBoolean();
                case "integer" -> tree.isIntegralNumber();
                default -> throw new IllegalStateException("the schema type " + type + " is not known here");
            };
        }

        private static boolean contains(JsonNode list, JsonNode tree) {
            for (JsonNode item : list) {
                if (item.equals(tree)) {
                    return true;
                }
            }
            return false;
        }

        private static boolean hasAll(JsonNode tree, JsonNode names) {
            for (JsonNode name : names) {
                if (!tree.has(name.asText())) {
                    return false;
                }
            }
            return true;
        }

        private boolean allChildren(JsonNode schema, JsonNode tree) {
            for (JsonNode child : tree) {
                if (!accepts(schema, child)) {
                    return false;
                }
            }
            return true;
        }

        private boolean properties(JsonNode schemas, JsonNode tree) {
            for (Map.Entry<String, JsonNode> property : tree.properties()) {
                JsonNode schema = schemas.get(property.getKey());
                if (schema != null && !accepts(schema, property.getValue())) {
                    return false;
                }
            }
            return true;
        }

        private boolean others(JsonNode schema, JsonNode named, JsonNode tree) {
            for (Map.Entry<String, JsonNode> property : tree.properties()) {
                if (!named.has(property.getKey()) && !accepts(schema, property.getValue())) {
                    return false;
                }
            }
            return true;
        }

        private boolean names(JsonNode schema, JsonNode tree) {
            for (Map.Entry<String, JsonNode> property : tree.properties()) {
                if (!accepts(schema, com.fasterxml.jackson.databind.node.TextNode.valueOf(property.getKey()))) {
                    return false;
                }
            }
            return true;
        }

        private boolean all(JsonNode schemas, JsonNode tree) {
            for (JsonNode schema : schemas) {
                if (!accepts(schema, tree)) {
                    return false;
                }
            }
            return true;
        }

        private static Pattern pattern(JsonNode text) {
            return PATTERNS.computeIfAbsent(text.asText(), Pattern::compile);
        }
    }
}
