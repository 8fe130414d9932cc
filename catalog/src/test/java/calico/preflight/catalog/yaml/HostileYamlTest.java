package calico.preflight.catalog.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import calico.preflight.catalog.InvalidRulesException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes are, reading them ends soon, with a tree or with a problem that has a place. */
class HostileYamlTest {

    private static String refusal(String yaml) {
        return refusal(yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static String refusal(byte[] bytes) {
        InvalidRulesException refused =
                catchThrowableOfType(InvalidRulesException.class, () -> YamlReader.parse("x.yaml", bytes));
        assertThat(refused).as("the file was accepted").isNotNull();
        return String.valueOf(refused.getMessage());
    }

    @Test
    void a_key_that_stands_twice_is_refused() {
        assertThat(refusal("a: 1\nb: 2\na: 3\n")).isEqualTo("x.yaml:3:1: the key \"a\" stands here a second time");
    }

    @Test
    void a_syntax_error_has_its_place() {
        assertThat(refusal("a: [1, 2\nb: 3\n")).startsWith("x.yaml:2:").contains(": is not valid YAML: ");
    }

    @Test
    void bytes_that_are_no_text_are_refused() {
        assertThat(refusal(new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1})).isEqualTo("x.yaml: is not UTF-8 text");
        assertThat(refusal("a: \u0000\u0001")).startsWith("x.yaml: is not valid YAML: ");
    }

    @Test
    void an_empty_file_and_a_second_document_are_refused() {
        assertThat(refusal("")).isEqualTo("x.yaml: is empty");
        assertThat(refusal("# nothing\n")).isEqualTo("x.yaml: is empty");
        assertThat(refusal("a: 1\n---\nb: 2\n")).startsWith("x.yaml:2:1: is not valid YAML: ");
    }

    @Test
    void deep_nesting_is_refused() {
        assertThat(refusal("[".repeat(9_000))).contains("is not valid YAML: ");
        assertThat(refusal("{a: ".repeat(60) + "1" + "}".repeat(60))).contains("is not valid YAML: ");
    }

    @Test
    void aliases_that_grow_without_end_are_refused() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x]\n");
        for (int i = 1; i <= 9; i++) {
            laughs.append(
                    "a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1, i - 1, i - 1));
        }
        assertThat(refusal(laughs.toString())).contains("too large or too deep once its aliases are written out");
        assertThat(refusal("a: &a [*a]\n")).contains("too large or too deep once its aliases are written out");
        assertThat(refusal("a: &a [x]\nb: [" + "*a, ".repeat(60) + "]\n")).contains("is not valid YAML: ");
    }

    @Test
    void tags_are_refused() {
        assertThat(refusal("a: !!java.net.URL [x]\n"))
                .isEqualTo("x.yaml:1:4: is not valid YAML: Global tag is not allowed: tag:yaml.org,2002:java.net.URL");
        assertThat(refusal("a: !!binary eA==\n")).contains("is not allowed here; leave it out");
        assertThat(refusal("a: !!int word\n")).contains("is not allowed here; leave it out");
    }

    @Test
    void a_large_file_and_a_gigantic_line_are_refused() {
        assertThat(refusal("a: 1\nb: " + "x".repeat(1 << 20)))
                .isEqualTo("x.yaml:2: this line has more than 10000 characters; break it up");
        assertThat(refusal("- a\n".repeat(YamlReader.MOST_BYTES / 4 + 1))).startsWith("x.yaml");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- a\n",
                "? a\n",
                "a\n",
                " \n",
                "- |\n a\n",
                "'\n",
                "\"\n",
                "- &a b\n",
                "- [a, b]\n",
                "#\n",
                "&a\n",
                "k: {\n"
            })
    void a_large_file_of_any_shape_is_done_with_soon(String part) {
        byte[] bytes = part.repeat(YamlReader.MOST_BYTES / part.length()).getBytes(StandardCharsets.UTF_8);
        assertTimeout(Duration.ofSeconds(60), () -> {
            try {
                YamlReader.parse("x.yaml", bytes);
            } catch (InvalidRulesException e) {
                assertThat(e.problems()).hasSizeGreaterThan(0);
            }
        });
    }

    @Test
    void what_is_no_file_is_refused(@TempDir Path directory) {
        InvalidRulesException refused =
                catchThrowableOfType(InvalidRulesException.class, () -> YamlReader.read(directory));
        assertThat(refused).hasMessage(directory + ": is not a regular file");
        Path missing = directory.resolve("missing.yaml");
        assertThat(catchThrowableOfType(InvalidRulesException.class, () -> YamlReader.read(missing)))
                .hasMessage(missing + ": there is no such file");
    }

    @Test
    void words_that_only_old_yaml_takes_for_something_else_stay_text() throws InvalidRulesException {
        var tree = YamlReader.parse(
                        "x.yaml", "[no, on, 1:30, 0x1F, 2020-01-01, =, <<]".getBytes(StandardCharsets.UTF_8))
                .tree();
        assertThat(tree).allMatch(value -> value.isTextual());
    }

    @Test
    void control_characters_of_a_file_never_reach_the_terminal() {
        assertThat(refusal("\"\\e[31m\": 1\n\"\\e[31m\": 2\n"))
                .isEqualTo("x.yaml:2:1: the key \"?[31m\" stands here a second time");
    }

    @Test
    void torn_files_are_read_or_refused_and_never_more() {
        byte[] whole = """
                schema: calico-preflight/rule-pack/1
                a: &x {b: ["c", 'd', 1, 2.5, true, ~], e: |
                    text
                  , f: *x}
                g: [*x, !!str 1, ? h : i]
                """.getBytes(StandardCharsets.UTF_8);
        Random random = new Random(20260101);
        for (int i = 0; i < 5_000; i++) {
            byte[] torn = whole.clone();
            for (int j = random.nextInt(6); j >= 0; j--) {
                torn[random.nextInt(torn.length)] = (byte) random.nextInt(i % 2 == 0 ? 128 : 256);
            }
            try {
                YamlReader.parse("x.yaml", torn);
            } catch (InvalidRulesException e) {
                assertThat(e.problems()).isNotEmpty();
            }
        }
    }
}
