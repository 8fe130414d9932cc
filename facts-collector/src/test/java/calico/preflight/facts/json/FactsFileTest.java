package calico.preflight.facts.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.FactValue.Flag;
import calico.preflight.facts.FactValue.Rows;
import calico.preflight.facts.FactValue.Table;
import calico.preflight.facts.FactValue.Text;
import calico.preflight.facts.FactValue.Texts;
import calico.preflight.facts.FactValue.Whole;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FactsFileTest {

    private static final String HEAD = """
            {"schema": "calico-preflight/facts/1", "host": {"source": "live"}, "collectedAt": "2026-01-01T00:00:00Z",
             "facts": [
            """;

    private static HostFacts facts() {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("module", "sctp");
        row.put("how", "blacklist");
        row.put("origin", "/etc/modprobe.d/a.conf:3");
        return HostFacts.of(
                "live",
                "2026-01-01T00:00:00Z",
                List.of(
                        known("host.name", new Text("node\u00fc \"1\"\u001b[0m"), Origin.of("/etc/hostname")),
                        known("kernel.release", new Text("5.10"), new Origin("/proc/version", 1)),
                        known("os.id", new Text("debian"), new Origin("/etc/os-release", 6)),
                        known("os.version", new Text("12"), Origin.of("")),
                        known("hardware.memory", new Whole(1L << 40), Origin.of("/proc/meminfo")),
                        known("kernel.modules.disabled", new Flag(false), Origin.of("x")),
                        known("kernel.modules.releases", new Texts(List.of("b", "a")), Origin.of("/lib/modules")),
                        known("kernel.modules.sysfs", new Texts(List.of()), Origin.of("/sys/module")),
                        known("kernel.modules.blocked", new Rows(List.of(row)), Origin.of("modprobe.d")),
                        known("network.interfaces", new Rows(List.of()), Origin.of("/sys/class/net")),
                        known("kernel.modules.files", new Table(Map.of()), Origin.of("/lib/modules/x")),
                        known(
                                "kernel.config",
                                new Table(Map.of(
                                        "CONFIG_A",
                                        Entry.at(1234, "y"),
                                        "CONFIG_B",
                                        Entry.at(0, ""),
                                        "CONFIG_C",
                                        new Entry("m", "/elsewhere", 3),
                                        "CONFIG_D",
                                        Entry.from(Origin.of("/else"), "n"))),
                                Origin.of("/proc/config.gz")),
                        new Fact("os.release", Observed.absent(Origin.of("/etc/os-release"))),
                        new Fact("sysctl", Observed.unknown("permission denied", Origin.of("/proc/sys"))),
                        new Fact("sysctl.net.core.x", Observed.unknown("permission denied", Origin.of("/p"))),
                        new Fact("etcd.reachable", Observed.absent(Origin.of("https://node:2379"))),
                        new Fact("etcd.members", Observed.absent(new Origin("https://node:2379", 7)))));
    }

    private static Fact known(String name, FactValue value, Origin origin) {
        return new Fact(name, Observed.known(value, origin));
    }

    @Test
    void what_is_written_is_read_again_exactly() throws Exception {
        FactsFile.Contents contents = FactsFile.read("facts.json", FactsFile.write(facts()));

        assertThat(contents.facts()).isEqualTo(facts());
        assertThat(contents.warnings()).isEmpty();
        assertThat(FactsFile.write(contents.facts())).isEqualTo(FactsFile.write(facts()));
    }

    @Test
    void the_file_says_who_the_host_is_and_keeps_entries_short() {
        assertThat(new String(FactsFile.write(facts()), StandardCharsets.UTF_8))
                .startsWith("""
                        {
                         "schema": "calico-preflight/facts/1",
                         "host": {
                          "name": "node\u00fc \\"1\\"\\u001B[0m",
                          "source": "live",
                          "architecture": null,
                          "kernelRelease": "5.10",
                          "distribution": "debian 12"},
                         "collectedAt": "2026-01-01T00:00:00Z",
                         "facts": [
                        """)
                .contains(
                        "\n    \"CONFIG_A\": [\"y\", 1234],\n    \"CONFIG_B\": \"\",\n    \"CONFIG_C\": [\"m\", 3, \"/elsewhere\"],\n")
                .contains(
                        "\n  {\"fact\": \"kernel.release\", \"state\": \"known\", \"value\": \"5.10\", \"origin\": \"/proc/version:1\"},\n")
                .contains(
                        "{\"fact\": \"sysctl\", \"state\": \"unknown\", \"origin\": \"/proc/sys\", \"why\": \"permission denied\"}");
    }

    @Test
    void all_mistakes_are_told_at_once_with_their_place() {
        String text = HEAD + """
                {"fact": "kernel.release", "state": "known", "value": 5.10, "origin": "x"},
                {"fact": "os.version", "state": "known", "value": 12, "origin": "x"},
                {"fact": "os.id", "state": "sure", "value": "debian"},
                {"fact": "sysctl", "state": "unknown"},
                {"fact": "host.name", "state": "absent", "value": "x"},
                {"fact": "kernel.config", "state": "known", "value": {"A": ["y"], "B": 3, "C": ["y", 1, "p", 4]}},
                {"fact": "host.container", "state": "absent"},
                {"fact": "host.container", "state": "absent"},
                {"state": "absent"},
                17
                ]}
                """;

        assertThat(problems(text))
                .containsExactly(
                        "facts.json:3:55: a value must not be a number with a fraction; write a version as text, in quotes",
                        "facts.json:4:51: the value of \"os.version\" is of the wrong kind; allowed is a version as text in"
                                + " quotes, such as \"5.10\"",
                        "facts.json:5:28: the state is \"sure\"; allowed are known, absent and unknown",
                        "facts.json:6:1: the fact \"sysctl\" is unknown, but \"why\" is missing",
                        "facts.json:7:51: the fact \"host.name\" is absent and yet has a value; only a known fact has one",
                        "facts.json:8:60: an entry must be a text, [text, line] or [text, line, place]",
                        "facts.json:8:72: an entry must be a text, [text, line] or [text, line, place]",
                        "facts.json:8:80: an entry must be a text, [text, line] or [text, line, place]",
                        "facts.json:10:10: the fact \"host.container\" is given twice",
                        "facts.json:11:1: a fact has no name; the member \"fact\" gives it",
                        "facts.json:12:1: a fact must be an object with fact, state, value, origin and why");
    }

    @Test
    void unknown_facts_and_members_are_left_out_with_a_word() throws Exception {
        String text = HEAD + """
                {"fact": "kernel.relaese", "state": "known", "value": [{"a": 1}]},
                {"fact": "kernel.modules_loaded", "state": "absent", "orgin": "x"},
                {"value": "6.1", "state": "known", "fact": "kernel.release"}
                ], "more": {"x": [1]}}
                """;

        FactsFile.Contents contents = FactsFile.read("facts.json", text.getBytes(StandardCharsets.UTF_8));

        assertThat(contents.facts().facts()).containsOnlyKeys("kernel.release");
        assertThat(contents.facts().get("kernel.release"))
                .isEqualTo(Observed.known(new Text("6.1"), Origin.of("facts.json")));
        assertThat(contents.warnings())
                .containsExactly(
                        "facts.json:3:10: the fact \"kernel.relaese\" is not known here and was left out."
                                + " Did you mean \"kernel.release\"?",
                        "facts.json:4:54: the member \"orgin\" is not known here and was left out",
                        "facts.json:4:10: the fact \"kernel.modules_loaded\" is not known here and was left out."
                                + " Did you mean \"kernel.modules.loaded\"?",
                        "facts.json:6:4: the member \"more\" is not known here and was left out");
    }

    @Test
    void other_files_are_refused() {
        assertThat(problems("[]"))
                .containsExactly("facts.json: is no facts file; what collect -o json writes is allowed");
        assertThat(problems("{}"))
                .containsExactly(
                        "facts.json: the member \"schema\" is missing",
                        "facts.json: the member \"source\" of \"host\" is missing",
                        "facts.json: the member \"collectedAt\" is missing",
                        "facts.json: the member \"facts\" is missing");
        assertThat(problems(HEAD.replace("facts/1", "facts/2") + "]}"))
                .containsExactly(
                        "facts.json:1:2: the schema is \"calico-preflight/facts/2\"; allowed is \"calico-preflight/facts/1\"");
        assertThat(problems(HEAD + "]} {}")).hasSize(1);
        assertThat(problems(HEAD + "{\"fact\"")).hasSize(1);
        assertThat(problems("")).hasSize(1);
        assertThat(problems(HEAD + "[".repeat(100_000)))
                .hasSize(2)
                .last()
                .asString()
                .contains("nesting depth");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-01T00:00:00Z",
                "2024-02-29T23:59:59Z",
                "2026-12-31T24:00:00Z",
                "2026-11-28T09:08:07.5Z",
                "2026-02-30T00:00:00Z",
                "2026-02-29T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-00-10T00:00:00Z",
                "2026-01-00T00:00:00Z",
                "2026-01-01T24:00:01Z",
                "2026-01-01T00:60:00Z",
                "2026-01-01T00:00:61Z",
                "2026-01-01 00:00:00Z",
                "2026-01-01T00:00:00+",
                "2026-1-001T00:00:00Z",
                "-026-01-01T00:00:00Z",
                "\u0662026-01-01T00:00:0Z"
            })
    void times_are_those_that_java_takes_for_some(String time) {
        String file = HEAD.replace("2026-01-01T00:00:00Z", time) + "]}";

        assertThat(catchThrowable(() -> FactsFile.read("facts.json", file.getBytes(StandardCharsets.UTF_8))) == null)
                .isEqualTo(catchThrowable(() -> Instant.parse(time)) == null);
    }

    @Test
    void at_most_twenty_mistakes_are_told() {
        assertThat(problems(HEAD + "1,".repeat(500) + "1]}")).hasSize(20);
    }

    @Test
    void half_a_character_does_not_break_the_output() {
        HostFacts broken = HostFacts.of(
                "live", "2026-01-01T00:00:00Z", List.of(known("host.name", new Text("a\ud83db"), Origin.of("x"))));

        assertThat(new String(FactsFile.write(broken), StandardCharsets.UTF_8)).contains("\"a?b\"");
    }

    @Test
    void a_file_with_any_damage_is_read_or_refused() {
        byte[] good = FactsFile.write(facts());
        Random random = new Random(42);
        for (int i = 0; i < 3000; i++) {
            byte[] bytes = random.nextInt(4) == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
            for (int times = random.nextInt(4); times > 0 && bytes.length > 0; times--) {
                bytes[random.nextInt(bytes.length)] = (byte)
                        (random.nextBoolean() ? "{}[]\",:0tn\\ ".charAt(random.nextInt(12)) : random.nextInt(256));
            }
            try {
                assertThat(FactsFile.read("f", bytes).facts()).isNotNull();
            } catch (InvalidFactsException e) {
                assertThat(e.problems()).isNotEmpty().hasSizeLessThanOrEqualTo(20);
            }
        }
    }

    @Test
    void a_file_that_is_no_file_for_this_is_told_apart_from_a_bad_one() {
        assertThatThrownBy(() -> FactsFile.read("facts.json", new byte[] {0x1f, (byte) 0x8b, 8, 0}))
                .isInstanceOf(InvalidFactsException.class)
                .hasMessageStartingWith("facts.json:1:2: is no JSON that is read here: ");
    }

    private static List<String> problems(String text) {
        return catchThrowableOfType(
                        InvalidFactsException.class,
                        () -> FactsFile.read("facts.json", text.getBytes(StandardCharsets.UTF_8)))
                .problems();
    }
}
