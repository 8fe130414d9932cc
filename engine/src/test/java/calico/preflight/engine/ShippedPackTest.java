package calico.preflight.engine;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.catalog.PackHeader;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.requirement.Check;
import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.catalog.target.Encapsulation;
import calico.preflight.catalog.target.IpFamily;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.target.Target;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Outcome;
import calico.preflight.facts.FactCatalogue;
import calico.preflight.facts.FactType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every pack that ships, on every platform. */
class ShippedPackTest {

    static Stream<Arguments> packs() throws Exception {
        List<Arguments> packs = new ArrayList<>();
        for (PackHeader header : TestPack.catalog().packs()) {
            for (Platform platform : header.platforms()) {
                packs.add(Arguments.of(header.id(), platform));
            }
        }
        return packs.stream();
    }

    @ParameterizedTest
    @MethodSource("packs")
    void a_host_of_which_nothing_is_known_neither_passes_nor_fails(String id, Platform platform) throws Exception {
        Judge judge = TestPack.judge(TestPack.catalog().resolve(id, platform));
        for (Encapsulation encapsulation : Encapsulation.values()) {
            Target target = TestPack.target(platform, encapsulation, IpFamily.DUAL);

            List<Finding> findings =
                    judge.judge(target, TestHost.unseen().facts()).findings();

            assertThat(findings)
                    // The target itself is known whatever the host.
                    .filteredOn(finding -> !(finding.requirement().check() instanceof Check.TargetOption))
                    .allSatisfy(finding -> assertThat(finding.outcome()).isIn(Outcome.UNKNOWN, Outcome.NOT_APPLICABLE));
        }
    }

    @ParameterizedTest
    @MethodSource("packs")
    void every_requirement_has_a_title_a_source_and_a_remedy(String id, Platform platform) throws Exception {
        List<Requirement> requirements =
                TestPack.catalog().resolve(id, platform).requirements();

        assertThat(requirements).isNotEmpty().allSatisfy(requirement -> {
            assertThat(requirement.title()).isNotBlank().doesNotEndWith(".");
            assertThat(requirement.remedy()).endsWith(".");
            assertThat(requirement.source().document()).isNotBlank();
            assertThat(requirement.source().section()).isNotBlank();
            assertThat(requirement.source().url()).startsWith("https://");
        });
        assertThat(requirements).extracting(Requirement::id).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("packs")
    void every_fact_that_a_pack_asks_for_is_one_that_is_collected(String id, Platform platform) throws Exception {
        ResolvedPack pack = TestPack.catalog().resolve(id, platform);
        Set<String> collected = FactCatalogue.ALL.stream().map(FactType::name).collect(Collectors.toSet());

        Set<String> asked = Judge.factNames(
                pack, TestPack.target(platform, Encapsulation.VXLAN, IpFamily.DUAL), TestPack.knowledge());

        assertThat(asked).isNotEmpty().allMatch(name -> collected.stream()
                .anyMatch(fact -> name.equals(fact) || name.startsWith(fact + ".")));
    }
}
