package calico.preflight.engine.drl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClosedLanguageTest {

    private static List<String> problems(String rules) {
        return ClosedLanguage.check("a.drl", Words.HEAD + rules, Words.VOCABULARY).stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void a_misspelt_member_is_shown_with_its_place_and_what_was_probably_meant() {
        assertThat(
                        problems(
                                "rule \"r\" when\n  Observation(sate == \"known\")\nthen\n  insert(new Remark(\"x\", 1));\nend\n"))
                .containsExactly(
                        "a.drl:13:15: \"sate\" is not a member of Observation; allowed are fact, items, state, text, version."
                                + " Did you mean \"state\"?");
    }

    @Test
    void all_mistakes_are_reported_at_once() {
        assertThat(problems("""
                        rule "one" when
                            Observaton(fact == "x")
                        then
                            insert(new Remark("x", 3.10));
                        end
                        rule "two" saliance 3 when
                            Demand()
                        then
                            insert(new Remark($x, 1));
                        end
                        rule "one" when
                            $d : Demand()
                            Observation(text == "x")
                        then
                            insert(new Observation());
                        end
                        """))
                .hasSize(6)
                .anyMatch(problem -> problem.startsWith("a.drl:13:5: \"Observaton\" is not a type")
                        && problem.endsWith("Did you mean \"Observation\"?"))
                .anyMatch(problem -> problem.startsWith("a.drl:15:28: not a number"))
                .anyMatch(problem -> problem.startsWith("a.drl:17:12: \"saliance\"")
                        && problem.endsWith("Did you mean \"salience\"?"))
                .anyMatch(problem -> problem.startsWith("a.drl:22:6: there is already a rule of this name, in line 12"))
                .anyMatch(problem -> problem.startsWith("a.drl:24:5: this pattern is not joined"))
                .anyMatch(problem ->
                        problem.startsWith("a.drl:26:16: \"Observation\" is not a type that can stand here"));
    }

    @Test
    void what_can_never_be_equal_ordered_or_made_is_told_with_its_place() {
        assertThat(problems("""
                        rule "kinds" when
                            Observation($f : fact, version >= 5, text == true, fact < text, items == "x", state != fact)
                            Remark(text == $f, number > 3, number contains 3, text memberOf number)
                        then
                            insert(new Remark(7, "x"));
                            insert(new Remark("x", $f));
                            insert(new Verdict($f, "PASS", "x"));
                        end
                        """))
                .containsExactly(
                        "a.drl:13:36: Version is neither more nor less than a whole number; allowed are two whole numbers,"
                                + " or two values of one type that has an order",
                        "a.drl:13:47: a text is never equal to true or false; both must be alike",
                        "a.drl:13:61: a text is neither more nor less than a text; allowed are two whole numbers, or two"
                                + " values of one type that has an order",
                        "a.drl:13:75: a list is never equal to a text; both must be alike",
                        "a.drl:14:43: a whole number does not contain a whole number; allowed are lists, and a text in a"
                                + " text",
                        "a.drl:14:60: a whole number has no members",
                        "a.drl:16:16: no Remark is made of (a whole number, a text); allowed are Remark(a text, a whole"
                                + " number)",
                        "a.drl:17:16: no Remark is made of (a text, a text); allowed are Remark(a text, a whole number)",
                        "a.drl:18:16: no Verdict is made of (a text, a text, a text); allowed are Verdict(Demand, a text,"
                                + " a text), Verdict(Demand, a text, a text, anything, anything)");
    }

    @Test
    void a_type_that_is_not_imported_is_named_with_its_import() {
        String drl =
                "package calico.preflight.rules\ndialect \"mvel\"\nrule \"r\" when not Lever(name == \"x\") then end\n";

        assertThat(ClosedLanguage.check("a.drl", drl, Words.VOCABULARY).stream().map(Problem::toString))
                .contains("a.drl:3:19: Lever is not imported; add import calico.preflight.engine.drl.words.Lever");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\\", "\u0000", "\ufeff", "\u00a0", "\u202e", "\u000b", "\r", "\u0007", "\u007f", "\ud83d\ude00"
            })
    void characters_that_deceive_are_refused_even_in_comments(String character) {
        assertThat(problems("// harmless " + character + "x\n"))
                .first()
                .asString()
                .startsWith("a.drl:12:13: ")
                .contains("must not be in a rule file");
    }

    @Test
    void windows_line_ends_and_tabs_are_no_problem() {
        String drl = LegitimateRules.all().get(0).text();

        assertThat(ClosedLanguage.check("a.drl", drl.replace("\n", "\r\n").replace("    ", "\t"), Words.VOCABULARY))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'", "#", "@", "$", "`", "//", "/*", "*/"})
    void a_text_holds_nothing_that_begins_something_elsewhere(String inner) {
        assertThat(problems("rule \"r\" when Demand() then insert(new Remark(\"a" + inner + "b\", 1)); end\n"))
                .isNotEmpty();
    }

    @Test
    void an_empty_file_and_one_without_an_end_are_refused() {
        assertThat(ClosedLanguage.check("a.drl", "", Words.VOCABULARY)).isNotEmpty();
        assertThat(problems("rule \"r\" when Demand() then")).isNotEmpty();
        assertThat(problems("/* for ever")).isNotEmpty();
        assertThat(problems("rule \"r")).isNotEmpty();
    }

    @Test
    void a_variable_of_a_not_is_not_seen_outside_and_one_of_an_or_only_where_each_branch_binds_it() {
        assertThat(
                        problems(
                                "rule \"r\" when Demand($f : fact) not Observation(fact == $f, $t : text) then insert(new Remark($t, 1)); end\n"))
                .singleElement()
                .asString()
                .contains("$t is not bound");
        assertThat(
                        problems(
                                "rule \"r\" when (Demand($f : fact) or Observation($t : text)) then insert(new Remark($t, 1)); end\n"))
                .singleElement()
                .asString()
                .contains("$t is bound in some branches of an \"or\" only");
        assertThat(
                        problems(
                                "rule \"r\" when (Demand($f : fact) or Observation($f : fact)) then insert(new Remark($f, 1)); end\n"))
                .isEmpty();
    }

    @Test
    void a_name_that_some_branches_of_an_or_have_bound_is_not_free_afterwards() {
        assertThat(problems("""
                        rule "r" when
                            Lever($n : name)
                            (Remark($x : text, text == $n) and Observation(fact == $x) or Remark(text == $n, number == 7))
                            Demand(id == $n, $x : fact)
                        then
                            insert(new Remark($n, 1));
                        end
                        rule "other kinds" when
                            Lever($n : name)
                            (Remark($x : number, text == $n) or Observation(fact == $n, $x : text))
                        then
                            insert(new Remark("x", $x));
                        end
                        """))
                .containsExactly(
                        "a.drl:15:22: $x is bound in some branches of an \"or\" only, or to other kinds in others; take"
                                + " another name",
                        "a.drl:23:28: $x is bound in some branches of an \"or\" only, or to other kinds in others;"
                                + " allowed are the variables of earlier patterns: [$n]. Did you mean \"$n\"?");
    }

    @Test
    void two_files_cannot_have_a_rule_of_the_same_name() {
        String rule = Words.HEAD + "rule \"same\" when Demand() then insert(new Remark(\"x\", 1)); end\n";

        assertThatExceptionOfType(InvalidRulesException.class)
                .isThrownBy(() -> RuleCompiler.compile(
                        List.of(new RuleSource("a.drl", rule), new RuleSource("b.drl", rule)), Words.VOCABULARY))
                .withMessage("b.drl:12:6: there is already a rule of this name, at a.drl:12; every rule has its own");
    }

    @Test
    void what_does_not_compile_is_reported_with_its_file_and_line() {
        String rule = Words.HEAD + "rule \"r\" when Demand() then\n insert(new Remark(1, 2, 3)); end\n";

        assertThatExceptionOfType(InvalidRulesException.class)
                .isThrownBy(() -> RuleCompiler.compile(List.of(new RuleSource("a.drl", rule)), Words.VOCABULARY))
                .satisfies(e -> assertThat(e.problems()).allSatisfy(problem -> {
                    assertThat(problem.file()).isEqualTo("a.drl");
                    assertThat(problem.line()).isBetween(12, 13);
                }));
    }

    @Test
    void a_vocabulary_has_no_words_that_mean_something_else() {
        assertThatIllegalArgumentException().isThrownBy(() -> vocabulary("Fact", "when"));
        assertThatIllegalArgumentException().isThrownBy(() -> vocabulary("Runtime", "name"));
        assertThatIllegalArgumentException().isThrownBy(() -> vocabulary("fact", "name"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Vocabulary.of("calico.words", Map.of(), Set.of("Missing")));
        assertThat(vocabulary("Fact", "name").members()).containsKey("Fact");
    }

    private static Vocabulary vocabulary(String type, String member) {
        return Vocabulary.of("calico.words", Map.of(type, Set.of(member)), Set.of());
    }

    @Test
    void the_class_loader_shows_rules_only_what_they_need() throws ClassNotFoundException {
        RuleClassLoader loader = new RuleClassLoader(getClass().getClassLoader(), Words.VOCABULARY);

        for (String hidden : List.of(
                "java.lang.Runtime",
                "java.lang.System",
                "java.lang.ProcessBuilder",
                "java.lang.Thread",
                "java.io.File",
                "java.nio.file.Files",
                "java.lang.reflect.Method",
                "java.lang.invoke.MethodHandles",
                "java.util.ServiceLoader",
                "java.net.URL",
                "javax.script.ScriptEngineManager",
                "calico.preflight.engine.drl.words.Tool",
                "calico.preflight.engine.drl.RuleCompiler")) {
            assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> loader.loadClass(hidden));
        }
        for (String shown : List.of(
                "java.lang.String",
                "java.util.List",
                "calico.preflight.engine.drl.words.Observation",
                "calico.preflight.engine.drl.words.Version",
                "org.kie.api.runtime.KieSession")) {
            assertThat(loader.loadClass(shown)).isNotNull();
        }
        assertThat(loader.getResource("rules.properties")).isNull();
    }

    /** Serialized objects, and the texts of expressions, are code of whoever could write them. */
    @ParameterizedTest
    @ValueSource(strings = {"ObjectInputStream", "readObject(", "Serialization", "org.mvel2.MVEL"})
    void the_engine_loads_no_serialized_objects_and_evaluates_no_expressions(String word) throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            List<Path> files =
                    sources.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(files).hasSizeGreaterThan(10);
            for (Path file : files) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContain(word);
            }
        }
    }
}
