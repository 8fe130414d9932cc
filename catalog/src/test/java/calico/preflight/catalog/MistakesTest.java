package calico.preflight.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Platform;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person reads who made a mistake in a pack. */
class MistakesTest {

    @TempDir
    private Path directory;

    private RulesOnDisk rules;

    @BeforeEach
    void writeRules() {
        rules = RulesOnDisk.own(directory);
    }

    private List<String> mistakesOf(String pack) {
        return mistakesWith(rules.with("packs/calico-3.16.yaml", pack));
    }

    private List<String> mistakesWith(RulesOnDisk written) {
        InvalidRulesException refused = catchThrowableOfType(InvalidRulesException.class, () -> written.catalog()
                .resolve(new CalicoVersion(3, 16, 2), Platform.OPENSTACK));
        assertThat(refused).as("the pack was accepted").isNotNull();
        return written.relative(refused.problems());
    }

    @Test
    void five_different_mistakes_are_reported_at_once_each_at_its_place() {
        assertThat(mistakesOf("""
                        schema: calico-preflight/rule-pack/1
                        id: calico-3.16
                        calico: "3.16"
                        inference: [kernel.drl]
                        defaults:
                          openstack: {datastore: etdc}
                        documents:
                          requirements: {title: Requirements, url: "https://example.org/"}
                        requirements:
                          - id: kernel-version
                            kind: kernel-version
                            level: must
                            settledBy: image
                            title: Linux kernel 3.10 or newer
                            parameters: {minimum: 3.10}
                            source: {document: requirements, section: Nodes}
                            remdy: Boot a newer kernel.
                          - id: port/bgp
                            kind: port
                            level: mst
                            settledBy: network
                            title: BGP
                            parameters: {protocol: tpc, port: 179}
                            source: {document: requirements, section: Network}
                        """))
                .containsExactly(
                        "packs/calico-3.16.yaml:6:26: \"datastore\" must not be \"etdc\"; allowed: etcd, kubernetes."
                                + " Did you mean \"etcd\"?",
                        "packs/calico-3.16.yaml:15:27: \"minimum\" must be text, but is the number 3.10; put it in quotes:"
                                + " \"3.10\"",
                        "packs/calico-3.16.yaml:17:5: unknown key \"remdy\"; allowed: appliesTo, id, kind, level, notes,"
                                + " parameters, platforms, remedy, settledBy, since, source, title, until."
                                + " Did you mean \"remedy\"?",
                        "packs/calico-3.16.yaml:20:12: \"level\" must not be \"mst\"; allowed: default, informational,"
                                + " known-to-work, must, recommended, tested. Did you mean \"must\"?",
                        "packs/calico-3.16.yaml:23:28: \"protocol\" must not be \"tpc\"; allowed: ipip, tcp, udp."
                                + " Did you mean \"tcp\"?");
    }

    @Test
    void a_default_must_be_among_what_is_offered() {
        assertThat(mistakesOf(RulesOnDisk.SMALL.replace(
                        "documents:\n", "offers: {openstack: {datastore: [kubernetes]}}\ndocuments:\n")))
                .containsExactly("packs/calico-3.16.yaml:6:26: the default of datastore on openstack is \"etcd\","
                        + " which is not offered; allowed: kubernetes");
    }

    @Test
    void a_case_must_not_be_of_what_the_pack_does_not_offer() throws InvalidRulesException {
        rules.with(
                        "packs/calico-3.16.yaml",
                        RulesOnDisk.SMALL.replace(
                                "documents:\n", "offers: {openstack: {dataplane: [iptables]}}\ndocuments:\n"))
                .with("packs/calico-3.16.test.yaml", """
                        schema: calico-preflight/pack-test/1
                        pack: calico-3.16
                        cases:
                          - name: a case
                            target: {platform: openstack, dataplane: ebpf}
                            facts: {}
                            expect: {kernel-version: UNKNOWN}
                        """);

        assertThat(rules.relative(rules.catalog().lint()))
                .containsExactly("packs/calico-3.16.test.yaml:4: the pack offers no dataplane \"ebpf\" on openstack;"
                        + " known: iptables");
    }

