package calico.preflight.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.catalog.Catalog;
import calico.preflight.catalog.RulesFolder;
import calico.preflight.catalog.pack.Advisory;
import calico.preflight.catalog.pack.PackTests;
import calico.preflight.catalog.pack.PackTests.PackTestCase;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.cli.option.Targets;
import calico.preflight.engine.Judge;
import calico.preflight.engine.Judges;
import calico.preflight.engine.RuleTrust;
import calico.preflight.engine.report.Amendment;
import calico.preflight.engine.report.Evidence;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Outcome;
import calico.preflight.facts.HostFacts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the advisories that ship make of all the hosts of the cases, in both profiles. */
class AdvisoriesOfCasesTest {

    /** One host by the letter, by the letter of a pack that has no advisories, and in practice. */
    private record Judged(List<Finding> letter, List<Finding> unadvised, List<Finding> practice) {}

    private static final List<Judged> JUDGED = new ArrayList<>();
    private static final Set<String> ADVISORIES = new TreeSet<>();

    @BeforeAll
    static void judgeEveryCase() throws Exception {
        Path rules = Path.of(System.getProperty("preflight.rules", "../rules"));
        Catalog catalog = Catalog.load(List.of(new RulesFolder(rules, true)));
        Judges judges = new Judges(catalog.knowledge(), RuleTrust.INSTALLATION);
        for (PackTests tests : catalog.tests()) {
            for (PackTestCase test : tests.cases()) {
                ResolvedPack pack = FindingsOfCasesTest.packOf(test, tests.pack(), catalog);
                ResolvedPack unadvised = without(pack);
                pack.advisories().stream().map(Advisory::id).forEach(ADVISORIES::add);
                HostFacts host = CaseHost.of(test);
                JUDGED.add(new Judged(
                        findings(judges.of(pack), pack, test, "documented", host),
                        findings(judges.of(unadvised), unadvised, test, "documented", host),
                        findings(judges.of(pack), pack, test, "practical", host)));
            }
        }
    }

    private static ResolvedPack without(ResolvedPack pack) {
        return new ResolvedPack(
                pack.id(),
                pack.calico(),
                pack.platform(),
                pack.digest(),
                pack.defaults(),
                pack.requirements(),
                List.of(),
                pack.inference());
    }

    private static List<Finding> findings(
            Judge judge, ResolvedPack pack, PackTestCase test, String profile, HostFacts host) {
        Map<String, List<String>> target = new HashMap<>(test.target());
        target.put("profile", List.of(profile));
        return judge.judge(Targets.of(pack, target), host).findings();
    }

    @Test
    void by_the_letter_no_finding_differs() {
        assertThat(JUDGED).isNotEmpty().allSatisfy(judged -> assertThat(judged.letter())
                .isEqualTo(judged.unadvised()));
    }

    @Test
    void in_practice_only_what_says_so_differs() {
        assertThat(JUDGED).allSatisfy(judged -> {
            List<Finding> asked = judged.practice().stream()
                    .filter(finding -> finding.addedBy().isEmpty())
                    .toList();
            assertThat(asked).hasSameSizeAs(judged.letter());
            for (int i = 0; i < asked.size(); i++) {
                Finding practice = asked.get(i);
                Finding letter = judged.letter().get(i);
                if (practice.amendedBy().isEmpty()) {
                    assertThat(practice).isEqualTo(letter);
                } else {
                    Amendment first = practice.amendedBy().get(0);
                    assertThat(first.from()).isEqualTo(letter.outcome());
                    // One that softens and one that hardens may cancel each other out.
                    assertThat(practice.amendedBy().size() > 1 || practice.outcome() != letter.outcome())
                            .isTrue();
                    assertThat(practice.evidence()).containsAll(letter.evidence());
                    assertThat(String.join("\n", practice.notes()))
                            .contains(letter.outcome() + " by the letter of the document, ")
                            .contains(
                                    first.advisory(),
                                    first.because(),
                                    first.source().url());
                }
            }
        });
    }

    @Test
    void every_advisory_that_ships_is_seen_at_work() {
        Set<String> atWork = new TreeSet<>();
        JUDGED.forEach(judged -> judged.practice().forEach(finding -> {
            finding.amendedBy().forEach(amendment -> atWork.add(amendment.advisory()));
            finding.addedBy().ifPresent(atWork::add);
        }));

        assertThat(ADVISORIES).isNotEmpty();
        assertThat(atWork).containsAll(ADVISORIES);
    }

    @Test
    void an_advisory_with_conditions_shows_what_was_seen_of_them() {
        assertThat(JUDGED)
                .flatExtracting(Judged::practice)
                .filteredOn(finding -> finding.amendedBy().stream()
                        .anyMatch(amendment -> amendment.advisory().equals("KI-legacy-tables-gone")))
                .isNotEmpty()
                .allSatisfy(finding -> {
                    assertThat(finding.evidence())
                            .extracting(evidence -> evidence.fact())
                            .contains("kernel.config.CONFIG_NF_TABLES", "kernel.config.CONFIG_NFT_COMPAT");
                    assertThat(finding.requirement().remedy()).contains("iptablesBackend");
                });
    }

    @Test
    void a_requirement_that_matters_on_some_hosts_only_says_what_was_seen_of_that() {
        List<Finding> findings = JUDGED.stream()
                .flatMap(judged -> judged.practice().stream())
                .filter(finding -> finding.id().equals("systemd-networkd/foreign-rules"))
                .toList();

        assertThat(findings)
                .filteredOn(finding -> finding.outcome() == Outcome.FAIL)
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.evidence())
                        .extracting(Evidence::fact)
                        .contains("systemd-networkd.active", "systemd.version"));
        assertThat(findings)
                .filteredOn(finding -> finding.outcome() == Outcome.UNKNOWN)
                .extracting(Finding::reason)
                .contains("systemd-networkd.config.Network.ManageForeignRoutingPolicyRules is not there; whether that"
                        + " matters here cannot be told: systemd-networkd.active could not be looked at: this fact was"
                        + " not collected");
        assertThat(findings)
                .filteredOn(finding -> finding.outcome() == Outcome.NOT_APPLICABLE)
                .extracting(Finding::reason)
                .contains("does not matter here: systemd-networkd.active is false, not true");
    }

    @Test
    void hosts_outside_a_cluster_do_not_wait_for_a_kubernetes_api() {
        assertThat(JUDGED)
                .flatExtracting(Judged::practice)
                .filteredOn(finding -> finding.id().equals("port/kube-apiserver"))
                .filteredOn(finding -> !finding.amendedBy().isEmpty())
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.outcome().name()).isEqualTo("NOT_APPLICABLE"));
    }
}
