package calico.preflight.catalog.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.catalog.requirement.Check;
import calico.preflight.catalog.requirement.Level;
import calico.preflight.catalog.requirement.SettledBy;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.target.TargetOptions;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The schema files say the same as the records, and both readers of them come to the same result. */
class SchemasTest {

    private static final String REQUIREMENT = """
              - id: %s
                kind: %s
                level: must
                settledBy: image
                title: Some words
                platforms: [openstack, host]
                since: "3.16.2"
                appliesTo: {ipFamily: [ipv4, dual], typha: [true], feature: [xdp]}
                parameters: %s
                source: {document: requirements, section: Nodes}
                notes: [a note]
                remedy: Do something.
            """;

    private static String example(Schema schema) {
        return switch (schema) {
            case PACK ->
                """
                schema: calico-preflight/rule-pack/1
                id: calico-3.16
                calico: "3.16"
                extends: calico-3.15
                replaces: calico-3.16
                inference: [kernel.drl, more/host.drl]
                unsupported: {host: "no page"}
                defaults: {openstack: {datastore: etcd, typha: false}}
                offers: {openstack: {dataplane: [iptables], wireguard: [false]}}
                documents:
                  a: {title: A, url: "https://example.org/"}
                  b: {title: B, url: {host: "https://example.org/"}}
                override: [{id: a, level: must}, {id: b, kind: port, parameters: {protocol: tcp, port: 1}}]
                remove: [{id: a, platforms: [host], until: "3.16.1", because: gone}]
                requirements:
                """
                        + REQUIREMENT.formatted(
                                "a", "kernel-version", "{minimum: \"3.10\", trains: [{id: rhel, version: \"7\"}]}")
                        + REQUIREMENT.formatted(
                                "b", "port", "{protocol: udp, ports: [1, 2], hosts: all, configurable: true}")
                        + REQUIREMENT.formatted("c", "port", "{protocol: ipip, number: 4, direction: both}")
                        + REQUIREMENT.formatted(
                                "d", "distribution", "{anyOf: [{id: rhel, version: \"7\"}, {id: b, minimum: \"1\"}]}")
                        + REQUIREMENT.formatted("e", "fact", "{fact: a.b, atLeast: 1}")
                        + REQUIREMENT.formatted("f", "target", "{option: bgp, anyOf: [enabled]}")
                        + REQUIREMENT.formatted("g", "openstack-release", "{minimum: train, tested: [ussuri]}")
                        + REQUIREMENT.formatted("h", "kubernetes-version", "{tested: [\"1.16\"]}")
                        + REQUIREMENT.formatted("i", "network-manager", "{unmanaged: [\"cali*\"], file: /etc/x}")
                        + REQUIREMENT.formatted("j", "architecture", "{anyOf: [x86_64]}")
                        + REQUIREMENT.formatted("k", "privilege", "{capability: CAP_SYS_ADMIN}")
                        + REQUIREMENT.formatted("l", "statement", "{says: something}")
                        + REQUIREMENT.formatted("p", "mtu", "{overhead: 20, byDefault: 1440, device: tunl0}")
                        + REQUIREMENT.formatted("q", "network-provider", "{allowed: [calico, aws-vpc]}")
                        + REQUIREMENT.formatted("r", "address-ranges", "{}")
                        + REQUIREMENT.formatted("s", "node-address", "{skipped: [lo, docker*]}")
                        + REQUIREMENT.formatted("t", "host-mtu", "{interfaces: [eth*, \"en[opsx]*\"], otherwise: 1460}")
                        + REQUIREMENT.formatted("u", "iptables-backend", "{manyRules: 10}")
                        + REQUIREMENT.formatted(
                                "v", "free-port", "{protocol: tcp, port: 9099, servedBy: [calico-node]}")
                        + REQUIREMENT.formatted("w", "datastore", "{type: etcd}")
                        + REQUIREMENT.formatted("m", "kernel-module", "{name: ip_set}")
                        + REQUIREMENT.formatted("n", "interface-management", "{pattern: \"cali*\"}")
                        + REQUIREMENT.formatted(
                                "o", "distribution-satisfies", "{listedBy: d, satisfies: [\"kernel-module/*\"]}");
            case PACK_TEST -> """
                schema: calico-preflight/pack-test/1
                pack: calico-3.16
                cases:
                  - name: one
                    target: {platform: openstack, calico: "3.16.2", role: [node], typha: true, feature: [xdp]}
                    facts: {a.b: "1", c: {absent: true}, d: {unknown: why}, e: [1, two], f: {g: h}}
                    expect: {kernel-version: PASS, "kernel-module/ip_set": UNKNOWN}
                """;
            case ADVISORIES -> """
                schema: calico-preflight/advisories/1
                replaces: [KI-a]
                advisories:
                  - id: KI-a
                    title: Some words
                    affects: {from: "3.12", until: "3.16.5"}
                    platforms: [openstack, host]
                    appliesTo: {ipFamily: [ipv4, dual], typha: [true]}
                    unless: {kubeProxy: [ipvs]}
                    amends: [kernel-module/xt_u32, "port/*"]
                    changes: {FAIL: WARN, UNKNOWN: NOT_APPLICABLE}
                    provided:
                      - {capability: nf_tables}
                      - {requirement: kernel-version, outcome: [PASS, WARN]}
                      - {fact: a.b, atLeast: 1}
                    because: It is so.
                    source: {title: A page, url: "https://example.org/"}
                    note: More.
                    remedy: Do something.
                  - {id: KI-b, title: B, affects: {}, amends: "port/*", changes: {PASS: FAIL}, because: b,
                     source: {title: A, url: "https://example.org/"}}
                  - id: KI-c
                    title: C
                    affects: {until: "3.17"}
                    provided: [{fact: a.b, equalTo: "true"}]
                    because: c
                    source: {title: A, url: "https://example.org/"}
                    adds:
                      id: interface-management/tap*
                      kind: interface-management
                      level: must
                      settledBy: image
                      title: Words
                      parameters: {pattern: "tap*"}
                      notes: [a note]
                      remedy: Do it.
                """;
            case KERNEL_KNOWLEDGE -> """
                schema: calico-preflight/kernel-knowledge/1
                replaces: [modules/a]
                completeConfiguration: [NET]
                modules:
                  a: [{from: "2.6", until: "3.0", symbol: A, within: b, traces: [{fact: x, has: y}], aliases: [z]}]
                  b: [{train: el7, symbol: B}]
                capabilities:
                  a: {providedBy: [{from: "2.6", until: "3.0", module: a, ipFamily: ipv4}], note: something}
                  c: {providedBy: [], note: no kernel has it}
                """;
            case OPENSTACK_RELEASES -> """
                schema: calico-preflight/openstack-releases/1
                replaces: [releases/train]
                releases: [{name: train, versions: {nova: "20", neutron: "15.0"}}]
                """;
            case NETWORK_PROVIDERS -> """
                schema: calico-preflight/network-providers/1
                replaces: [providers/flannel]
                helpers: [portmap, tuning]
                providers:
                  - {name: flannel, plugins: [flannel], devices: ["flannel*", cni0], source: "https://example.org/"}
                  - {name: crio, plugins: [bridge], files: ["*crio*"], hostOnly: true, source: "https://example.org/"}
                """;
            case FLEET -> """
                schema: calico-preflight/fleet-comparisons/1
                replaces: [fleet/kernel]
                inference: [fleet.drl, site/fleet.drl]
                leftOut: {interfaces: [lo, "br-*"], ranges: [127.0.0.0/8, "fe80::/10"]}
                comparisons:
                  - id: fleet/kernel
                    level: recommended
                    settledBy: host
                    title: One kernel
                    appliesTo: {dataplane: [iptables]}
                    compares: {rule: alike, value: fact, fact: kernel.release, within: [os.id]}
                    source: {document: A, section: B, url: "https://example.org/"}
                    notes: [a note]
                    remedy: Do it.
                  - id: fleet/mac
                    level: must
                    settledBy: host
                    title: Own addresses
                    compares: {rule: unique, value: macs, interfaces: default}
                    source: {document: A, section: B, url: "https://example.org/"}
                    remedy: Do it.
                """;
        };
    }

