package calico.preflight.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import calico.preflight.catalog.knowledge.NetworkProviders;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.requirement.Check;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Platform;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of rules that lie over the installation's own. */
class OverlayTest {

    private static final CalicoVersion V3_16 = new CalicoVersion(3, 16, CalicoVersion.NEWEST_PATCH);
    private static final String OVER = """
            schema: calico-preflight/rule-pack/1
            id: calico-3.16
            calico: "3.16"
            extends: calico-3.16
            replaces: calico-3.16
            override:
              - {id: kernel-version, parameters: {minimum: "5.4"}}
            """;

    @TempDir
    private Path directory;

    private RulesOnDisk own;
    private RulesOnDisk site;

    @BeforeEach
    void writeRules() {
        own = RulesOnDisk.own(directory.resolve("own")).with("packs/calico-3.16.yaml", RulesOnDisk.SMALL);
        site = RulesOnDisk.site(directory.resolve("site"));
    }

    @Test
    void a_site_may_put_a_pack_in_the_place_of_another_and_build_on_it() throws Exception {
        site.with("packs/calico-3.16.yaml", OVER);
        ResolvedPack pack = own.catalog(site).resolve(V3_16, Platform.OPENSTACK);
        assertThat(pack.requirements()).singleElement().satisfies(kernel -> assertThat(
                        ((Check.KernelVersion) kernel.check()).minimum())
                .isEqualTo("5.4"));
        assertThat(pack.inference()).singleElement().satisfies(rules -> assertThat(rules.trusted())
                .isTrue());
        assertThat(own.catalog(site).lint()).isEmpty();
    }

    @Test
    void a_site_that_puts_a_pack_in_the_place_of_another_must_say_so() {
        site.with("packs/calico-3.16.yaml", OVER.replace("replaces: calico-3.16\n", ""));
        assertThatThrownBy(() -> own.catalog(site).resolve(V3_16, Platform.OPENSTACK))
                .isInstanceOf(InvalidRulesException.class)
                .hasMessageContaining("site/packs/calico-3.16.yaml:2:5: there is a pack \"calico-3.16\" already: ")
                .hasMessageContaining("add \"replaces: calico-3.16\"");
    }

    @Test
    void a_pack_that_replaces_nothing_is_refused() {
        site.with(
                "packs/calico-3.17.yaml",
                OVER.replace("id: calico-3.16\n", "id: calico-3.17\n")
                        .replace("calico: \"3.16\"", "calico: \"3.17\"")
                        .replace("replaces: calico-3.16", "replaces: calico-3.17"));
        assertThatThrownBy(() -> own.catalog(site).resolve("calico-3.17", Platform.OPENSTACK))
                .hasMessageContaining("site/packs/calico-3.17.yaml:5:11: there is no pack \"calico-3.17\" below");
    }

    @Test
    void rule_files_of_a_site_are_not_trusted_and_come_first() throws Exception {
        site.with("inference/kernel.drl", "// the site's\n")
                .with("packs/calico-3.16.yaml", OVER + "inference: [kernel.drl]\n");
        assertThat(own.catalog(site).resolve(V3_16, Platform.OPENSTACK).inference())
                .singleElement()
                .satisfies(rules -> {
                    assertThat(rules.trusted()).isFalse();
                    assertThat(rules.text()).isEqualTo("// the site's\n");
                });
    }

    @Test
    void knowledge_is_added_to_and_replaced_only_where_the_file_says_so() throws Exception {
        own.with("knowledge/kernel.yaml", """
                schema: calico-preflight/kernel-knowledge/1
                completeConfiguration: [NET]
                modules: {ip_set: [{symbol: IP_SET}]}
                """);
        String over = """
                schema: calico-preflight/kernel-knowledge/1
                modules:
                  ip_set: [{symbol: OUR_IP_SET}]
                  ours: [{symbol: OURS}]
                capabilities:
                  ours: {providedBy: [{module: ours}, {module: ip_set}]}
                """;
        site.with("knowledge/kernel.yaml", over);
        assertThatThrownBy(() -> own.catalog(site).knowledge())
                .isInstanceOf(InvalidRulesException.class)
                .hasMessageEndingWith(
                        "site/knowledge/kernel.yaml:3:3: there is modules/ip_set already; to replace it, add"
                                + " \"replaces: [modules/ip_set]\" to this file");
        site.with("knowledge/kernel.yaml", over + "replaces: [modules/ip_set]\n");
        var kernel = own.catalog(site).knowledge().kernel();
        assertThat(kernel.modules()).containsOnlyKeys("ip_set", "ours");
        assertThat(kernel.modules().get("ip_set")).singleElement().satisfies(form -> assertThat(form.symbol())
                .isEqualTo("OUR_IP_SET"));
        assertThat(kernel.completeConfiguration()).containsExactly("NET");
        assertThat(own.catalog(site).knowledge().openstack().releases()).hasSize(2);
    }

    @Test
    void network_providers_are_added_to_and_replaced_by_name() throws Exception {
        String over = """
                schema: calico-preflight/network-providers/1
                helpers: [ours-helper]
                providers:
                  - {name: ours, plugins: [ours], source: "https://example.org/ours"}
                  - {name: flannel, plugins: [our-flannel], source: "https://example.org/ours"}
                """;
        site.with("knowledge/network-providers.yaml", over);
        assertThatThrownBy(() -> own.catalog(site).knowledge())
                .isInstanceOf(InvalidRulesException.class)
                .hasMessageEndingWith("site/knowledge/network-providers.yaml:5:6: there is providers/flannel already;"
                        + " to replace it, add \"replaces: [providers/flannel]\" to this file");
        site.with("knowledge/network-providers.yaml", over + "replaces: [providers/flannel]\n");
        NetworkProviders network = own.catalog(site).knowledge().network();
        assertThat(network.helpers()).containsExactly("portmap", "ours-helper");
        assertThat(network.providers())
                .extracting(provider -> provider.name() + " " + provider.plugins())
                .containsExactly("calico [calico]", "flannel [our-flannel]", "ours [ours]");
    }

    @Test
    void the_installation_must_have_its_knowledge() {
        assertThat(directory.resolve("own/knowledge/kernel.yaml").toFile().delete())
                .isTrue();
        assertThatThrownBy(() -> own.catalog().resolve(V3_16, Platform.OPENSTACK))
                .hasMessageEndingWith("own/knowledge/kernel.yaml: there is no such file");
    }

    @Test
    void a_folder_that_holds_no_rules_is_refused() {
        site.with("readme.txt", "nothing here");
        assertThatThrownBy(() -> own.catalog(site))
                .isInstanceOf(InvalidRulesException.class)
                .hasMessageEndingWith(
                        "site: holds none of packs, inference, knowledge and advisories; it does not look like a folder of"
                                + " rules");
        assertThatThrownBy(() -> own.catalog(RulesOnDisk.site(directory.resolve("nowhere"))))
                .hasMessageEndingWith("nowhere: there is no such folder");
    }
}
