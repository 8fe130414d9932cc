package calico.preflight.catalog.prepared;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.catalog.Catalog;
import calico.preflight.catalog.RulesFolder;
import calico.preflight.catalog.fleet.FleetRules;
import calico.preflight.catalog.pack.ResolvedPack.RuleFile;
import calico.preflight.catalog.requirement.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedFleetTest {

    @TempDir
    private static Path work;

    /** That of the packs; the comparisons lie beside it. */
    private static Path packs;

    @BeforeAll
    static void prepare() throws Exception {
        packs = work.resolve("prepared").resolve(PreparedPacks.FILE);
        Catalog.load(List.of(ShippedRules.FOLDER)).prepare(packs);
    }

    private static Optional<FleetRules> open(RulesFolder rules) {
        return PreparedFleet.open(packs.resolveSibling(PreparedFleet.FILE), rules, Set.of());
    }

    private static FleetRules prepared(RulesFolder rules) throws Exception {
        return Catalog.load(List.of(rules), Set.of(), Optional.of(packs)).fleet();
    }

    @Test
    void the_prepared_comparisons_are_those_that_their_file_comes_to() throws Exception {
        assertThat(open(ShippedRules.FOLDER)).isPresent();
        assertThat(prepared(ShippedRules.FOLDER))
                .isEqualTo(Catalog.load(List.of(ShippedRules.FOLDER)).fleet());
    }

    @Test
    void comparisons_that_were_edited_are_read_themselves(@TempDir Path folder) throws Exception {
        RulesFolder edited = ShippedRules.copy(folder.resolve("edited"));
        Files.writeString(
                edited.fleet(), Files.readString(edited.fleet()).replace("comparisons:", "comparisons: # edited"));
        String one = Catalog.load(List.of(edited)).fleet().comparisons().get(0).title();
        Files.writeString(edited.fleet(), Files.readString(edited.fleet()).replace(one, "Another title"));

        assertThat(open(edited)).isEmpty();
        assertThat(prepared(edited).comparisons())
                .extracting(Requirement::title)
                .contains("Another title");
    }

    @Test
    void a_rule_file_that_was_edited_is_taken_as_it_is_now(@TempDir Path folder) throws Exception {
        RulesFolder edited = ShippedRules.copy(folder.resolve("edited"));
        String name = open(edited).orElseThrow().inference().get(0).name();
        Path rules = edited.inference().resolve(name);
        Files.writeString(rules, Files.readString(rules) + "\n// edited\n");

        assertThat(prepared(edited).inference()).extracting(RuleFile::text).contains(Files.readString(rules));
    }

    @Test
    void what_was_prepared_for_other_facts_is_not_taken() {
        assertThat(PreparedFleet.open(
                        packs.resolveSibling(PreparedFleet.FILE), ShippedRules.FOLDER, Set.of("kernel.release")))
                .isEmpty();
    }
}
