package calico.preflight.cli.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Says the fields of a requirement in words. */
final class FieldWords {

    private FieldWords() {}

    /** {@code name: value; name: value, value}, however deep. */
    static String of(JsonNode node) {
        if (node.isObject()) {
            StringJoiner fields = new StringJoiner("; ");
            node.properties().forEach(field -> fields.add(field.getKey() + ": " + of(field.getValue())));
            return fields.toString();
        }
        if (node.isArray()) {
            StringJoiner items = new StringJoiner(", ");
            node.forEach(item -> items.add(item.isObject() ? item(item) : of(item)));
            return items.toString();
        }
        return node.asText();
    }

    /** A thing of a list, as a reader would name it: {@code ubuntu 20.04 or newer}. */
    private static String item(JsonNode object) {
        StringJoiner words = new StringJoiner(" ");
        object.properties()
                .forEach(field ->
                        words.add(of(field.getValue()) + (field.getKey().equals("minimum") ? " or newer" : "")));
        return words.toString();
    }

    /** From one value to another: lists by what they gain and lose, all else as old and new. */
    static String change(JsonNode from, JsonNode to, String arrow) {
        if (from.isArray() && to.isArray()) {
            List<String> words = new ArrayList<>();
            String gained = of(without(to, from));
            String lost = of(without(from, to));
            if (!gained.isEmpty()) {
                words.add("gains " + gained);
            }
            if (!lost.isEmpty()) {
                words.add("loses " + lost);
            }
            return words.isEmpty() ? of(from) + arrow + of(to) : String.join("; ", words);
        }
        return orNothing(from) + arrow + orNothing(to);
    }

    private static JsonNode without(JsonNode list, JsonNode others) {
        ArrayNode rest = JsonNodeFactory.instance.arrayNode();
        for (JsonNode item : list) {
            boolean there = false;
            for (JsonNode other : others) {
                there |= other.equals(item);
            }
            if (!there) {
                rest.add(item);
            }
        }
        return rest;
    }

    private static String orNothing(JsonNode value) {
        return value.isMissingNode() ? "nothing" : of(value);
    }
}
