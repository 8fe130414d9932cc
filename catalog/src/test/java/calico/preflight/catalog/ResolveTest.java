package calico.preflight.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import calico.preflight.catalog.pack.PackWriter;
import calico.preflight.catalog.pack.Removal;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.requirement.Check;
import calico.preflight.catalog.requirement.Level;
import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.catalog.requirement.Source;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How packs build on each other. */
class ResolveTest {

    private static final String CHILD = """
            schema: calico-preflight/rule-pack/1
            id: calico-3.17
            calico: "3.17"
            extends: calico-3.16
            """;

    /** With a document whose address continues another. */
    private static final String SMALL_SITE = RulesOnDisk.SMALL
            .replace("documents:", "documentsAt: \"https://docs.example/v{calico}/\"\ndocuments:")
            .replace("title: Requirements", "title: \"v{calico}: Requirements\"")
            .replaceFirst("url: \\{.*}", "url: reqs");

    @TempDir
    private Path directory;

    private RulesOnDisk rules;

    @BeforeEach
    void writeRules() {
        rules = RulesOnDisk.own(directory).with("packs/calico-3.16.yaml", RulesOnDisk.SMALL + architecture(""));
    }

    private static String architecture(String more) {
        return """
                  - id: architecture
                    kind: architecture
                    level: informational
                    settledBy: image
                    title: An architecture
                    parameters: {anyOf: [x86_64]}
                    source: {document: requirements, section: Nodes}
                """ + more.indent(4);
    }

    private ResolvedPack resolve(String version, Platform platform) throws InvalidRulesException, NoSuchPackException {
        return rules.catalog().resolve(CalicoVersion.parse(version).orElseThrow(), platform);
    }

    private static List<String> ids(ResolvedPack pack) {
        return pack.requirements().stream().map(Requirement::id).toList();
    }

    @Test
    void a_pack_gives_its_requirements_with_sources_and_rules() throws Exception {
        ResolvedPack pack = resolve("3.16", Platform.KUBERNETES);
        assertThat(ids(pack)).containsExactly("kernel-version", "architecture");
        Requirement kernel = pack.requirements().get(0);
        assertThat(kernel.check()).isEqualTo(new Check.KernelVersion("3.10", List.of()));
        assertThat(kernel.source()).isEqualTo(new Source("Requirements", "Nodes", "https://example.org/kubernetes"));
        assertThat(kernel.notes()).isEmpty();
        assertThat(pack.defaults()).isEqualTo(Map.of("datastore", "kubernetes"));
        assertThat(pack.inference())
                .containsExactly(new ResolvedPack.RuleFile(
                        directory.resolve("inference/kernel.drl").toString(), "// rules\n", true));
        assertThat(pack.digest()).matches("sha256:[0-9a-f]{64}");
    }

    @Test
    void a_child_keeps_the_order_of_its_parent_and_adds_at_the_end() throws Exception {
        rules.with(
                "packs/calico-3.17.yaml",
                CHILD + "requirements:\n" + architecture("").replace("id: architecture", "id: another")
                        + "override:\n  - {id: kernel-version, level: recommended, parameters: {minimum: \"4.4\"}}\n");
        ResolvedPack pack = resolve("3.17", Platform.OPENSTACK);
        assertThat(ids(pack)).containsExactly("kernel-version", "architecture", "another");
        assertThat(pack.requirements().get(0).check()).isEqualTo(new Check.KernelVersion("4.4", List.of()));
        assertThat(pack.requirements().get(0).title()).isEqualTo("Linux kernel 3.10 or newer");
        assertThat(pack.defaults()).isEqualTo(Map.of("datastore", "etcd", "typha", "false"));
        assertThat(resolve("3.16", Platform.OPENSTACK).requirements().get(0).check())
                .isEqualTo(new Check.KernelVersion("3.10", List.of()));
    }

    @Test
    void a_child_overrides_and_removes_on_one_platform_only() throws Exception {
        rules.with("packs/calico-3.17.yaml", CHILD + """
                        override:
                          - {id: kernel-version, platforms: [openstack], title: Another kernel}
                        remove:
                          - {id: architecture, platforms: [kubernetes], because: The page no longer says so.}
                        """);
        assertThat(ids(resolve("3.17", Platform.KUBERNETES))).containsExactly("kernel-version");
        assertThat(ids(resolve("3.17", Platform.OPENSTACK))).containsExactly("kernel-version", "architecture");
        assertThat(resolve("3.17", Platform.OPENSTACK).requirements().get(0).title())
                .isEqualTo("Another kernel");
    }