    @ParameterizedTest
    @EnumSource
    void both_readers_agree_on_files_that_were_spoilt_at_random(Schema schema) throws Exception {
        YamlFile file = YamlReader.parse("x.yaml", example(schema).getBytes(StandardCharsets.UTF_8));
        assertThat(SchemaCheck.check(file, schema)).isEmpty();
        assertThat(QuickCheck.accepts(schema, file.tree())).isTrue();
        Random random = new Random(20260102);
        int refused = 0;
        for (int i = 0; i < 1_500; i++) {
            JsonNode spoilt = file.tree().deepCopy();
            spoil(spoilt, random);
            boolean right =
                    SchemaCheck.check(file, schema, "", List.of(), spoilt).isEmpty();
            assertThat(QuickCheck.accepts(schema, spoilt)).as("%s", spoilt).isEqualTo(right);
            refused += right ? 0 : 1;
        }
        assertThat(refused).as("files that were spoilt so that it shows").isGreaterThan(500);
    }

    /** Takes a key away, gives it another name, or gives it the value of another place, somewhere in the tree. */
    private static void spoil(JsonNode tree, Random random) {
        List<JsonNode> all = new ArrayList<>();
        collect(tree, all);
        List<JsonNode> holders = all.stream()
                .filter(node -> node.isContainerNode() && !node.isEmpty())
                .toList();
        JsonNode holder = holders.get(random.nextInt(holders.size()));
        JsonNode other = all.get(random.nextInt(all.size())).deepCopy();
        if (holder instanceof ArrayNode array) {
            if (random.nextBoolean()) {
                array.remove(random.nextInt(array.size()));
            } else {
                array.set(random.nextInt(array.size()), other);
            }
        } else if (holder instanceof ObjectNode object) {
            List<String> keys = new ArrayList<>();
            object.fieldNames().forEachRemaining(keys::add);
            String key = keys.get(random.nextInt(keys.size()));
            switch (random.nextInt(4)) {
                case 0 -> object.remove(key);
                case 1 -> object.set(key + "x", object.remove(key));
                case 2 -> object.set(key, other);
                default -> object.putNull(key);
            }
        }
    }