    @Test
    void the_version_of_a_pack_must_be_in_quotes() {
        assertThat(mistakesOf(RulesOnDisk.SMALL.replace("calico: \"3.16\"", "calico: 3.10")))
                .containsExactly("packs/calico-3.16.yaml:3:9: \"calico\" must be text, but is the number 3.10;"
                        + " put it in quotes: \"3.10\"");
    }

    @Test
    void a_kind_that_is_misspelt_is_named_with_the_one_meant() {
        assertThat(mistakesOf(RulesOnDisk.SMALL.replace("kind: kernel-version", "kind: kernel-verion")))
                .singleElement()
                .asString()
                .startsWith(
                        "packs/calico-3.16.yaml:14:11: \"kind\" must not be \"kernel-verion\"; allowed: address-ranges, architecture, ")
                .endsWith("Did you mean \"kernel-version\"?");
    }

    @Test
    void a_network_provider_that_is_not_known_is_named_with_the_one_meant() {
        assertThat(mistakesOf(RulesOnDisk.SMALL
                        .replace("kind: kernel-version", "kind: network-provider")
                        .replace("{minimum: \"3.10\"}", "{allowed: [calico, flanel]}")))
                .containsExactly("packs/calico-3.16.yaml:18:36: there is no network provider in rules/knowledge"
                        + " \"flanel\"; known: calico, flannel. Did you mean \"flannel\"?");
    }

    @Test
    void a_condition_on_an_option_that_is_none_is_refused() {
        assertThat(mistakesOf(RulesOnDisk.SMALL
                        + "    appliesTo: {encapsulatoin: [ipip], ipFamily: [ipv5], typha: [true]}\n"))
                .satisfiesExactly(
                        option -> assertThat(option)
                                .startsWith("packs/calico-3.16.yaml:21:17: unknown key \"encapsulatoin\"")
                                .endsWith("Did you mean \"encapsulation\"?"),
                        value -> assertThat(value)
                                .isEqualTo(
                                        "packs/calico-3.16.yaml:21:51: this entry of \"ipFamily\" must not be \"ipv5\";"
                                                + " allowed: dual, ipv4, ipv6. Did you mean \"ipv4\"?"));
    }

    @Test
    void a_document_that_is_not_there_is_named_with_the_one_meant() {
        assertThat(mistakesOf(RulesOnDisk.SMALL.replace("document: requirements", "document: requirement")))
                .containsExactly("packs/calico-3.16.yaml:19:24: there is no document \"requirement\";"
                        + " known: requirements. Did you mean \"requirements\"?");
    }

    @Test
    void a_placeholder_that_stands_for_nothing_is_refused() {
        assertThat(mistakesOf(RulesOnDisk.SMALL
                        .replace("title: Requirements", "title: \"v{calcio}: Requirements\"")
                        .replace("example.org/openstack", "example.org/{version}/openstack/{")
                        .replace("documents:", "documentsAt: \"https://{calico}.example/{}/\"\ndocuments:")))
                .containsExactly(
                        "packs/calico-3.16.yaml:8:14: \"{}\" stands for nothing; known: {calico}",
                        "packs/calico-3.16.yaml:11:12: \"{calcio}\" stands for nothing; known: {calico}. Did you mean"
                                + " \"{calico}\"?",
                        "packs/calico-3.16.yaml:12:22: \"{\" stands for nothing; known: {calico}",
                        "packs/calico-3.16.yaml:12:22: \"{version}\" stands for nothing; known: {calico}");
    }

    @Test
    void an_address_that_continues_nothing_is_refused() {
        assertThat(mistakesOf(RulesOnDisk.SMALL.replace("https://example.org/kubernetes", "reqs")))
                .containsExactly("packs/calico-3.16.yaml:11:10: an address begins with https://, or continues that of"
                        + " \"documentsAt\", which no pack gives here");
        assertThat(mistakesOf(RulesOnDisk.SMALL.replace("https://example.org/kubernetes", "ftp://example.org/")))
                .singleElement()
                .asString()
                .startsWith(
                        "packs/calico-3.16.yaml:11:67: \"kubernetes\" must be an address that begins with https://");
    }