    @Test
    void what_an_older_pack_removed_comes_back_as_it_was_and_can_be_changed_at_once() throws Exception {
        rules.with("packs/calico-3.17.yaml", CHILD + "remove: [{id: architecture, because: It is gone.}]\n")
                .with(
                        "packs/calico-3.18.yaml",
                        CHILD.replace("3.17", "3.18").replace("3.16", "3.17")
                                + "restore: [{id: architecture, platforms: [openstack]}]\n"
                                + "override: [{id: architecture, title: Any architecture}]\n");
        assertThat(ids(resolve("3.17", Platform.OPENSTACK))).containsExactly("kernel-version");
        assertThat(ids(resolve("3.18", Platform.KUBERNETES))).containsExactly("kernel-version");
        Requirement back = resolve("3.18", Platform.OPENSTACK).requirements().get(1);
        assertThat(back.title()).isEqualTo("Any architecture");
        assertThat(back.check()).isEqualTo(new Check.Architecture(List.of("x86_64")));
        assertThat(rules.catalog().lint()).isEmpty();
    }

    @Test
    void one_entry_may_change_or_remove_several_requirements() throws Exception {
        rules.with(
                        "packs/calico-3.17.yaml",
                        CHILD + "override: [{id: [kernel-version, architecture], level: recommended}]\n")
                .with(
                        "packs/calico-3.18.yaml",
                        CHILD.replace("3.17", "3.18").replace("3.16", "3.17")
                                + "remove: [{id: [kernel-version, architecture], because: Both are gone.}]\n")
                .with(
                        "packs/calico-3.19.yaml",
                        CHILD.replace("3.17", "3.19").replace("3.16", "3.18")
                                + "restore: [{id: [architecture, kernel-version]}]\n");
        assertThat(resolve("3.17", Platform.OPENSTACK).requirements())
                .extracting(Requirement::level)
                .containsOnly(Level.RECOMMENDED);
        assertThat(resolve("3.18", Platform.OPENSTACK).requirements()).isEmpty();
        assertThat(ids(resolve("3.19", Platform.OPENSTACK))).containsExactly("architecture", "kernel-version");
    }

    @Test
    void requirements_of_one_family_stand_together_whichever_version_brought_them() throws Exception {
        rules.with(
                "packs/calico-3.17.yaml",
                CHILD + "requirements:\n"
                        + architecture("").replace("id: architecture", "id: kernel-version/ebpf")
                        + architecture("").replace("id: architecture", "id: another"));
        assertThat(ids(resolve("3.17", Platform.OPENSTACK)))
                .containsExactly("kernel-version", "kernel-version/ebpf", "architecture", "another");
    }

    @Test
    void the_version_of_the_pack_stands_in_titles_and_addresses() throws Exception {
        rules.with("packs/calico-3.16.yaml", SMALL_SITE)
                .with("packs/calico-3.17.yaml", CHILD + """
                        documents:
                          requirements: {url: {openstack: openstack/reqs}}
                        """)
                .with("packs/calico-3.18.yaml", CHILD.replace("3.17", "3.18").replace("3.16", "3.17") + """
                        documentsAt: "https://docs-3-18.example/"
                        documents:
                          requirements: {title: "v{calico}: Needs", url: {kubernetes: "https://k8s.example/{calico}"}}
                        """);
        assertThat(source("3.16", Platform.OPENSTACK))
                .isEqualTo(new Source("v3.16: Requirements", "Nodes", "https://docs.example/v3.16/reqs"));
        assertThat(source("3.16.5", Platform.OPENSTACK)).isEqualTo(source("3.16", Platform.OPENSTACK));
        assertThat(source("3.17", Platform.OPENSTACK))
                .isEqualTo(new Source("v3.17: Requirements", "Nodes", "https://docs.example/v3.17/openstack/reqs"));
        assertThat(source("3.17", Platform.KUBERNETES).url()).isEqualTo("https://docs.example/v3.17/reqs");
        assertThat(source("3.18", Platform.OPENSTACK))
                .isEqualTo(new Source("v3.18: Needs", "Nodes", "https://docs-3-18.example/openstack/reqs"));
        assertThat(source("3.18", Platform.KUBERNETES).url()).isEqualTo("https://k8s.example/3.18");
        assertThat(rules.catalog().lint()).isEmpty();
    }

