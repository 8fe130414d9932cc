package calico.preflight.catalog.prepared;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.catalog.Catalog;
import calico.preflight.catalog.PackHeader;
import calico.preflight.catalog.RulesFolder;
import calico.preflight.catalog.knowledge.KnowledgeFiles;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedPacksTest {

    @TempDir
    static Path work = Path.of("");

    private static Path file = work;

    @BeforeAll
    static void prepare() throws Exception {
        file = work.resolve("lib").resolve(PreparedPacks.FILE);
        Catalog.load(List.of(ShippedRules.FOLDER)).prepare(file);
    }

    private static Optional<PreparedPacks> open(RulesFolder rules) {
        return PreparedPacks.open(file, rules, Set.of());
    }

    @Test
    void a_prepared_pack_is_the_one_that_its_files_come_to() throws Exception {
        Catalog read = Catalog.load(List.of(ShippedRules.FOLDER));
        Catalog prepared = Catalog.load(List.of(ShippedRules.FOLDER), Set.of(), Optional.of(file));
        PreparedPacks packs = open(ShippedRules.FOLDER).orElseThrow();

        for (PackHeader header : read.packs()) {
            CalicoVersion newest = header.calico();
            for (int patch : new int[] {0, 3, CalicoVersion.NEWEST_PATCH}) {
                CalicoVersion version = new CalicoVersion(newest.major(), newest.minor(), patch);
                for (Platform platform : header.platforms()) {
                    assertThat(packs.pack(header.id(), version, platform)).isPresent();
                    assertThat(prepared.resolve(version, platform)).isEqualTo(read.resolve(version, platform));
                }
            }
        }
        assertThat(prepared.knowledge()).isEqualTo(read.knowledge());
    }

    @Test
    void a_pack_for_a_platform_that_it_does_not_serve_is_not_prepared() throws Exception {
        for (PackHeader header : Catalog.load(List.of(ShippedRules.FOLDER)).packs()) {
            for (Platform platform : Platform.values()) {
                assertThat(open(ShippedRules.FOLDER)
                                .orElseThrow()
                                .pack(header.id(), header.calico(), platform)
                                .isPresent())
                        .isEqualTo(header.platforms().contains(platform));
            }
        }
    }

    @Test
    void yaml_that_was_edited_added_or_removed_is_read_itself(@TempDir Path folder) throws Exception {
        RulesFolder same = ShippedRules.copy(folder.resolve("same"));
        RulesFolder edited = ShippedRules.copy(folder.resolve("edited"));
        RulesFolder more = ShippedRules.copy(folder.resolve("more"));
        RulesFolder less = ShippedRules.copy(folder.resolve("less"));
        Path pack = edited.packs().resolve("calico-3.1.yaml");
        Files.writeString(pack, Files.readString(pack).replace("minimum: \"3.10\"", "minimum: \"9.10\""));
        Files.writeString(more.packs().resolve("ours.yaml"), "schema: calico-preflight/rule-pack/1\n");
        Files.delete(less.advisories().resolve("hosts.yaml"));

        assertThat(open(same)).isPresent();
        assertThat(open(edited)).isEmpty();
        assertThat(open(more)).isEmpty();
        assertThat(open(less)).isEmpty();
        assertThat(Catalog.load(List.of(edited), Set.of(), Optional.of(file))
                        .resolve(CalicoVersion.parse("3.16").orElseThrow(), Platform.OPENSTACK)
                        .requirements()
                        .toString())
                .contains("9.10");
    }

    @Test
    void where_packs_were_edited_or_laid_over_them_the_knowledge_is_still_that_which_was_prepared(@TempDir Path folder)
            throws Exception {
        RulesFolder edited = ShippedRules.copy(folder.resolve("edited"));
        Path pack = edited.packs().resolve("calico-3.1.yaml");
        Files.writeString(pack, Files.readString(pack) + "# edited\n");
        Path prepared = file.resolveSibling(PreparedKnowledge.FILE);

        assertThat(PreparedKnowledge.open(prepared, edited))
                .map(KnowledgeFiles::knowledge)
                .contains(Catalog.load(List.of(edited)).knowledge());
        CalicoVersion version = CalicoVersion.parse("3.16").orElseThrow();
        assertThat(Catalog.load(List.of(edited), Set.of(), Optional.of(file)).resolve(version, Platform.OPENSTACK))
                .isEqualTo(Catalog.load(List.of(edited)).resolve(version, Platform.OPENSTACK));
    }

    @Test
    void knowledge_that_was_edited_is_read_itself(@TempDir Path folder) throws Exception {
        RulesFolder edited = ShippedRules.copy(folder.resolve("edited"));
        Path releases = edited.knowledge().resolve("openstack-releases.yaml");
        Files.writeString(releases, Files.readString(releases).replace("train", "trane"));

        assertThat(PreparedKnowledge.open(file.resolveSibling(PreparedKnowledge.FILE), edited))
                .isEmpty();
        assertThat(Catalog.load(List.of(edited), Set.of(), Optional.of(file))
                        .knowledge()
                        .toString())
                .contains("trane");
    }

    @Test
    void a_rule_file_that_was_edited_is_in_the_pack_and_its_digest(@TempDir Path folder) throws Exception {
        RulesFolder edited = ShippedRules.copy(folder.resolve("edited"));
        Path rules = edited.inference().resolve("kernel.drl");
        Files.writeString(rules, Files.readString(rules) + "\n// edited\n");
        CalicoVersion version = CalicoVersion.parse("3.16").orElseThrow();

        assertThat(open(edited)).isPresent();
        assertThat(Catalog.load(List.of(edited), Set.of(), Optional.of(file)).resolve(version, Platform.OPENSTACK))
                .isEqualTo(Catalog.load(List.of(edited)).resolve(version, Platform.OPENSTACK));
    }

    @Test
    void other_facts_make_other_mistakes_and_so_another_preparation() {
        assertThat(PreparedPacks.open(file, ShippedRules.FOLDER, Set.of("kernel.release")))
                .isEmpty();
    }

    @Test
    void a_damaged_file_is_as_good_as_none() throws Exception {
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(7);
        Path damaged = work.resolve("damaged.bin");
        for (int round = 0; round < 200; round++) {
            byte[] bytes = whole.clone();
            if (round % 2 == 0) {
                bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
            } else {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
            }
            Files.write(damaged, bytes);

            assertThat(PreparedPacks.open(damaged, ShippedRules.FOLDER, Set.of()))
                    .isEmpty();
        }
        assertThat(PreparedPacks.open(work.resolve("none.bin"), ShippedRules.FOLDER, Set.of()))
                .isEmpty();
    }

    @Test
    void rules_that_lie_over_those_of_the_installation_are_read(@TempDir Path folder) throws Exception {
        Path own = folder.resolve("own");
        Files.createDirectories(own.resolve("packs"));
        Files.writeString(own.resolve("packs/calico-3.16.yaml"), """
                schema: calico-preflight/rule-pack/1
                id: calico-3.16
                calico: "3.16"
                extends: calico-3.15
                replaces: calico-3.16
                """);
        Catalog overlaid =
                Catalog.load(List.of(ShippedRules.FOLDER, new RulesFolder(own, false)), Set.of(), Optional.of(file));

        assertThat(overlaid.resolve(CalicoVersion.parse("3.16").orElseThrow(), Platform.OPENSTACK)
                        .digest())
                .isNotEqualTo(Catalog.load(List.of(ShippedRules.FOLDER))
                        .resolve(CalicoVersion.parse("3.16").orElseThrow(), Platform.OPENSTACK)
                        .digest());
    }
}