    @Test
    void a_document_that_a_pack_only_moves_must_be_there() {
        rules.with("packs/calico-3.15.yaml", RulesOnDisk.SMALL.replace("3.16", "3.15"));
        assertThat(mistakesOf("""
                        schema: calico-preflight/rule-pack/1
                        id: calico-3.16
                        calico: "3.16"
                        extends: calico-3.15
                        documents:
                          requirement: {url: "https://example.org/moved"}
                        """))
                .containsExactly("packs/calico-3.16.yaml:6:3: the document \"requirement\" has no \"title\", and no"
                        + " older pack gives it one; known: requirements. Did you mean \"requirements\"?");
        assertThat(mistakesOf(RulesOnDisk.SMALL.replaceFirst("    url: .*\n", "")))
                .containsExactly("packs/calico-3.16.yaml:10:5: \"requirements\" needs the key \"url\"");
    }

    @Test
    void a_requirement_has_one_id() {
        assertThat(mistakesOf(RulesOnDisk.SMALL.replace("id: kernel-version", "id: [kernel-version, kernel]")))
                .containsExactly("packs/calico-3.16.yaml:13:9: \"id\" must be text, but is a list");
    }

    @Test
    void a_key_without_a_value_is_refused() {
        assertThat(mistakesOf(RulesOnDisk.SMALL.replace("remedy: Boot a newer kernel.", "remedy:")))
                .containsExactly("packs/calico-3.16.yaml:20:12: \"remedy\" must be text, but has no value");
    }

    @Test
    void a_platform_that_the_pack_is_not_for_is_refused() {
        assertThat(mistakesOf(RulesOnDisk.SMALL + "    platforms: [openstack, openshift]\n"))
                .containsExactly(
                        "packs/calico-3.16.yaml:21:28: this pack is not for openshift: it has no \"defaults\" for it,"
                                + " or says that it is unsupported; known: kubernetes, openstack");
    }

    @Test
    void ports_are_numbers_of_the_range_and_fit_the_protocol() {
        String port = """
                  - id: port/x
                    kind: port
                    level: default
                    settledBy: network
                    title: X
                    source: {document: requirements, section: Network}
                    parameters: {protocol: ipip, port: 70000}
                """;
        assertThat(mistakesOf(RulesOnDisk.SMALL + port))
                .containsExactly(
                        "packs/calico-3.16.yaml:27:17: \"parameters\" needs the key \"number\"",
                        "packs/calico-3.16.yaml:27:34: \"port\" does not go with the other keys here; leave it out",
                        "packs/calico-3.16.yaml:27:40: \"port\" must be a number from 1 to 65535, but is 70000");
    }

    @Test
    void a_fact_is_compared_in_exactly_one_way() {
        String fact = """
                  - id: fact/x
                    kind: fact
                    level: default
                    settledBy: host
                    title: X
                    source: {document: requirements, section: Network}
                    parameters: {fact: sysctl.net.ipv4.ip_forward}
                """;
        assertThat(mistakesOf(RulesOnDisk.SMALL + fact))
                .containsExactly(
                        "packs/calico-3.16.yaml:27:17: \"parameters\" must have the name of a fact and exactly one"
                                + " comparison");
        assertThat(mistakesOf(
                        RulesOnDisk.SMALL + fact.replace("ip_forward}", "ip_forward, atLeast: \"0\", atMost: \"1\"}")))
                .containsExactly(
                        "packs/calico-3.16.yaml:27:17: \"parameters\" must have the name of a fact and exactly one"
                                + " comparison");
        assertThat(mistakesOf(RulesOnDisk.SMALL + fact.replace("ip_forward}", "ip_forward, ifAbsent: met}")))
                .containsExactly(
                        "packs/calico-3.16.yaml:27:17: \"parameters\" must have the name of a fact, exactly one"
                                + " comparison, and what its absence means");
    }

