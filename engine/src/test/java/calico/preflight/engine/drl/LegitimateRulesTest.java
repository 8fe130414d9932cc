package calico.preflight.engine.drl;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.engine.drl.words.Remark;
import calico.preflight.engine.drl.words.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kie.api.runtime.KieSession;

class LegitimateRulesTest {

    static List<RuleSource> files() {
        return LegitimateRules.all();
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_file_in_our_style_passes_the_check(RuleSource file) {
        assertThat(ClosedLanguage.check(file.fileName(), file.text(), Words.VOCABULARY))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void the_canonical_text_keeps_every_word_at_its_line_and_column(RuleSource file) {
        String canonical = ClosedLanguage.parse(file.fileName(), file.text(), Words.VOCABULARY)
                .canonicalText();

        Problems none = new Problems(file.fileName());
        assertThat(Lexer.tokens(canonical, none).stream().filter(t -> t.kind() != Token.Kind.END))
                .isEqualTo(Lexer.tokens(file.text(), none).stream()
                        .filter(t -> t.kind() != Token.Kind.END)
                        .toList());
        assertThat(canonical).doesNotContain("//", "/*", "comment");
        assertThat(none.isEmpty()).isTrue();
    }

    @Test
    void all_of_them_run_together_and_conclude_what_they_should() throws InvalidRulesException {
        RuleNetwork base = RuleCompiler.compile(LegitimateRules.all(), Words.VOCABULARY);
        KieSession session = base.newSession();
        Words.facts(Path.of("never-written")).forEach(session::insert);

        BoundedRun.fire(session, Limits.DEFAULT);

        Map<String, Integer> remarks = new TreeMap<>();
        session.getObjects(Remark.class::isInstance).stream()
                .map(Remark.class::cast)
                .filter(remark -> !remark.text().equals("remark"))
                .forEach(remark -> remarks.merge(remark.text(), 1, Integer::sum));
        assertThat(remarks)
                .isEqualTo(Map.of(
                        "seen",
                        1,
                        "either",
                        1,
                        "ten",
                        1,
                        "groups",
                        1,
                        "receiver",
                        2,
                        "operators",
                        1,
                        "lever",
                        1,
                        "passed",
                        2));
        assertThat(session.getObjects(Verdict.class::isInstance).stream()
                        .map(Verdict.class::cast)
                        .map(verdict -> verdict.demand().id() + " " + verdict.outcome()))
                .containsExactlyInAnyOrder("kernel-version PASS", "kernel-version WARN", "distribution PASS");
        session.dispose();
    }
}
