package calico.preflight.engine.drl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import calico.preflight.catalog.InvalidRulesException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kie.api.runtime.KieSession;

/** Rules that are within the language and do not end all the same. */
class BoundedRunTest {

    private static final String REMARK_AGAIN = "rule \"for ever\" when Remark($n : number, text == \"seed\") then"
            + " insert(new Remark(\"seed\", $n)); end\n";

    static Stream<Named<String>> rulesThatInsertForEver() {
        String begin = "rule \"begin\" when KernelVersionDemand() then insert(new Remark(\"seed\", 1)); end\n";
        return Stream.of(
                Named.of("one feeds itself", begin + REMARK_AGAIN),
                Named.of("two feed each other", begin + """
                        rule "ping" when Remark(text == "seed") then insert(new Remark("back", 1)); end
                        rule "pong" when Remark(text == "back") then insert(new Remark("seed", 1)); end
                        """),
                Named.of("one makes three", begin + """
                        rule "hydra" when Remark(text == "seed") then
                            insert(new Remark("seed", 1)); insert(new Remark("seed", 2)); insert(new Remark("seed", 3));
                        end
                        """));
    }

    @ParameterizedTest
    @MethodSource("rulesThatInsertForEver")
    void they_pass_the_check_but_not_the_limit_of_firings(String rules) throws InvalidRulesException {
        Limits generous = new Limits(50_000, 10_000_000, 10_000_000, Duration.ofSeconds(60));

        assertThatExceptionOfType(RuleLimitException.class)
                .isThrownBy(() -> BoundedRun.fire(session(rules), generous))
                .withMessageContaining("the rules fire more than 50000 times; the last rule that fired is \"");
    }

    @ParameterizedTest
    @MethodSource("rulesThatInsertForEver")
    void nor_the_limit_of_inserted_facts(String rules) throws InvalidRulesException {
        Limits few = new Limits(100_000, 1_000_000, 1_000, Duration.ofSeconds(60));

        assertThatExceptionOfType(RuleLimitException.class)
                .isThrownBy(() -> BoundedRun.fire(session(rules), few))
                .withMessageContaining("the rules insert more than 1000 facts; the last rule that fired is \"");
    }

    @ParameterizedTest
    @MethodSource("rulesThatInsertForEver")
    void nor_the_limit_of_time(String rules) throws InvalidRulesException {
        Limits quick = new Limits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Duration.ofMillis(300));

        assertThatExceptionOfType(RuleLimitException.class)
                .isThrownBy(() -> BoundedRun.fire(session(rules), quick))
                .withMessageContaining("the rules did not end within 0.3 seconds; the last rule that fired is \"");
    }

    /** Equality with a variable is no key where many facts are equal. */
    @Test
    void joins_on_a_member_that_all_facts_share_end_at_the_limit_of_matches() throws InvalidRulesException {
        Limits limits = new Limits(100_000, 10_000, 1_000, Duration.ofSeconds(60));
        KieSession session = session(
                "rule \"pairs\" when Remark($t : text) Remark(text == $t) then insert(new Remark(\"pair\", 1)); end\n");

        assertThatExceptionOfType(RuleLimitException.class)
                .isThrownBy(() -> BoundedRun.fire(session, limits))
                .withMessageStartingWith("the rules match more than 10000 combinations of facts; no rule has fired")
                .withMessageContaining("\"pairs\"");
    }

    @Test
    void joins_that_find_nothing_end_at_the_limit_of_time_which_names_the_rule() throws InvalidRulesException {
        Limits limits = new Limits(100_000, 10_000, 1_000, Duration.ofMillis(500));
        KieSession session =
                session("rule \"fours\" when Remark($t : text, $n : number) Remark(text == $t) Remark(text == $t)"
                        + " Remark(text == $t, number > $n, number < $n) then insert(new Remark(\"x\", 1)); end\n");

        assertThatExceptionOfType(RuleLimitException.class)
                .isThrownBy(() -> BoundedRun.fire(session, limits))
                .withMessageContaining("the rules did not end within 0.5 seconds")
                .withMessageContaining("being matched was \"fours\"");
    }

    @Test
    void rules_that_end_are_left_alone_and_counted() throws InvalidRulesException {
        KieSession session =
                session("rule \"once\" when KernelVersionDemand() then insert(new Remark(\"x\", 1)); end\n");

        assertThat(BoundedRun.fire(session, Limits.DEFAULT)).isEqualTo(1);
        assertThat(BoundedRun.fire(session, Limits.DEFAULT)).isZero();
        session.dispose();
    }

    @Test
    void limits_that_nothing_can_keep_are_refused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new Limits(0, 1, 1, Duration.ofSeconds(1)));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new Limits(1, 1, 1, Duration.ZERO));
    }

    private static KieSession session(String rules) throws InvalidRulesException {
        KieSession session = RuleCompiler.compile(
                        List.of(new RuleSource("endless.drl", Words.HEAD + rules)), Words.VOCABULARY)
                .newSession();
        Words.facts(Path.of("never-written")).forEach(session::insert);
        return session;
    }
}
