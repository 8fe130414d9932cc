package calico.preflight.engine.drl;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.engine.drl.words.Remark;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kie.api.runtime.KieSession;
import org.kie.internal.builder.conf.LanguageLevelOption;

/** Files that no person would write: whatever passes the check, Drools reads as we do. */
class RuleFuzzTest {

    /** What a mutation puts in: words of DRL, of Java and of our language, and what separates them. */
    private static final List<String> INTRUDERS = List.of(
            "(",
            ")",
            ",",
            ";",
            ":",
            ".",
            "!",
            "-",
            "==",
            "||",
            "&&",
            "<",
            "not",
            "exists",
            "and",
            "or",
            "from",
            "eval",
            "$fact",
            "$demand",
            "fact",
            "true",
            "17",
            "\"x\"",
            "'",
            "\"",
            "//",
            "/*",
            "*/",
            "#",
            "end",
            "then",
            "when",
            "rule \"r\"",
            "insert",
            "new",
            "Verdict",
            "Observation",
            "memberOf",
            "contains",
            "matches",
            "\n",
            "\r",
            "\t",
            "{",
            "}",
            "[",
            "]",
            "@",
            "=",
            ":=",
            "?",
            "\\",
            "\u00e9",
            "\u0000",
            "$",
            "import",
            "function",
            "dialect \"java\"",
            "salience",
            "extends",
            "do[x]",
            "then[x]",
            "over window:length(1)",
            "Runtime",
            "this",
            "null",
            "return");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void what_passes_is_read_by_drools_as_the_same_rules_and_nothing_ever_throws(long seed) throws Exception {
        Random random = new Random(seed);
        List<RuleSource> files = LegitimateRules.all();
        int passed = 0;
        for (int i = 0; i < 400; i++) {
            String mutant = mutate(files.get(random.nextInt(files.size())).text(), random);

            ClosedLanguage.Parsed parsed = ClosedLanguage.parse("mutant.drl", mutant, Words.VOCABULARY);

            if (!parsed.problems().isEmpty()) {
                assertThat(parsed.canonicalText()).isEmpty();
                continue;
            }
            passed++;
            Problems differences = new Problems("mutant.drl");
            assertThat(SecondReading.of(parsed, Words.VOCABULARY, differences))
                    .as(mutant)
                    .isPresent();
            assertThat(differences.sorted()).as(mutant).isEmpty();
            DrlParser parser = new DrlParser(LanguageLevelOption.DRL6);
            PackageDescr descr = parser.parse(false, parsed.canonicalText());
            assertThat(parser.hasErrors()).as(mutant).isFalse();
            assertThat(descr.getRules().stream().map(RuleDescr::getName))
                    .as(mutant)
                    .isEqualTo(
                            parsed.file().rules().stream().map(ParsedRule::name).toList());
            assertThat(descr.getFunctions()).isEmpty();
            assertThat(descr.getGlobals()).isEmpty();
            assertThat(descr.getTypeDeclarations()).isEmpty();
            assertThat(descr.getRules()).allSatisfy(rule -> {
                assertThat(rule.getAttributes().keySet()).isSubsetOf("dialect", "salience");
                assertThat(rule.getNamedConsequences()).isEmpty();
                assertThat(rule.hasParent()).isFalse();
            });
        }
        assertThat(passed).as("mutants that pass").isPositive();
    }

    /** Rules that nobody thought of, on facts that nobody thought of for them. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void what_passes_concludes_what_it_concludes_where_drools_compiles_it(long seed) throws InvalidRulesException {
        Random random = new Random(seed);
        List<RuleSource> files = LegitimateRules.all();
        int compared = 0;
        for (int i = 0; i < 4000 && compared < 60; i++) {
            String mutant = mutate(files.get(random.nextInt(files.size())).text(), random);
            List<RuleSource> sources = List.of(new RuleSource("mutant.drl", mutant));
            if (!ClosedLanguage.check("mutant.drl", mutant, Words.VOCABULARY).isEmpty()
                    || files.stream().anyMatch(file -> file.text().equals(mutant))) {
                continue;
            }

            Optional<Map<String, Long>> expected;
            try {
                expected = conclusions(sources, SecondOpinion::compile);
            } catch (InvalidRulesException refused) {
                // Drools minds some line breaks; "packs lint" says so, and nobody is misled.
                continue;
            }

            assertThat(conclusions(sources, RuleCompiler::compile)).as(mutant).isEqualTo(expected);
            compared++;
        }
        assertThat(compared).as("mutants that were compared").isGreaterThan(20);
    }

    /** One of the two ways to compile rules. */
    @FunctionalInterface
    private interface Compiler {
        RuleNetwork compile(List<RuleSource> sources, Vocabulary vocabulary) throws InvalidRulesException;
    }

