package calico.preflight.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.catalog.Catalog;
import calico.preflight.catalog.RulesFolder;
import calico.preflight.catalog.pack.PackTests;
import calico.preflight.catalog.pack.PackTests.PackTestCase;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.target.Target;
import calico.preflight.cli.option.Targets;
import calico.preflight.engine.Judges;
import calico.preflight.engine.RuleTrust;
import calico.preflight.engine.report.Finding;
import calico.preflight.facts.HostFacts;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds what this program makes of the rules to what Drools by itself makes of them, over all cases beside the packs. */
class SecondOpinionOfCasesTest {

    @Test
    void drools_by_itself_comes_to_the_same_findings_by_the_same_rules() throws Exception {
        Catalog catalog = Catalog.load(List.of(new RulesFolder(Path.of(System.getProperty("preflight.rules")), true)));
        Judges judges = new Judges(catalog.knowledge(), RuleTrust.INSTALLATION);
        Judges others = Judges.bySecondOpinion(catalog.knowledge(), RuleTrust.INSTALLATION);
        int findings = 0;
        for (PackTests tests : catalog.tests()) {
            for (PackTestCase test : tests.cases()) {
                ResolvedPack pack = FindingsOfCasesTest.packOf(test, tests.pack(), catalog);
                Target target = Targets.of(pack, test.target());
                HostFacts host = CaseHost.of(test);

                List<Finding> expected = others.of(pack).judge(target, host).findings();

                assertThat(judges.of(pack).judge(target, host).findings())
                        .as(test.name())
                        .isEqualTo(expected);
                findings += expected.size();
            }
        }
        assertThat(findings).isGreaterThan(10_000);
    }
}