    @Test
    void what_a_child_removes_it_says_why_until_it_comes_back() throws Exception {
        rules.with("packs/calico-3.17.yaml", CHILD + "remove: [{id: architecture, because: The page dropped it.}]\n")
                .with(
                        "packs/calico-3.18.yaml",
                        CHILD.replace("3.17", "3.18").replace("3.16", "3.17") + "requirements:\n" + architecture(""));

        assertThat(resolve("3.16", Platform.OPENSTACK).removed()).isEmpty();
        assertThat(resolve("3.17", Platform.OPENSTACK).removed())
                .isEqualTo(Map.of("architecture", new Removal("calico-3.17", "The page dropped it.")));
        assertThat(resolve("3.18", Platform.OPENSTACK).removed()).isEmpty();
    }

    @Test
    void what_is_offered_is_inherited_option_by_option() throws Exception {
        rules.with("packs/calico-3.16.yaml", RulesOnDisk.SMALL + """
                        offers:
                          kubernetes: {dataplane: [iptables], encapsulation: [none, ipip], wireguard: [false]}
                        """).with("packs/calico-3.17.yaml", CHILD + """
                        offers:
                          kubernetes: {dataplane: [iptables, ebpf]}
                        """);

        assertThat(resolve("3.16", Platform.OPENSTACK).offers()).isEmpty();
        assertThat(resolve("3.17", Platform.KUBERNETES).offers())
                .isEqualTo(Map.of(
                        "dataplane",
                        List.of("iptables", "ebpf"),
                        "encapsulation",
                        List.of("none", "ipip"),
                        "wireguard",
                        List.of("false")));
    }

    @Test
    void every_patch_is_resolved_for_itself_whichever_was_asked_for_first() throws Exception {
        rules.with("packs/calico-3.16.yaml", RulesOnDisk.SMALL + architecture("since: \"3.16.3\""))
                .with("packs/calico-3.17.yaml", CHILD);
        Catalog catalog = rules.catalog();
        List<List<String>> resolved = new ArrayList<>();
        for (String version : List.of("3.17.0", "3.16", "3.16.2", "3.16.3", "3.17", "3.16.2")) {
            resolved.add(ids(catalog.resolve(CalicoVersion.parse(version).orElseThrow(), Platform.OPENSTACK)));
        }

        List<String> both = List.of("kernel-version", "architecture");
        List<String> one = List.of("kernel-version");
        assertThat(resolved).containsExactly(both, both, one, both, both, one);
    }

    @Test
    void the_nearest_version_is_the_one_with_fewest_versions_between() throws Exception {
        for (String minor : List.of("3.20", "4.1")) {
            rules.with(
                    "packs/calico-" + minor + ".yaml",
                    CHILD.replace("calico-3.17", "calico-" + minor).replace("\"3.17\"", "\"" + minor + "\""));
        }
        Catalog catalog = rules.catalog();
        Map<String, String> nearest = Map.of(
                "2.6", "3.16", "3.0.1", "3.16", "3.17", "3.16", "3.18", "3.16", "3.19", "3.20", "3.33", "3.20", "4.0",
                "4.1", "5.0", "4.1");

        nearest.forEach((version, known) -> assertThat(
                        catalog.nearest(CalicoVersion.parse(version).orElseThrow()))
                .as(version)
                .hasToString("Optional[" + known + "]"));
        assertThat(catalog.knows(CalicoVersion.parse("3.20.4").orElseThrow())).isTrue();
        assertThat(catalog.knows(CalicoVersion.parse("3.21").orElseThrow())).isFalse();
        assertThat(catalog.versions()).hasToString("[3.16, 3.20, 4.1]");
    }

    private Source source(String version, Platform platform) throws Exception {
        return resolve(version, platform).requirements().get(0).source();
    }

    @Test
    void an_override_may_empty_a_field() throws Exception {
        rules.with("packs/calico-3.16.yaml", RulesOnDisk.SMALL + "    appliesTo: {typha: [true], bgp: [enabled]}\n")
                .with("packs/calico-3.17.yaml", CHILD + "override:\n  - {id: kernel-version, appliesTo: {}}\n");
        assertThat(resolve("3.16", Platform.OPENSTACK).requirements().get(0).appliesTo())
                .isEqualTo(Map.of("typha", List.of("true"), "bgp", List.of("enabled")));
        assertThat(resolve("3.17", Platform.OPENSTACK).requirements().get(0).appliesTo())
                .isEmpty();
    }

