package calico.preflight.facts.parse;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.YamlValue.Mapping;
import calico.preflight.facts.parse.YamlValue.Nothing;
import calico.preflight.facts.parse.YamlValue.Scalar;
import calico.preflight.facts.parse.YamlValue.Sequence;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** YAML of hosts, which strangers wrote. */
class YamlValueTest {

    private static final String PATH = "/etc/netplan/01-a.yaml";

    @Test
    void words_are_kept_as_written_with_the_line_of_their_key() {
        assertThat(YamlValue.parse(PATH, "# first\na: no\nb:\n  - 1:30\nc:\n").known())
                .contains(new Mapping(
                        Map.of(
                                "a", new Scalar("no", 2),
                                "b", new Sequence(List.of(new Scalar("1:30", 4)), 3),
                                "c", new Nothing(5)),
                        2));
    }

    @Test
    void an_empty_file_says_nothing() {
        assertThat(YamlValue.parse(PATH, "# nothing\n")).isEqualTo(Observed.absent(Origin.of(PATH)));
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                Arguments.of("a list that never ends", "a: ["),
                Arguments.of("deep", "[".repeat(10_000)),
                Arguments.of("long", "a: " + "x".repeat(20_000)),
                Arguments.of("large", "a: b\n".repeat(300_000)),
                Arguments.of("two documents", "a: b\n---\nc: d\n"),
                Arguments.of("a key that stands there twice", "a: b\na: c\n"),
                Arguments.of("a key that is no word", "[a]: b\n"),
                Arguments.of("an anchor within itself", "a: &a [*a]\n"),
                Arguments.of(
                        "aliases of aliases",
                        "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
                                + Stream.iterate(1, i -> i + 1)
                                        .limit(9)
                                        .map(i -> "a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(9)
                                                + "x]\n")
                                        .reduce("", String::concat)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void what_is_no_plain_YAML_of_modest_size_is_unknown(String what, String text) {
        assertThat(YamlValue.parse(PATH, text))
                .describedAs(what)
                .isInstanceOfSatisfying(
                        Observed.Unknown.class,
                        unknown -> assertThat(unknown.origin().where()).isEqualTo(PATH));
    }
}
