package calico.preflight.facts.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTreeTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "true",
                "\"text \\u00e9 \\\" \\n\"",
                "-12",
                "3000000000",
                "123456789012345678901234567890",
                "1.5e3",
                "[]",
                "{}",
                "{\"a\": [1, {\"b\": null, \"c\": false}], \"a b\": \"x\", \"d\": {}}",
                "{\"twice\": 1, \"twice\": 2}",
                "{} what comes after the value"
            })
    void a_text_is_read_as_the_mapper_reads_it(String text) throws JsonProcessingException {
        assertThat(JsonTree.of(text)).isEqualTo(MAPPER.readTree(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1,", "{\"a\":}", "nothing", "{\"a\":1", "[1}", "\"open"})
    void what_is_no_json_is_refused(String text) {
        assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> JsonTree.of(text));
        assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> JsonTree.items(text, "a"));
    }

    @Test
    void the_items_of_a_list_come_each_on_one_line() throws JsonProcessingException {
        String text =
                "{\"other\": [9], \"list\": [ {\"a\": 1,\n \"b\": [true, \"x y\"]}, 7, \"t\", null ], \"last\": {}}";

        assertThat(JsonTree.items(text, "list"))
                .containsExactly("{\"a\":1,\"b\":[true,\"x y\"]}", "7", "\"t\"", "null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"list\": {}}", "{\"list\": [1, 2", "{\"list\": [1, 2]", "7"})
    void where_there_is_no_such_list_or_it_is_cut_off_there_are_no_items(String text) {
        assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> JsonTree.items(text, "list"));
    }
}
