package calico.preflight.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.requirement.Check;
import calico.preflight.catalog.requirement.Level;
import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.target.TargetOptions;
import calico.preflight.catalog.yaml.YamlReader;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every pack that ships, compared with a table that was written from the documents without a look at the packs. */
class DocumentedValuesTest {

    private static final Path TABLE = Path.of("src/test/resources/expected/documented.yaml");
    private static final Path RULES = Path.of(System.getProperty("preflight.rules", "../rules"));

    /** What the table speaks of, and how a pack says it. */
    private static final Map<String, Function<ResolvedPack, Stream<String>>> SAID = Map.ofEntries(
            Map.entry(
                    "kernel",
                    pack -> said(
                            pack,
                            Check.KernelVersion.class,
                            Set.of("kernel-version", "kernel-version/ipv6"),
                            check -> Stream.of(check.minimum()))),
            Map.entry(
                    "architectures",
                    pack -> said(
                            pack, Check.Architecture.class, Set.of("architecture"), check -> check.anyOf().stream())),
            Map.entry(
                    "distributions",
                    pack -> said(pack, Check.Distribution.class, Set.of("distribution"), check -> check.anyOf().stream()
                            .map(DocumentedValuesTest::distribution))),
            Map.entry(
                    "kernel-modules",
                    pack -> family(pack, Check.KernelModule.class, "kernel-module/", Check.KernelModule::name)),
            Map.entry(
                    "kernel-features",
                    pack -> family(pack, Check.KernelFeature.class, "kernel-feature/", Check.KernelFeature::name)),
            Map.entry("ports", pack -> family(pack, Check.Port.class, "port/", DocumentedValuesTest::port)),
            Map.entry(
                    "interfaces",
                    pack -> family(
                            pack,
                            Check.InterfaceManagement.class,
                            "interface-management/",
                            Check.InterfaceManagement::pattern)),
            Map.entry(
                    "network-manager",
                    pack -> said(
                            pack,
                            Check.NetworkManager.class,
                            Set.of("network-manager"),
                            check -> check.unmanaged().stream())),
            Map.entry(
                    "datastores",
                    pack -> said(
                            pack, Check.TargetOption.class, Set.of("datastore/type"), check -> check.anyOf().stream())),
            Map.entry(
                    "etcd-members",
                    pack -> said(
                            pack,
                            Check.FactComparison.class,
                            Set.of("datastore/etcd-members"),
                            check -> Stream.of(check.atLeast()))),
            Map.entry(
                    "kubernetes-tested",
                    pack -> said(
                            pack,
                            Check.KubernetesVersion.class,
                            Set.of("kubernetes-version"),
                            check -> check.tested().stream())),
            Map.entry(
                    "kubernetes-minimum",
                    pack -> said(
                            pack,
                            Check.KubernetesVersion.class,
                            Set.of("kubernetes-version/minimum"),
                            check -> Stream.of(check.minimum()))),
            Map.entry(
                    "openstack-minimum",
                    pack -> said(
                            pack,
                            Check.OpenstackRelease.class,
                            Set.of("openstack/release"),
                            check -> Stream.of(check.minimum()))),
            Map.entry(
                    "openstack-tested",
                    pack -> said(
                            pack,
                            Check.OpenstackRelease.class,
                            Set.of("openstack/release"),
                            check -> check.tested().stream())),
            Map.entry(
                    "openstack-python",
                    pack -> said(
                            pack,
                            Check.FactComparison.class,
                            Set.of("openstack/python3"),
                            check -> Stream.of(check.contains()))),
            Map.entry(
                    "openshift-version",
                    pack -> said(
                            pack,
                            Check.FactComparison.class,
                            Set.of("openshift/version"),
                            check -> check.anyOf().isEmpty()
                                    ? Stream.of(">= " + check.atLeast())
                                    : check.anyOf().stream())));

    @Test
    void the_packs_say_what_the_documents_state() throws Exception {
        Catalog catalog = Catalog.load(List.of(new RulesFolder(RULES, true)));
        Table table = Table.read();
        List<String> differences = new ArrayList<>();
        for (CalicoVersion version : table.versions()) {
            for (Platform platform : Platform.values()) {
                if (!catalog.packs().stream()
                        .filter(pack -> pack.calico().equals(version.minorVersion()))
                        .findFirst()
                        .orElseThrow()
                        .platforms()
                        .contains(platform)) {
                    continue;
                }
                ResolvedPack pack = catalog.resolve(version, platform);
                SAID.forEach((what, said) -> {
                    Set<String> stated = table.stated(what, version, platform);
                    Set<String> has = said.apply(pack).collect(Collectors.toCollection(TreeSet::new));
                    if (!has.equals(stated)) {
                        differences.add("Calico " + version + " on " + platform.label() + ", " + what
                                + ": the documents state " + stated + ", the pack has " + has);
                    }
                });
            }
        }

        assertThat(differences).isEmpty();
    }