    private static void collect(JsonNode node, List<JsonNode> into) {
        into.add(node);
        node.forEach(child -> collect(child, into));
    }

    @Test
    void every_check_kind_has_its_parameters_in_the_schema() throws IOException {
        JsonNode definitions = schema("pack.schema.json").path("$defs");
        assertThat(texts(definitions
                        .path("entry")
                        .path("properties")
                        .path("kind")
                        .path("enum")))
                .containsExactlyInAnyOrderElementsOf(Check.KINDS.keySet());
        Check.KINDS.forEach((kind, type) -> {
            List<String> properties = new ArrayList<>();
            definitions
                    .path("parameters-" + kind)
                    .path("properties")
                    .fieldNames()
                    .forEachRemaining(properties::add);
            assertThat(properties)
                    .as(kind)
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(type.getRecordComponents())
                            .map(component -> component.getName())
                            .toList());
        });
    }

    @Test
    void the_words_of_the_schema_are_those_of_the_types() throws IOException {
        JsonNode definitions = schema("pack.schema.json").path("$defs");
        JsonNode entry = definitions.path("entry").path("properties");
        assertThat(texts(entry.path("level").path("enum")))
                .isEqualTo(Stream.of(Level.values()).map(Level::label).toList());
        assertThat(texts(entry.path("settledBy").path("enum")))
                .isEqualTo(Stream.of(SettledBy.values()).map(SettledBy::label).toList());
        assertThat(texts(definitions.path("platform").path("enum")))
                .isEqualTo(Stream.of(Platform.values()).map(Platform::label).toList());
        assertThat(texts(definitions.path("option").path("enum")))
                .isEqualTo(List.copyOf(TargetOptions.VALUES.keySet()));
        TargetOptions.VALUES.forEach((option, values) -> {
            if (!values.isEmpty() && !values.contains("true")) {
                assertThat(texts(definitions.path(option).path("enum")))
                        .as(option)
                        .isEqualTo(values);
            }
        });
    }

    private static JsonNode schema(String name) throws IOException {
        Path rules = Path.of(System.getProperty("preflight.rules"));
        return new ObjectMapper()
                .readTree(Files.readString(rules.resolve("schema").resolve(name)));
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
