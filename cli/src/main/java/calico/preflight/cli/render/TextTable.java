package calico.preflight.cli.render;

import calico.preflight.cli.console.Plain;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Texts, each kept once and called by its number, with what could hide or reorder them spelt out. */
final class TextTable {

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> texts = new ArrayList<>();
    private long weight;

    /** The number of a text, counted from 0. */
    int number(String text) {
        String plain = Plain.line(text);
        Integer known = numbers.get(plain);
        if (known != null) {
            return known;
        }
        numbers.put(plain, texts.size());
        texts.add(plain);
        weight += weight(plain);
        return texts.size() - 1;
    }

    /** About how many bytes of memory all of them take. */
    long weight() {
        return weight;
    }

    /** About how many bytes a text takes that is kept once, with its number. */
    static long weight(String text) {
        return 100 + 2L * text.length();
    }

    /** Writes them as an array, in the order of their numbers. */
    void writeTo(JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
