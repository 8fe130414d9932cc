package calico.preflight.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import calico.preflight.catalog.pack.Advisory;
import calico.preflight.catalog.pack.PackWriter;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.requirement.Check;
import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.target.Profile;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Advisories as the catalog reads and resolves them. */
class AdvisoriesTest {

    private static final String HEAD = """
            schema: calico-preflight/advisories/1
            advisories:
            """;
    private static final String AMENDS = """
              - id: KI-old-kernel
                title: older kernels do as well
                affects: {from: "3.16.2", until: "3.16.5"}
                platforms: [openstack]
                appliesTo: {datastore: [etcd]}
                unless: {typha: [true]}
                amends: kernel-version
                changes: {FAIL: WARN}
                provided:
                  - {capability: ip_set}
                  - {fact: kernel.release, atLeast: 3}
                  - {requirement: kernel-version, outcome: [FAIL]}
                because: It was tried.
                source: {title: A page, url: "https://example.org/page"}
            """;
    private static final String ADDS = """
              - id: KI-tap
                title: the interfaces are called tap*
                affects: {until: "3.17"}
                appliesTo: {networking: [calico]}
                because: They are.
                source: {title: A page, url: "https://example.org/page"}
                adds:
                  id: interface-management/tap*
                  kind: interface-management
                  level: must
                  settledBy: image
                  title: Calico manages tap*
                  parameters: {pattern: "tap*"}
                  remedy: Leave them alone.
            """;

    @TempDir
    private Path directory;

    private RulesOnDisk own;
    private RulesOnDisk site;

    @BeforeEach
    void writeRules() {
        own = RulesOnDisk.own(directory.resolve("own"))
                .with("packs/calico-3.16.yaml", RulesOnDisk.SMALL)
                .with("knowledge/kernel.yaml", """
                        schema: calico-preflight/kernel-knowledge/1
                        modules: {ip_set: [{symbol: IP_SET}]}
                        capabilities: {ip_set: {providedBy: [{module: ip_set}]}}
                        """);
        site = RulesOnDisk.site(directory.resolve("site"));
    }

    private static ResolvedPack resolve(Catalog catalog, int patch, Platform platform) throws Exception {
        return catalog.resolve(new CalicoVersion(3, 16, patch), platform);
    }

    private List<String> mistakesOf(String advisories) {
        own.with("advisories/x.yaml", advisories);
        InvalidRulesException refused =
                catchThrowableOfType(InvalidRulesException.class, () -> resolve(own.catalog(), 3, Platform.OPENSTACK));
        assertThat(refused).as("the advisories were accepted").isNotNull();
        return own.relative(refused.problems());
    }

    @Test
    void an_advisory_holds_for_its_versions_and_platforms_and_ends_by_itself() throws Exception {
        Catalog catalog = own.with("advisories/x.yaml", HEAD + AMENDS).catalog();

        assertThat(catalog.lint()).isEmpty();
        assertThat(resolve(catalog, 1, Platform.OPENSTACK).advisories()).isEmpty();
        assertThat(resolve(catalog, 2, Platform.OPENSTACK).advisories()).hasSize(1);
        assertThat(resolve(catalog, 4, Platform.OPENSTACK).advisories()).hasSize(1);
        assertThat(resolve(catalog, 5, Platform.OPENSTACK).advisories()).isEmpty();
        assertThat(resolve(catalog, CalicoVersion.NEWEST_PATCH, Platform.OPENSTACK)
                        .advisories())
                .isEmpty();
        assertThat(resolve(catalog, 3, Platform.KUBERNETES).advisories()).isEmpty();
    }

    @Test
    void an_amending_advisory_says_what_changes_and_under_which_conditions() throws Exception {
        ResolvedPack pack = resolve(own.with("advisories/x.yaml", HEAD + AMENDS).catalog(), 3, Platform.OPENSTACK);

        Advisory advisory = pack.advisories().get(0);
        assertThat(advisory.source().url()).isEqualTo("https://example.org/page");
        assertThat(advisory.amended()).hasValueSatisfying(amends -> {
            assertThat(amends.changes()).isEqualTo(Map.of("FAIL", "WARN"));
            assertThat(amends.unless()).isEqualTo(Map.of("typha", List.of("true")));
            assertThat(amends.provided()).first().isEqualTo(new Advisory.Met(new Check.KernelModule("ip_set")));
            assertThat(amends.provided()).last().isEqualTo(new Advisory.Came("kernel-version", List.of("FAIL")));
        });
        assertThat(pack.requirements(Profile.PRACTICAL)).isEqualTo(pack.requirements());
    }

