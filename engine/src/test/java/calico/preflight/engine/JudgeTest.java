package calico.preflight.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.pack.ResolvedPack.RuleFile;
import calico.preflight.catalog.requirement.Check;
import calico.preflight.catalog.requirement.Level;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of the rules' conclusions: levels, the worst outcome, and no PASS without evidence. */
class JudgeTest {

    private static final Check X86 = new Check.Architecture(List.of("x86_64"));

    @ParameterizedTest
    @CsvSource({
        "MUST, FAIL",
        "RECOMMENDED, WARN",
        "KNOWN_TO_WORK, WARN",
        "TESTED, WARN",
        "DEFAULT, NOT_APPLICABLE",
        "INFORMATIONAL, NOT_APPLICABLE"
    })
    void an_unmet_requirement_weighs_as_much_as_its_level(Level level, Outcome outcome) {
        TestHost arm = TestHost.unseen().text("host.architecture", "aarch64", "/bin/sh");

        assertThat(TestPack.of(level, X86).judge(arm.facts()).outcome()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @EnumSource(Level.class)
    void a_fact_that_could_not_be_looked_at_is_never_a_pass_nor_a_fail(Level level) {
        TestHost host = TestHost.unseen().unknown("host.architecture", "permission denied", "/bin/sh");

        Finding finding = TestPack.of(level, X86).judge(host.facts());

        assertThat(finding.outcome()).isIn(Outcome.UNKNOWN, Outcome.NOT_APPLICABLE);
        assertThat(finding.reason()).isEqualTo("host.architecture could not be looked at: permission denied");
    }

    @Test
    void a_requirement_that_no_rule_speaks_of_is_unknown() {
        Finding finding =
                TestPack.of(Level.MUST, X86, List.of()).judge(TestHost.unseen().facts());

        assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(finding.reason()).isEqualTo("no rule of the pack speaks of this requirement on such facts");
    }

    @Test
    void a_rule_that_passes_without_having_seen_anything_is_not_believed() {
        RuleFile lax = new RuleFile("lax.drl", """
                package calico.preflight.rules.lax

                import calico.preflight.engine.inference.ArchitectureDemand
                import calico.preflight.engine.inference.Verdict

                dialect "mvel"

                rule "everything is fine"
                when
                    ArchitectureDemand($id : id)
                then
                    insert(new Verdict($id, "PASS", "fine"));
                end
                """, true);

        Finding finding = TestPack.of(Level.MUST, X86, List.of(lax))
                .judge(TestHost.unseen().facts());

        assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(finding.reason()).contains("nothing was seen on the host that shows it");
    }

    @Test
    void a_pack_with_rules_of_its_own_is_judged_by_them() {
        RuleFile strict = new RuleFile("strict.drl", """
                package calico.preflight.rules.strict

                import calico.preflight.engine.inference.ArchitectureDemand
                import calico.preflight.engine.inference.Observation
                import calico.preflight.engine.inference.Verdict

                dialect "mvel"

                rule "no architecture is good enough"
                when
                    ArchitectureDemand($id : id, $fact : fact)
                    Observation(fact == $fact, $seen : text)
                then
                    insert(new Verdict($id, "UNMET", "{} will not do", $seen));
                end
                """, true);
        TestHost host = TestHost.unseen().text("host.architecture", "x86_64", "/bin/sh");

        assertThat(TestPack.of(Level.MUST, X86).judge(host.facts()).outcome()).isEqualTo(Outcome.PASS);
        Finding finding = TestPack.of(Level.MUST, X86, List.of(strict)).judge(host.facts());
        assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(finding.reason()).isEqualTo("x86_64 will not do");
        assertThat(finding.derivation()).containsExactly("no architecture is good enough");
    }

    @Test
    void rules_of_strangers_are_not_run_unless_somebody_said_so() throws Exception {
        RuleFile own = TestPack.shippedRules().get(0);
        RuleFile strange = new RuleFile("/home/somebody/kernel.drl", own.text(), false);
        ResolvedPack pack = TestPack.of(Level.MUST, X86, List.of(strange)).pack();

        assertThatExceptionOfType(InvalidRulesException.class)
                .isThrownBy(() -> Judge.of(pack, TestPack.knowledge(), RuleTrust.INSTALLATION))
                .withMessage(
                        "/home/somebody/kernel.drl: inference rules (DRL) from outside the installation are not run;"
                                + " if you trust them: --allow-drl");
        assertThat(Judge.of(pack, TestPack.knowledge(), RuleTrust.ANYBODY)).isNotNull();
    }

    @Test
    void rules_that_come_to_no_end_are_stopped_and_named() {
        TestPack pack = TestPack.of(Level.MUST, X86, List.of(rule("again and again", """
                    Verdict($id : id, $outcome : outcome, $reason : reason)
                then
                    insert(new Verdict($id, $outcome, $reason));
                """), rule("first", """
                    ArchitectureDemand($id : id)
                then
                    insert(new Verdict($id, "UNKNOWN", "x"));
                """)));

        assertThatExceptionOfType(RuleException.class)
                .isThrownBy(() -> pack.judge(TestHost.unseen().facts()))
                .withMessageStartingWith("the rules of calico-test were stopped: the rules fire more than")
                .withMessageContaining("again and again");
    }

    @Test
    void a_rule_that_gives_an_outcome_that_is_none_is_named() {
        TestPack pack = TestPack.of(Level.MUST, X86, List.of(rule("odd", """
                    ArchitectureDemand($id : id)
                then
                    insert(new Verdict($id, "BROKEN", "x"));
                """)));

        assertThatExceptionOfType(RuleException.class)
                .isThrownBy(() -> pack.judge(TestHost.unseen().facts()))
                .withMessage("the rule \"odd\" gave the outcome \"BROKEN\"; allowed: PASS, WARN, UNMET, UNKNOWN,"
                        + " NOT_APPLICABLE");
    }

    private static RuleFile rule(String name, String body) {
        String drl = """
                package calico.preflight.rules.test

                import calico.preflight.engine.inference.ArchitectureDemand
                import calico.preflight.engine.inference.Verdict

                dialect "mvel"

                rule "%s"
                when
                %send
                """.formatted(name, body);
        return new RuleFile(name + ".drl", drl, true);
    }
}
