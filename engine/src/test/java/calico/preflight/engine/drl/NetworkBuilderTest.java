package calico.preflight.engine.drl;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.engine.drl.words.Lever;
import calico.preflight.engine.drl.words.Remark;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.kie.api.runtime.KieSession;

class NetworkBuilderTest {

    private static final Remark START = new Remark("start", 1);

    private static List<RuleSource> files(String... rules) {
        return Arrays.stream(rules)
                .map(text -> new RuleSource(Integer.toHexString(text.hashCode()) + ".drl", Words.HEAD + text))
                .toList();
    }

    /** The texts of the remarks that the rules made, in their order. */
    private static List<String> made(RuleNetwork base, Object... facts) {
        KieSession session = base.newSession();
        List.of(facts).forEach(session::insert);
        BoundedRun.fire(session, Limits.DEFAULT);
        List<String> made =
                session.getFactHandles(fact -> fact instanceof Remark remark && remark.number() >= 100).stream()
                        .map(handle -> ((Remark) session.getObject(handle)).text())
                        .sorted()
                        .toList();
        session.dispose();
        return made;
    }

    @Test
    void what_each_branch_of_an_or_binds_can_be_used_whatever_an_or_before_it_bound() throws InvalidRulesException {
        String rule = """
                rule "r" when
                    Lever($n : name)
                    (Lever(name == $n) or Remark(text == $n))
                    (Remark($x : number, text == $n) or Remark(text == $n, $x : number, number > 1))
                    Remark(number == $x)
                then
                    insert(new Remark("found", 100));
                end
                """;
        Object[] facts = {new Lever("a", Path.of("none").toFile()), new Remark("a", 2)};

        assertThat(made(RuleCompiler.compile(files(rule), Words.VOCABULARY), facts))
                .isEqualTo(made(SecondOpinion.compile(files(rule), Words.VOCABULARY), facts))
                .hasSize(4);
    }

    /** Drools by itself lets the second rule fire here: it takes the two joins, which read different facts, for one. */
    @Test
    void a_rule_matches_the_same_whether_or_not_another_is_there() throws InvalidRulesException {
        String one = """
                rule "one" when
                    (Lever($p : name) or Crank($p : pull))
                    Remark(text == $p)
                    Remark(text == $p, $x : number)
                    Remark(number == $x, $k : number)
                then
                    insert(new Remark("one", 100));
                end
                """;
        String never = """
                rule "never" when
                    (Lever($p : name) or Crank($p : pull))
                    (Remark(text == $p, text == "zz", $x : number) or Remark(text == $p, $x : number))
                    Remark(text == $p)
                    Remark(number == $x, $k : number)
                    Remark(text == $p, number == $x, number != $k)
                then
                    insert(new Remark("never", 100));
                end
                """;
        Object[] facts = {new Lever("d1", Path.of("none").toFile()), new Remark("d1", 2), new Remark("d1", 7)};

        assertThat(made(RuleCompiler.compile(files(never), Words.VOCABULARY), facts))
                .isEmpty();
        assertThat(made(RuleCompiler.compile(files(one, never), Words.VOCABULARY), facts))
                .isNotEmpty()
                .containsOnly("one");
    }

    @Test
    void rules_of_several_files_fire_in_the_order_of_drools() throws InvalidRulesException {
        String first = """
                rule "a1" when Remark(text == "start") then insert(new Remark("a1", 50)); end
                rule "a2" when not Remark(number == 100) then insert(new Remark("a2", 100)); end
                """;
        String second = """
                rule "b1" when not Remark(number == 100) then insert(new Remark("b1", 100)); end
                """;

        assertThat(made(RuleCompiler.compile(files(first, second), Words.VOCABULARY), START))
                .isEqualTo(made(SecondOpinion.compile(files(first, second), Words.VOCABULARY), START))
                .containsExactly("b1");
    }

    @Test
    void a_comparison_in_parentheses_is_as_good_as_one_without() throws InvalidRulesException {
        String rule = """
                rule "r" when
                    Remark($n : number, text == "start")
                    Remark((number == $n) && !(text != "start"))
                then
                    insert(new Remark("found", 100));
                end
                """;

        assertThat(made(RuleCompiler.compile(files(rule), Words.VOCABULARY), START, new Remark("other", 1)))
                .containsExactly("found");
    }
}
