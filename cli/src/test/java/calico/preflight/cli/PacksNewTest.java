package calico.preflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PacksNewTest {

    @TempDir
    private Path folder;

    private String rules = "";
    private Path pack = Path.of("");

    @BeforeEach
    void name_the_files() {
        rules = folder.resolve("rules").toString();
        pack = folder.resolve("rules/packs/calico-3.33.yaml");
    }

    @Test
    void what_it_writes_holds_and_changes_nothing() {
        Run run = Run.of("packs", "new", "3.33", "--extends", "3.32", "--directory", rules);

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("wrote " + pack, "packs lint --rules " + rules);
        assertThat(Run.of("packs", "lint", "--rules", rules).out()).isEqualTo("nothing is wrong with the rules\n");
        assertThat(Run.of(
                                "packs",
                                "test",
                                "--rules",
                                rules,
                                pack.resolveSibling("calico-3.33.test.yaml").toString())
                        .out())
                .isEqualTo("1 case, 0 failed\n");
        assertThat(Run.of("packs", "diff", "3.32", "3.33", "--rules", rules).out())
                .endsWith("nothing changed\n");
    }

    @Test
    void its_examples_hold_too_once_the_sign_is_taken_from_them() throws IOException {
        Run.of("packs", "new", "3.33", "--directory", rules);
        Path cases = pack.resolveSibling("calico-3.33.test.yaml");
        Files.writeString(pack, withExamples(Files.readString(pack)));
        Files.writeString(cases, withExamples(Files.readString(cases)));

        assertThat(Files.readString(pack)).contains("\nrequirements:\n  - id: sysctl/example\n");
        assertThat(Run.of("packs", "lint", "--rules", rules).out()).isEqualTo("nothing is wrong with the rules\n");
        assertThat(Run.of("packs", "show", "3.33", "--platform=kubernetes", "--rules", rules)
                        .out())
                .contains("sysctl/example");
        assertThat(Run.of("packs", "test", "--rules", rules, cases.toString()).out())
                .isEqualTo("2 cases, 0 failed\n");
    }

    @Test
    void without_more_it_builds_on_the_newest_that_is_older() throws IOException {
        Run.of("packs", "new", "3.40", "--directory", rules);

        assertThat(Files.readString(folder.resolve("rules/packs/calico-3.40.yaml")))
                .startsWith("# yaml-language-server: $schema=")
                .contains("\nid: calico-3.40\ncalico: \"3.40\"\nextends: calico-3.32\n");
    }

    @Test
    void the_schema_of_its_first_line_is_there() throws IOException {
        Run.of("packs", "new", "3.33", "--directory", rules);

        String schema = Files.readAllLines(pack).get(0).replaceFirst(".*\\$schema=", "");

        assertThat(pack.resolveSibling(schema).normalize()).isRegularFile();
    }

    @Test
    void nothing_is_overwritten() throws IOException {
        Files.createDirectories(pack.getParent());
        Path cases = Files.writeString(pack.resolveSibling("calico-3.33.test.yaml"), "mine");

        Run run = Run.of("packs", "new", "3.33", "--directory", rules);

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains(cases + " is there already; nothing was written");
        assertThat(cases).hasContent("mine");
        assertThat(pack).doesNotExist();
    }

    @Test
    void a_version_that_there_is_a_pack_for_or_that_is_no_minor_version_is_refused() {
        Run there = Run.of("packs", "new", "3.16", "--directory", rules);
        Run patch = Run.of("packs", "new", "3.33.1", "--directory", rules);
        Run nothing = Run.of("packs", "new", "3.33", "--extends", "3.331", "--directory", rules);

        assertThat(there.exit()).isEqualTo(2);
        assertThat(there.err())
                .contains("there is a pack for Calico 3.16 already")
                .contains("calico-3.16.yaml");
        assertThat(patch.err()).contains("\"3.33.1\" is no minor version of Calico");
        assertThat(nothing.err()).contains("there is no pack \"calico-3.331\"").doesNotContain("--nearest");
        assertThat(folder.resolve("rules")).doesNotExist();
    }

    /** A comment is a line that begins with a sign and a space; what has no space after it, or more of them, is an example. */
    private static String withExamples(String text) {
        return text.replaceAll("(?m)^#(?! [^ ])", "");
    }
}