    @Test
    void since_and_until_are_patches_and_a_bare_minor_version_is_its_newest() throws Exception {
        rules.with(
                "packs/calico-3.16.yaml",
                RulesOnDisk.SMALL
                        + architecture("since: \"3.16.3\"")
                        + architecture("until: \"3.16.3\"").replace("x86_64", "s390x"));
        assertThat(architectures("3.16.2")).containsExactly("s390x");
        assertThat(architectures("3.16.3")).containsExactly("x86_64");
        assertThat(architectures("3.16.10")).containsExactly("x86_64");
        assertThat(architectures("3.16")).containsExactly("x86_64");
        assertThat(rules.catalog().lint()).isEmpty();
    }

    private List<String> architectures(String version) throws Exception {
        Check check = resolve(version, Platform.OPENSTACK).requirements().get(1).check();
        return ((Check.Architecture) check).anyOf();
    }

    @Test
    void a_patch_that_brings_an_id_twice_is_found_by_lint() throws Exception {
        rules.with(
                "packs/calico-3.16.yaml",
                RulesOnDisk.SMALL + architecture("since: \"3.16.3\"") + architecture("until: \"3.16.4\""));
        assertThat(resolve("3.16", Platform.OPENSTACK).requirements()).hasSize(2);
        assertThat(rules.relative(rules.catalog().lint()))
                .containsExactly(
                        "packs/calico-3.16.yaml:29:9: \"architecture\" is there already; give this one another id,"
                                + " or let the two name different platforms");
    }

    @Test
    void what_is_not_there_can_be_neither_removed_nor_changed_and_what_is_there_not_added() {
        rules.with("packs/calico-3.17.yaml", CHILD + """
                        remove:
                          - {id: architectur, because: It is gone.}
                        override:
                          - {id: kernel, title: Kernel}
                        requirements:
                        """ + architecture(""));
        assertThatThrownBy(() -> resolve("3.17", Platform.OPENSTACK))
                .isInstanceOfSatisfying(
                        InvalidRulesException.class, refused -> assertThat(rules.relative(refused.problems()))
                                .containsExactly(
                                        "packs/calico-3.17.yaml:6:10: there is no requirement \"architectur\" to remove;"
                                                + " known: architecture, kernel-version. Did you mean \"architecture\"?",
                                        "packs/calico-3.17.yaml:8:10: there is no requirement \"kernel\" to override;"
                                                + " known: architecture, kernel-version",
                                        "packs/calico-3.17.yaml:10:9: \"architecture\" is there already, from"
                                                + " packs/calico-3.16.yaml; to change it, put it below \"override\""));
    }

    @Test
    void only_what_was_removed_can_be_restored() {
        rules.with("packs/calico-3.17.yaml", CHILD + """
                        remove:
                          - {id: architecture, platforms: [openstack], because: It is gone.}
                        restore:
                          - {id: [kernel-version]}
                        """);
        assertThatThrownBy(() -> resolve("3.17", Platform.OPENSTACK))
                .isInstanceOfSatisfying(
                        InvalidRulesException.class, refused -> assertThat(rules.relative(refused.problems()))
                                .containsExactly("packs/calico-3.17.yaml:8:11: there is no requirement"
                                        + " \"kernel-version\" that an older pack removed; known: architecture"));
    }

    @Test
    void parameters_of_an_override_are_checked_by_the_kind_that_the_parent_names() {
        rules.with(
                "packs/calico-3.17.yaml",
                CHILD + "override:\n  - {id: kernel-version, parameters: {minimun: \"4.4\"}}\n");
        assertThatThrownBy(() -> resolve("3.17", Platform.OPENSTACK))
                .isInstanceOfSatisfying(
                        InvalidRulesException.class, refused -> assertThat(rules.relative(refused.problems()))
                                .containsExactly(
                                        "packs/calico-3.17.yaml:6:39: unknown key \"minimun\"; allowed: minimum, trains."
                                                + " Did you mean \"minimum\"?"));
    }

