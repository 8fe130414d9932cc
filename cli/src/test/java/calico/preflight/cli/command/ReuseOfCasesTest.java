package calico.preflight.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.catalog.Catalog;
import calico.preflight.catalog.RulesFolder;
import calico.preflight.catalog.pack.PackTests;
import calico.preflight.catalog.pack.PackTests.PackTestCase;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.target.Target;
import calico.preflight.cli.option.Targets;
import calico.preflight.engine.Judge;
import calico.preflight.engine.Judges;
import calico.preflight.engine.ReusingJudge;
import calico.preflight.engine.RuleTrust;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Report;
import calico.preflight.facts.Fact;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Holds the judge of many hosts to the judge of one, over all cases beside the packs. */
class ReuseOfCasesTest {

    private record Asked(ResolvedPack pack, Target target) {}

    @Test
    void a_judge_who_concludes_once_from_the_same_reports_each_host_as_if_it_were_the_only_one() throws Exception {
        Catalog catalog = Catalog.load(List.of(new RulesFolder(Path.of(System.getProperty("preflight.rules")), true)));
        Judges judges = new Judges(catalog.knowledge(), RuleTrust.INSTALLATION);
        Map<Asked, ReusingJudge> reusing = new HashMap<>();
        for (PackTests tests : catalog.tests()) {
            for (PackTestCase test : tests.cases()) {
                ResolvedPack pack = FindingsOfCasesTest.packOf(test, tests.pack(), catalog);
                Target target = Targets.of(pack, test.target());
                Judge judge = judges.of(pack);
                ReusingJudge again =
                        reusing.computeIfAbsent(new Asked(pack, target), asked -> judge.reusing(asked.target()));
                HostFacts host = CaseHost.of(test);
                again.judge(elsewhere(host));

                assertSame(test.name(), again.judge(host), judge.judge(target, host));
            }
        }
    }

    private static void assertSame(String name, Report reused, Report single) {
        for (int i = 0; i < single.findings().size(); i++) {
            Finding expected = single.findings().get(i);
            Finding actual = reused.findings().get(i);
            assertThat(actual.outcome()).as("%s: %s", name, expected.id()).isEqualTo(expected.outcome());
            assertThat(actual.reason()).as("%s: %s", name, expected.id()).isEqualTo(expected.reason());
            assertThat(actual.requirement()).as("%s: %s", name, expected.id()).isEqualTo(expected.requirement());
            assertThat(actual.notes()).as("%s: %s", name, expected.id()).isEqualTo(expected.notes());
            assertThat(actual.evidence())
                    .as("%s: %s", name, expected.id())
                    .containsExactlyInAnyOrderElementsOf(expected.evidence());
            assertThat(actual.derivation())
                    .as("%s: %s", name, expected.id())
                    .containsExactlyInAnyOrderElementsOf(expected.derivation());
        }
    }

    /** The same host, whose facts stand in other places. */
    private static HostFacts elsewhere(HostFacts host) {
        return HostFacts.of(
                "elsewhere",
                host.collectedAt(),
                host.facts().values().stream()
                        .map(fact -> new Fact(fact.name(), elsewhere(fact.observed())))
                        .toList());
    }

    private static <T> Observed<T> elsewhere(Observed<T> observed) {
        Origin origin = new Origin("elsewhere", observed.origin().line() + 1);
        if (observed instanceof Observed.Known<T> known) {
            return Observed.known(known.value(), origin);
        }
        return observed instanceof Observed.Unknown<T> unknown
                ? Observed.unknown(unknown.why(), origin)
                : Observed.absent(origin);
    }
}