    @Test
    void a_fact_that_nobody_collects_is_refused_where_it_is_known_what_is_collected() throws Exception {
        String facts = """
                  - id: fact/x
                    kind: fact
                    level: default
                    settledBy: host
                    title: X
                    source: {document: requirements, section: Network}
                    parameters: {fact: sysctl.net.ipv4.ip_forward, equalTo: "1"}
                  - id: fact/y
                    kind: fact
                    level: default
                    settledBy: host
                    title: Y
                    source: {document: requirements, section: Network}
                    parameters: {fact: host.nmae, equalTo: "1"}
                """;
        RulesOnDisk written = rules.with("packs/calico-3.16.yaml", RulesOnDisk.SMALL + facts);

        InvalidRulesException refused =
                catchThrowableOfType(InvalidRulesException.class, () -> written.catalog(Set.of("sysctl", "host.name"))
                        .resolve("calico-3.16", Platform.OPENSTACK));

        assertThat(written.relative(refused.problems()))
                .containsExactly("packs/calico-3.16.yaml:34:24: there is no fact \"host.nmae\"; known: host.name,"
                        + " sysctl. Did you mean \"host.name\"?");
    }

    @Test
    void a_kernel_module_that_nothing_is_known_of_is_refused() {
        String module = """
                  - id: kernel-module/ip_sett
                    kind: kernel-module
                    level: default
                    settledBy: image
                    title: X
                    source: {document: requirements, section: Kernel}
                    parameters: {name: ip_sett}
                """;
        rules.with("knowledge/kernel.yaml", """
                schema: calico-preflight/kernel-knowledge/1
                modules: {ip_set: [{symbol: IP_SET}]}
                capabilities: {ip_set: {providedBy: [{module: ip_set}]}}
                """);

        assertThat(mistakesOf(RulesOnDisk.SMALL + module))
                .containsExactly("packs/calico-3.16.yaml:27:24: there is no kernel capability in rules/knowledge"
                        + " \"ip_sett\"; known: ip_set. Did you mean \"ip_set\"?");
    }

    @Test
    void a_release_of_openstack_that_never_was_is_refused() {
        String release = """
                  - id: openstack/release
                    kind: openstack-release
                    level: default
                    settledBy: image
                    title: OpenStack
                    source: {document: requirements, section: OpenStack}
                    parameters: {minimum: usuri}
                """;
        assertThat(mistakesOf(RulesOnDisk.SMALL + release))
                .containsExactly(
                        "packs/calico-3.16.yaml:27:27: there is no OpenStack release \"usuri\"; known: train, ussuri."
                                + " Did you mean \"ussuri\"?");
    }

    @Test
    void mistakes_of_the_whole_chain_and_of_the_knowledge_come_together() {
        rules.with(
                        "packs/calico-3.15.yaml",
                        RulesOnDisk.SMALL.replace("3.16", "3.15").replace("level: must", "level: most"))
                .with("packs/calico-3.16.yaml", """
                        schema: calico-preflight/rule-pack/1
                        id: calico-3.16
                        calico: "3.16"
                        extends: calico-3.15
                        overide: []
                        """)
                .with("knowledge/kernel.yaml", """
                        schema: calico-preflight/kernel-knowledge/1
                        modules:
                          ip_set: [{symbol: IP_SET}]
                        capabilities:
                          ip_set: {providedBy: [{module: ip_sett}]}
                        """);
        assertThat(mistakesWith(rules))
                .satisfiesExactly(
                        knowledge -> assertThat(knowledge)
                                .isEqualTo(
                                        "knowledge/kernel.yaml:5:34: there is no \"ip_sett\" among the modules; known: ip_set."
                                                + " Did you mean \"ip_set\"?"),
                        parent -> assertThat(parent)
                                .startsWith("packs/calico-3.15.yaml:15:12: \"level\" must not be \"most\""),
                        child -> assertThat(child)
                                .startsWith("packs/calico-3.16.yaml:5:1: unknown key \"overide\"")
                                .endsWith("Did you mean \"override\"?"));
    }