    @Test
    void a_platform_that_is_no_longer_supported_is_refused_with_the_reason() throws Exception {
        rules.with("packs/calico-3.17.yaml", CHILD + "unsupported: {openstack: The driver was taken out.}\n");
        assertThatThrownBy(() -> resolve("3.17", Platform.OPENSTACK))
                .isInstanceOf(NoSuchPackException.class)
                .hasMessage(
                        "the pack calico-3.17 is not for openstack: The driver was taken out.; it is for: kubernetes");
        assertThatThrownBy(() -> resolve("3.17", Platform.HOST))
                .hasMessage("the pack calico-3.17 is not for host; it is for: kubernetes");
        assertThat(ids(resolve("3.17", Platform.KUBERNETES))).hasSize(2);
    }

    @Test
    void an_unknown_version_is_refused_with_the_nearest_known() {
        rules.with("packs/calico-3.18.yaml", CHILD.replace("3.17", "3.18"));
        assertThatThrownBy(() -> resolve("3.17.2", Platform.OPENSTACK))
                .isInstanceOf(NoSuchPackException.class)
                .hasMessage("there is no pack for Calico 3.17.2; the nearest known: 3.16, 3.18");
        assertThatThrownBy(() -> rules.catalog().resolve("calico-3.19", Platform.OPENSTACK))
                .hasMessage("there is no pack \"calico-3.19\"; known: calico-3.16, calico-3.18. Did you mean"
                        + " \"calico-3.16\"?");
    }

    @Test
    void packs_are_sorted_by_version_and_not_by_letters() throws Exception {
        rules.with("packs/calico-3.9.yaml", RulesOnDisk.SMALL.replace("3.16", "3.9"))
                .with("packs/site.yaml", CHILD.replace("calico-3.17", "site"));
        Catalog catalog = rules.catalog();
        assertThat(catalog.packs()).extracting(PackHeader::id).containsExactly("calico-3.9", "calico-3.16", "site");
        assertThat(catalog.packs().get(2))
                .isEqualTo(new PackHeader(
                        "site",
                        new CalicoVersion(3, 17, CalicoVersion.NEWEST_PATCH),
                        List.of(Platform.KUBERNETES, Platform.OPENSTACK),
                        directory.resolve("packs/site.yaml"),
                        java.util.Optional.of("calico-3.16")));
        assertThat(catalog.newest()).contains(new CalicoVersion(3, 16, CalicoVersion.NEWEST_PATCH));
        assertThat(catalog.resolve("site", Platform.OPENSTACK).calico()).hasToString("3.17");
    }

    @Test
    void a_broken_pack_does_not_stand_in_the_way_of_another() throws Exception {
        rules.with("packs/calico-3.17.yaml", "{");
        assertThat(ids(resolve("3.16", Platform.OPENSTACK))).hasSize(2);
        assertThat(rules.relative(rules.catalog().lint())).hasSize(1);
    }

    @Test
    void the_digest_changes_with_every_file_that_the_pack_is_made_of() throws Exception {
        rules.with("packs/calico-3.17.yaml", CHILD);
        String digest = resolve("3.17", Platform.OPENSTACK).digest();
        assertThat(resolve("3.17", Platform.OPENSTACK).digest()).isEqualTo(digest);
        rules.with("inference/kernel.drl", "// other rules\n");
        String other = resolve("3.17", Platform.OPENSTACK).digest();
        assertThat(other).isNotEqualTo(digest);
        rules.with("packs/calico-3.16.yaml", RulesOnDisk.SMALL);
        assertThat(resolve("3.17", Platform.OPENSTACK).digest()).isNotEqualTo(other);
    }

    @Test
    void a_pack_is_written_without_what_it_does_not_say() throws IOException, Exception {
        rules.with("packs/calico-3.16.yaml", RulesOnDisk.SMALL + """
                          - id: port/bgp
                            kind: port
                            level: must
                            settledBy: network
                            title: BGP
                            appliesTo: {bgp: [enabled], typha: [false]}
                            parameters: {protocol: tcp, port: 179, direction: both, hosts: all}
                            source: {document: requirements, section: Network}
                            notes: [Some networks use another port.]
                            remedy: Let TCP port 179 through.
                          - id: fact/forwarding
                            kind: fact
                            level: informational
                            settledBy: host
                            title: Forwarding
                            parameters: {fact: sysctl.net.ipv4.ip_forward, equalTo: 1}
                            source: {document: requirements, section: Network}
                        """);
        ResolvedPack pack = resolve("3.16", Platform.OPENSTACK);
        String written = PackWriter.write(pack).toPrettyString().replace(pack.digest(), "sha256:...");
        Golden.assertMatches("small-pack.json", written + "\n");
    }
}