    @Test
    void a_requirement_that_an_advisory_adds_is_judged_in_the_practical_profile_only() throws Exception {
        ResolvedPack pack = resolve(own.with("advisories/x.yaml", HEAD + ADDS).catalog(), 3, Platform.OPENSTACK);

        assertThat(pack.requirements()).extracting(Requirement::id).containsExactly("kernel-version");
        assertThat(pack.requirements(Profile.DOCUMENTED)).isEqualTo(pack.requirements());
        assertThat(pack.requirements(Profile.PRACTICAL)).last().satisfies(added -> {
            assertThat(added.id()).isEqualTo("interface-management/tap*");
            assertThat(added.appliesTo()).isEqualTo(Map.of("networking", List.of("calico")));
            assertThat(added.source().document()).isEqualTo("A page");
        });
        assertThat(PackWriter.write(pack).findValuesAsText("addedBy")).isEmpty();
        assertThat(PackWriter.write(pack, Profile.PRACTICAL).findValuesAsText("addedBy"))
                .containsExactly("KI-tap");
    }

    @Test
    void a_requirement_that_an_advisory_adds_may_matter_on_some_hosts_only() throws Exception {
        String provided = "    provided: [{fact: kernel.release, atLeast: 3}]\n";
        ResolvedPack pack =
                resolve(own.with("advisories/x.yaml", HEAD + ADDS + provided).catalog(), 3, Platform.OPENSTACK);

        assertThat(pack.advisories().get(0).provided())
                .singleElement()
                .isInstanceOfSatisfying(
                        Advisory.Met.class,
                        met -> assertThat(met.check().kind()).isEqualTo("fact"));
    }

    @Test
    void a_shown_pack_names_the_advisories_that_may_amend_a_requirement() throws Exception {
        ResolvedPack pack = resolve(own.with("advisories/x.yaml", HEAD + AMENDS).catalog(), 3, Platform.OPENSTACK);

        JsonNode kernel = PackWriter.write(pack, Profile.PRACTICAL).at("/requirements/0");

        assertThat(kernel.at("/amendedBy/0").asText()).isEqualTo("KI-old-kernel");
        assertThat(PackWriter.write(pack).at("/requirements/0").has("amendedBy"))
                .isFalse();
    }

    @Test
    void the_digest_of_a_pack_covers_the_advisories() throws Exception {
        String without = resolve(own.catalog(), 3, Platform.OPENSTACK).digest();
        String with = resolve(own.with("advisories/x.yaml", HEAD + AMENDS).catalog(), 3, Platform.OPENSTACK)
                .digest();

        assertThat(with).isNotEqualTo(without);
    }