    @Test
    void packs_that_extend_each_other_are_refused_with_the_path() {
        String pack = """
                schema: calico-preflight/rule-pack/1
                id: calico-3.16
                calico: "3.16"
                extends: calico-3.17
                """;
        rules.with(
                "packs/calico-3.17.yaml",
                pack.replace("3.16", "#").replace("3.17", "3.16").replace("#", "3.17"));
        assertThat(mistakesOf(pack))
                .containsExactly("packs/calico-3.17.yaml:4:10: \"extends\" goes in a circle:"
                        + " calico-3.16 -> calico-3.17 -> calico-3.16");
    }

    @Test
    void a_rule_file_that_is_not_there_is_refused() {
        assertThat(mistakesOf(RulesOnDisk.SMALL.replace("kernel.drl", "kernl.drl")))
                .containsExactly("packs/calico-3.16.yaml:4:13: there is no rule file \"kernl.drl\" in inference");
    }

    @Test
    void a_rule_file_cannot_be_taken_from_elsewhere() {
        assertThat(mistakesOf(RulesOnDisk.SMALL.replace("kernel.drl", "../../kernel.drl")))
                .containsExactly(
                        "packs/calico-3.16.yaml:4:13: this entry of \"inference\" must be the name of a rule file below"
                                + " inference/, such as \"kernel.drl\", but is \"../../kernel.drl\"");
    }

    @Test
    void a_file_is_called_as_its_pack() {
        assertThat(mistakesOf(RulesOnDisk.SMALL.replace("id: calico-3.16", "id: calico-3.61")))
                .containsExactly(
                        "packs/calico-3.16.yaml:2:5: the file of the pack \"calico-3.61\" must be called calico-3.61.yaml",
                        "packs/calico-3.16.yaml:3:9: \"calico\" must be \"3.61\" in the pack \"calico-3.61\", but is \"3.16\"");
    }

    @Test
    void files_that_would_be_overlooked_are_refused() {
        rules.with("packs/calico-3.17.yml", "").with("knowledge/kernal.yaml", "");
        InvalidRulesException refused = catchThrowableOfType(InvalidRulesException.class, () -> rules.catalog());
        assertThat(rules.relative(refused.problems()))
                .containsExactly(
                        "knowledge/kernal.yaml: would be overlooked; allowed: kernel.yaml, network-providers.yaml,"
                                + " openstack-releases.yaml. Did you mean \"kernel.yaml\"?",
                        "packs/calico-3.17.yml: would be overlooked: the name must end in .yaml");
    }

    @Test
    void test_cases_that_name_what_is_not_there_are_found_by_lint() throws InvalidRulesException {
        rules.with("packs/calico-3.16.yaml", RulesOnDisk.SMALL).with("packs/calico-3.16.test.yaml", """
                        schema: calico-preflight/pack-test/1
                        pack: calico-3.16
                        cases:
                          - name: old
                            target: {platform: openstack}
                            facts: {kernel.release: 3.9}
                            expect: {kernel-version: FAIL}
                        """);
        assertThat(rules.relative(rules.catalog().lint()))
                .containsExactly(
                        "packs/calico-3.16.test.yaml:6:29: \"kernel.release\" must be text, but is the number 3.9;"
                                + " put it in quotes: \"3.9\"");
        rules.with("packs/calico-3.16.test.yaml", """
                schema: calico-preflight/pack-test/1
                pack: calico-3.16
                cases:
                  - name: old
                    target: {platform: host}
                    facts: {kernel.release: "3.9"}
                    expect: {kernel-verson: FAIL}
                """);
        assertThat(rules.relative(rules.catalog().lint()))
                .containsExactly(
                        "packs/calico-3.16.test.yaml:4: the pack is not for host",
                        "packs/calico-3.16.test.yaml:4: there is no requirement \"kernel-verson\"; known: kernel-version."
                                + " Did you mean \"kernel-version\"?");
    }
}