    /** How often each fact is there in the end; empty where the rules come to no end. */
    private static Optional<Map<String, Long>> conclusions(List<RuleSource> sources, Compiler compiler)
            throws InvalidRulesException {
        try {
            KieSession session = compiler.compile(sources, Words.VOCABULARY).newSession();
            Words.facts(Path.of("never-written")).forEach(session::insert);
            BoundedRun.fire(session, new Limits(2_000, 200_000, 20_000, Duration.ofSeconds(60)));
            Map<String, Long> found = session.getObjects().stream()
                    .collect(Collectors.groupingBy(Object::toString, Collectors.counting()));
            session.dispose();
            return Optional.of(found);
        } catch (RuleLimitException e) {
            return Optional.empty();
        }
    }

    private static String mutate(String text, Random random) {
        List<String> words = new ArrayList<>(List.of(text.split("(?<=[^A-Za-z0-9_$])|(?=[^A-Za-z0-9_$])")));
        for (int n = random.nextInt(3); n >= 0; n--) {
            int at = random.nextInt(words.size());
            switch (random.nextInt(4)) {
                case 0 -> words.remove(at);
                case 1 -> words.add(at, words.get(random.nextInt(words.size())));
                case 2 -> words.set(at, INTRUDERS.get(random.nextInt(INTRUDERS.size())));
                default -> words.add(at, INTRUDERS.get(random.nextInt(INTRUDERS.size())));
            }
        }
        return String.join("", words);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void noise_never_throws(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            String noise = random.ints(random.nextInt(80), 0, INTRUDERS.size())
                    .mapToObj(INTRUDERS::get)
                    .collect(Collectors.joining(random.nextBoolean() ? " " : ""));
            String text = random.nextBoolean() ? noise : Words.HEAD + "rule \"r\" when " + noise;

            assertThat(ClosedLanguage.check("noise.drl", text, Words.VOCABULARY))
                    .isNotEmpty();
        }
    }

    /** In a condition and in a consequence: if MVEL took any of it for code, it would not arrive. */
    @Test
    void a_text_of_any_allowed_characters_arrives_unchanged() throws InvalidRulesException {
        String characters = "aZ09 !%&()*+,-./:;<=>?[]^_{|}~";
        Random random = new Random(7);
        List<String> texts = new ArrayList<>(List.of(
                "end",
                "then",
                "rule",
                "insert(new X());",
                "a ; b",
                "( ",
                ") ",
                "{ ",
                "} ",
                "kernel {} is {}",
                "drools.halt()",
                "- - 1"));
        while (texts.size() < 300) {
            String text = random.ints(1 + random.nextInt(20), 0, characters.length())
                    .mapToObj(i -> String.valueOf(characters.charAt(i)))
                    .collect(Collectors.joining());
            if (!text.contains("//") && !text.contains("/*") && !text.contains("*/") && !texts.contains(text)) {
                texts.add(text);
            }
        }
        StringBuilder rules = new StringBuilder(Words.HEAD);
        for (int i = 0; i < texts.size(); i++) {
            String text = "\"" + texts.get(i) + "\"";
            rules.append("rule \"" + i + " " + texts.get(i) + "\" when Remark(number == 0, text == " + text
                    + ") then insert(new Remark(" + text + ", " + (1000 + i) + ")); end\n");
        }
        KieSession session = RuleCompiler.compile(
                        List.of(new RuleSource("texts.drl", rules.toString())), Words.VOCABULARY)
                .newSession();
        texts.forEach(text -> session.insert(new Remark(text, 0)));

        BoundedRun.fire(session, Limits.DEFAULT);

        assertThat(session.getObjects(Remark.class::isInstance).stream()
                        .map(Remark.class::cast)
                        .filter(remark -> remark.number() >= 1000)
                        .collect(Collectors.toMap(Remark::number, Remark::text)))
                .isEqualTo(
                        IntStream.range(0, texts.size()).boxed().collect(Collectors.toMap(i -> 1000 + i, texts::get)));
        session.dispose();
    }
}