    @Test
    void all_mistakes_in_the_form_are_reported_at_once_each_at_its_place() {
        assertThat(mistakesOf(HEAD
                        + AMENDS.replace("FAIL: WARN", "FAIL: WRAN, UNKNOWN: PASS")
                                .replace("because:", "becuase:")
                                .replace("atLeast: 3", "atLest: 3")
                                .replace("unless: {typha: [true]}", "unless: {typha: [maybe]}")))
                .hasSize(5)
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("advisories/x.yaml:10:21: ")
                        .contains("\"WRAN\"; allowed: ")
                        .endsWith("Did you mean \"WARN\"?"))
                .anySatisfy(problem ->
                        assertThat(problem).contains("\"UNKNOWN\" must not be \"PASS\"; allowed: NOT_APPLICABLE, WARN"))
                .anySatisfy(problem ->
                        assertThat(problem).contains("unknown key \"becuase\"").endsWith("Did you mean \"because\"?"))
                .anySatisfy(problem -> assertThat(problem).contains("\"atLest\""))
                .anySatisfy(problem -> assertThat(problem).contains("\"maybe\""));
    }

    @Test
    void what_an_advisory_names_must_be_there() {
        assertThat(mistakesOf(HEAD
                        + AMENDS.replace("amends: kernel-version", "amends: [kernel-versoin, \"ports/*\"]")
                                .replace("capability: ip_set", "capability: ipset")
                                .replace("requirement: kernel-version", "requirement: kernel")))
                .containsExactlyInAnyOrder(
                        "advisories/x.yaml:9:14: there is no requirement \"kernel-versoin\"; known: kernel-version."
                                + " Did you mean \"kernel-version\"?",
                        "advisories/x.yaml:9:30: there is no requirement \"ports/*\"; known: kernel-version",
                        "advisories/x.yaml:12:22: there is no capability \"ipset\"; known: ip_set. Did you mean"
                                + " \"ip_set\"?",
                        "advisories/x.yaml:14:23: there is no requirement \"kernel\"; known: kernel-version");
    }

    @Test
    void a_requirement_of_another_pack_that_the_advisory_is_for_need_not_be_in_this_one() throws Exception {
        own.with(
                        "packs/small-3.16.yaml",
                        RulesOnDisk.SMALL
                                .replace("id: calico-3.16", "id: small-3.16")
                                .replace("id: kernel-version", "id: floor"))
                .with("advisories/x.yaml", HEAD + AMENDS);

        assertThat(own.catalog().lint()).isEmpty();
        assertThat(own.catalog().resolve("small-3.16", Platform.OPENSTACK).requirements())
                .hasSize(1);
    }

    @Test
    void an_advisory_that_never_holds_is_refused() {
        assertThat(mistakesOf(HEAD + AMENDS.replace("until: \"3.16.5\"", "until: \"3.16\"")))
                .containsExactly("advisories/x.yaml:5:38: \"until\" must be later than \"from\", or this never holds");
    }

    @Test
    void an_advisory_either_amends_or_adds() {
        assertThat(mistakesOf(HEAD + ADDS.replace("    because:", "    amends: kernel-version\n    because:")))
                .containsExactly(
                        "advisories/x.yaml:7:5: \"amends\" does not go with the other keys here; leave it out");
        assertThat(mistakesOf(HEAD + AMENDS.replace("    amends: kernel-version\n", "")))
                .containsExactly("advisories/x.yaml:3:5: this entry of \"advisories\" needs the key \"amends\"");
    }

    @Test
    void a_requirement_that_is_there_cannot_be_added() {
        assertThat(mistakesOf(HEAD + ADDS.replace("id: interface-management/tap*", "id: kernel-version")))
                .containsExactly("advisories/x.yaml:10:11: there is a requirement \"kernel-version\" already on"
                        + " openstack; give this one another id");
    }

    @Test
    void two_advisories_of_one_folder_have_two_ids() {
        assertThat(mistakesOf(HEAD + ADDS + ADDS))
                .singleElement()
                .asString()
                .startsWith("advisories/x.yaml:17:9: there is an advisory \"KI-tap\" already, in ");
    }

    @Test
    void a_site_replaces_an_advisory_only_where_its_file_says_so() throws Exception {
        own.with("advisories/x.yaml", HEAD + AMENDS);
        String over = HEAD + AMENDS.replace("FAIL: WARN", "FAIL: PASS");
        site.with("advisories/ours.yaml", over);
        InvalidRulesException refused = catchThrowableOfType(
                InvalidRulesException.class, () -> resolve(own.catalog(site), 3, Platform.OPENSTACK));
        assertThat(refused)
                .hasMessageContaining("site/advisories/ours.yaml:3:9: there is an advisory \"KI-old-kernel\" already: ")
                .hasMessageContaining("add \"replaces: [KI-old-kernel]\" to this file");

        site.with("advisories/ours.yaml", over + "replaces: [KI-old-kernel]\n");
        assertThat(resolve(own.catalog(site), 3, Platform.OPENSTACK).advisories())
                .singleElement()
                .satisfies(advisory ->
                        assertThat(advisory.amended().orElseThrow().changes()).containsEntry("FAIL", "PASS"));
    }

    @Test
    void a_file_that_replaces_nothing_is_refused() {
        assertThat(mistakesOf("replaces: [KI-none]\n" + HEAD + AMENDS))
                .containsExactly(
                        "advisories/x.yaml:1:12: \"KI-none\" does not stand both here and in a folder below, so"
                                + " nothing is replaced");
    }

    @Test
    void lint_reads_advisories_thoroughly_and_their_cases_too() throws Exception {
        own.with("advisories/x.yaml", HEAD + ADDS).with("advisories/x.test.yaml", """
                schema: calico-preflight/pack-test/1
                pack: calico-3.16
                cases:
                  - name: practical
                    target: {platform: openstack, profile: practical}
                    facts: {}
                    expect: {"interface-management/tap*": UNKNOWN}
                  - name: documented
                    target: {platform: openstack}
                    facts: {}
                    expect: {"interface-management/tap*": UNKNOWN}
                """);

        assertThat(own.relative(own.catalog().lint()))
                .singleElement()
                .asString()
                .startsWith("advisories/x.test.yaml:8: there is no requirement \"interface-management/tap*\"");
    }
}
