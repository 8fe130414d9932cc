package calico.preflight.engine.drl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.Problem;
import calico.preflight.engine.drl.words.Tool;
import calico.preflight.engine.drl.words.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSession;

/** What rules must not do. Each attack works where the check is left out; an attack that does not is no test. */
class HostileRulesTest {

    private static final Limits SHORT = new Limits(100_000, 1_000_000, 200_000, Duration.ofSeconds(1));
    private static final Limits LONG = new Limits(100_000, 1_000_000, 200_000, Duration.ofSeconds(60));

    static List<Attack> attacks() {
        return Attacks.all();
    }

    @Test
    void there_are_at_least_three_attacks_of_every_kind() {
        Map<String, Long> count =
                Attacks.all().stream().collect(Collectors.groupingBy(Attack::kind, Collectors.counting()));

        SoftAssertions.assertSoftly(softly -> count.forEach(
                (kind, attacks) -> softly.assertThat(attacks).as(kind).isGreaterThanOrEqualTo(3)));
        assertThat(count).hasSizeGreaterThanOrEqualTo(25);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void without_the_check_it_works(Attack attack, @TempDir Path folder) throws InvalidRulesException {
        Path marker = folder.resolve("marker");
        List<RuleSource> sources = List.of(source(attack, marker));

        switch (attack.deed()) {
            case TOUCHES -> {
                run(sources, marker, LONG);
                assertThat(marker).exists();
            }
            case FORGES ->
                assertThat(run(sources, marker, LONG).getObjects(Verdict.class::isInstance))
                        .extracting(verdict -> ((Verdict) verdict).outcome())
                        .contains("FORGED");
            case HANGS ->
                assertThatExceptionOfType(RuleLimitException.class)
                        .isThrownBy(() -> run(sources, marker, SHORT))
                        .withMessageContaining("did not end");
            case COMPILES ->
                assertThat(UncheckedRules.compile(sources).getKiePackages()).isNotEmpty();
            case CRASHES ->
                assertThatThrownBy(() -> UncheckedRules.compile(sources)).isInstanceOf(StackOverflowError.class);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void with_the_check_it_is_refused_with_its_place(Attack attack, @TempDir Path folder) {
        Path marker = folder.resolve("marker");
        RuleSource source = source(attack, marker);

        List<Problem> problems = ClosedLanguage.check(source.fileName(), source.text(), Words.VOCABULARY);

        assertThat(problems).isNotEmpty().allSatisfy(problem -> {
            assertThat(problem.file()).isEqualTo("hostile.drl");
            if (source.text().length() <= ClosedLanguage.LARGEST_FILE) {
                assertThat(problem.line()).isPositive();
                assertThat(problem.column()).isPositive();
            }
            assertThat(problem.message()).isNotBlank();
        });
        assertThat(problems).noneMatch(problem -> problem.message().contains("read differently"));
        assertThatThrownBy(() -> RuleCompiler.compile(List.of(source), Words.VOCABULARY))
                .isInstanceOf(InvalidRulesException.class);
        assertThat(marker).doesNotExist();
    }

    private static RuleSource source(Attack attack, Path marker) {
        return new RuleSource("hostile.drl", attack.drl().replace("MARKER", marker.toString()));
    }

    private static KieSession run(List<RuleSource> sources, Path marker, Limits limits) throws InvalidRulesException {
        KieBase base = UncheckedRules.compile(sources);
        KieSession session = base.newKieSession();
        if (sources.get(0).text().contains("global ")) {
            session.setGlobal("tool", new Tool());
        }
        Words.facts(marker).forEach(session::insert);
        BoundedRun.fire(session, limits);
        return session;
    }
}
