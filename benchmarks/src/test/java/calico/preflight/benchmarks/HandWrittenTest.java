package calico.preflight.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.catalog.Catalog;
import calico.preflight.catalog.RulesFolder;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.target.Target;
import calico.preflight.engine.Judge;
import calico.preflight.engine.ReusingJudge;
import calico.preflight.engine.RuleTrust;
import calico.preflight.engine.report.Report;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.json.FactsFile;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HandWrittenTest {

    private static final int HOSTS = 400;

    @Test
    void the_program_written_by_hand_and_the_rules_come_to_the_same_outcomes() throws Exception {
        Catalog catalog = Catalog.load(List.of(new RulesFolder(Path.of(System.getProperty("preflight.rules")), true)));
        ResolvedPack pack = catalog.resolve("calico-3.16", Platform.OPENSTACK);
        Target target = HandWritten.target(pack);
        Judge judge = Judge.of(pack, catalog.knowledge(), RuleTrust.INSTALLATION);
        ReusingJudge reusing = judge.reusing(target);
        FleetGenerator generator = new FleetGenerator(16);
        List<String> different = new ArrayList<>();
        for (int i = 0; i < HOSTS; i++) {
            ByteArrayOutputStream host = new ByteArrayOutputStream();
            generator.write(i, host);
            HostFacts facts = FactsFile.read("host", host.toByteArray()).facts();
            Report report = reusing.judge(facts);

            Map<String, String> byHand = byHand(host.toByteArray());
            Map<String, String> byRules = outcomes(report);
            assertThat(byHand.keySet()).isEqualTo(byRules.keySet());
            for (Map.Entry<String, String> one : byRules.entrySet()) {
                if (!one.getValue().equals(byHand.get(one.getKey()))) {
                    different.add("host " + i + ", " + one + " by rules, " + byHand.get(one.getKey()) + " by hand");
                }
            }
        }
        assertThat(different).isEmpty();
    }

    private static Map<String, String> byHand(byte[] host) throws Exception {
        Map<String, String> outcomes = new TreeMap<>();
        HandWritten.judge(host).forEach(verdict -> outcomes.put(verdict.id(), verdict.outcome()));
        outcomes.remove("name");
        return outcomes;
    }

    private static Map<String, String> outcomes(Report report) {
        Map<String, String> outcomes = new TreeMap<>();
        report.findings()
                .forEach(finding -> outcomes.put(finding.id(), finding.outcome().name()));
        return outcomes;
    }
}