    @Test
    void the_table_speaks_of_every_version_that_ships() throws Exception {
        Set<CalicoVersion> shipped = Catalog.load(List.of(new RulesFolder(RULES, true))).packs().stream()
                .map(PackHeader::calico)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(Table.read().versions()).containsAll(shipped);
    }

    /** The rows by what they speak of. */
    private record Table(Map<String, List<Row>> rows) {

        /** A patch version stands for itself; two minor versions are the first and the last of a range. */
        private record Row(CalicoVersion first, CalicoVersion last, List<String> platforms, Set<String> stated) {

            boolean speaksOf(CalicoVersion version, Platform platform) {
                return platforms.contains(platform.label())
                        && version.patch() == first.patch()
                        && first.compareTo(version) <= 0
                        && version.compareTo(last) <= 0;
            }
        }

        static Table read() throws InvalidRulesException {
            Map<String, List<Row>> rows = new TreeMap<>();
            YamlReader.read(TABLE).tree().properties().forEach(what -> {
                assertThat(SAID).as("what the table speaks of").containsKey(what.getKey());
                what.getValue().forEach(row -> rows.computeIfAbsent(what.getKey(), any -> new ArrayList<>())
                        .add(row(row)));
            });
            assertThat(rows.keySet()).as("what the table speaks of").isEqualTo(new TreeSet<>(SAID.keySet()));
            return new Table(rows);
        }

        private static Row row(JsonNode row) {
            String[] versions = row.path("versions").asText().split("\\.\\.", -1);
            List<String> platforms = texts(row.path("platforms"));
            assertThat(platforms).as(row.toString()).isNotEmpty().allMatch(platform -> TargetOptions.platform(platform)
                    .isPresent());
            return new Row(
                    CalicoVersion.parse(versions[0]).orElseThrow(),
                    CalicoVersion.parse(versions[versions.length - 1]).orElseThrow(),
                    platforms,
                    new TreeSet<>(texts(row.path("stated"))));
        }

        private static List<String> texts(JsonNode list) {
            List<String> texts = new ArrayList<>();
            list.forEach(text -> texts.add(text.asText()));
            return texts;
        }

        /** Every minor version within a range, and the patches that stand for themselves. */
        Set<CalicoVersion> versions() {
            Set<CalicoVersion> versions = new TreeSet<>();
            rows.values().stream().flatMap(List::stream).forEach(row -> {
                for (int minor = row.first().minor(); minor <= row.last().minor(); minor++) {
                    versions.add(new CalicoVersion(
                            row.first().major(), minor, row.first().patch()));
                }
            });
            return versions;
        }

        /** What the one row that speaks of it states; a row for a patch goes before the one for its minor version. */
        Set<String> stated(String what, CalicoVersion version, Platform platform) {
            for (CalicoVersion asked : List.of(version, version.minorVersion())) {
                List<Row> speaking = rows.getOrDefault(what, List.of()).stream()
                        .filter(row -> row.speaksOf(asked, platform))
                        .toList();
                assertThat(speaking)
                        .as("rows on %s for Calico %s on %s", what, asked, platform.label())
                        .hasSizeLessThan(2);
                if (!speaking.isEmpty()) {
                    return speaking.get(0).stated();
                }
            }
            return Set.of();
        }
    }

    private static <C extends Check> Stream<String> said(
            ResolvedPack pack, Class<C> kind, Set<String> ids, Function<C, Stream<String>> values) {
        return pack.requirements().stream()
                .filter(requirement -> ids.contains(requirement.id()) && kind.isInstance(requirement.check()))
                .flatMap(requirement ->
                        values.apply(kind.cast(requirement.check())).map(value -> value + conditions(requirement)));
    }

    /** What is demanded with ids that begin so. */
    private static <C extends Check> Stream<String> family(
            ResolvedPack pack, Class<C> kind, String beginning, Function<C, String> value) {
        return pack.requirements().stream()
                .filter(requirement -> requirement.id().startsWith(beginning)
                        && requirement.level() == Level.MUST
                        && kind.isInstance(requirement.check()))
                .map(requirement -> value.apply(kind.cast(requirement.check())) + conditions(requirement));
    }

    private static String conditions(Requirement requirement) {
        return new TreeMap<>(requirement.appliesTo())
                .entrySet().stream()
                        .map(condition -> " " + condition.getKey() + "=" + String.join("|", condition.getValue()))
                        .collect(Collectors.joining());
    }

    private static String distribution(Check.ListedDistribution listed) {
        String minimum = listed.minimum().isEmpty() ? "" : ">= " + listed.minimum();
        return words(listed.id(), listed.variant(), listed.version(), minimum);
    }

    private static String port(Check.Port port) {
        List<Integer> numbers = new ArrayList<>(port.ports());
        Stream.of(port.port(), port.number()).filter(number -> number != 0).forEach(numbers::add);
        String alternatives = numbers.stream().map(String::valueOf).collect(Collectors.joining("/"));
        return words(port.protocol(), alternatives, port.direction(), port.hosts());
    }

    private static String words(String... words) {
        return Stream.of(words).filter(word -> !word.isEmpty()).collect(Collectors.joining(" "));
    }
}
