package calico.preflight.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.catalog.Catalog;
import calico.preflight.catalog.RulesFolder;
import calico.preflight.catalog.pack.PackTests;
import calico.preflight.catalog.pack.PackTests.PackTestCase;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.cli.option.Targets;
import calico.preflight.engine.Judges;
import calico.preflight.engine.RuleTrust;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What every finding must say for itself, over all the hosts of the cases beside the packs. */
class FindingsOfCasesTest {

    private static final List<Finding> FINDINGS = new ArrayList<>();

    @BeforeAll
    static void judgeEveryCase() throws Exception {
        Path rules = Path.of(System.getProperty("preflight.rules", "../rules"));
        Catalog catalog = Catalog.load(List.of(new RulesFolder(rules, true)));
        Judges judges = new Judges(catalog.knowledge(), RuleTrust.INSTALLATION);
        for (PackTests tests : catalog.tests()) {
            for (PackTestCase test : tests.cases()) {
                ResolvedPack pack = packOf(test, tests.pack(), catalog);
                FINDINGS.addAll(judges.of(pack)
                        .judge(Targets.of(pack, test.target()), CaseHost.of(test))
                        .findings());
            }
        }
    }

    /** The pack of the version that the case names, otherwise that of its file. */
    static ResolvedPack packOf(PackTestCase test, String pack, Catalog catalog) throws Exception {
        return test.version().isPresent()
                ? catalog.resolve(test.version().get(), test.platform())
                : catalog.resolve(pack, test.platform());
    }

    @Test
    void all_five_outcomes_are_among_them() {
        assertThat(FINDINGS).extracting(Finding::outcome).contains(Outcome.values());
    }

    @Test
    void a_pass_shows_what_was_seen_and_which_rules_led_there() {
        assertThat(FINDINGS)
                .filteredOn(finding -> finding.outcome() == Outcome.PASS)
                .allSatisfy(finding -> {
                    assertThat(finding.evidence()).as(finding.id()).isNotEmpty();
                    assertThat(finding.derivation()).as(finding.id()).isNotEmpty();
                });
    }

    @Test
    void a_fail_or_warn_has_evidence_a_source_a_derivation_and_a_remedy() {
        assertThat(FINDINGS)
                .filteredOn(finding -> finding.outcome() == Outcome.FAIL || finding.outcome() == Outcome.WARN)
                // An advisory may warn of what could not be seen; it stays unseen.
                .filteredOn(finding ->
                        finding.amendedBy().stream().noneMatch(amendment -> amendment.from() == Outcome.UNKNOWN))
                .allSatisfy(finding -> {
                    assertThat(finding.evidence()).as(finding.id()).isNotEmpty();
                    assertThat(finding.derivation()).as(finding.id()).isNotEmpty();
                    assertThat(finding.requirement().source().url()).startsWith("https://");
                    assertThat(finding.requirement().remedy()).isNotBlank();
                });
    }

    @Test
    void what_is_unknown_says_why() {
        assertThat(FINDINGS)
                .filteredOn(finding -> finding.outcome() == Outcome.UNKNOWN)
                .allSatisfy(finding -> {
                    assertThat(finding.reason()).as(finding.id()).isNotBlank();
                    assertThat(finding.derivation()).as(finding.id()).isNotEmpty();
                });
    }

    @Test
    void a_reason_is_one_sentence_without_holes() {
        assertThat(FINDINGS).allSatisfy(finding -> assertThat(finding.reason())
                .as(finding.id())
                .isNotBlank()
                .doesNotContain("{}")
                .doesNotEndWith(".")
                .doesNotEndWith(":"));
    }
}
