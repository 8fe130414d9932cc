package calico.preflight.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.target.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the installation itself. */
class ShippedRulesTest {

    private static Catalog catalog() throws InvalidRulesException {
        return Catalog.load(List.of(new RulesFolder(Path.of(System.getProperty("preflight.rules")), true)));
    }

    @Test
    void they_have_no_mistakes() throws InvalidRulesException {
        assertThat(catalog().lint()).isEmpty();
    }

    @Test
    void the_first_line_of_every_file_names_its_schema_for_editors() throws IOException {
        Path rules = Path.of(System.getProperty("preflight.rules"));
        List<Path> files;
        try (Stream<Path> all = Files.walk(rules)) {
            files = all.filter(file -> file.toString().endsWith(".yaml")).toList();
        }

        assertThat(files).hasSizeGreaterThan(40).allSatisfy(file -> {
            String first = Files.readAllLines(file).get(0);
            assertThat(first).startsWith("# yaml-language-server: $schema=");
            assertThat(file.resolveSibling(first.replaceFirst(".*\\$schema=", "")))
                    .isRegularFile();
        });
    }

    @Test
    void every_pack_resolves_on_every_platform_that_it_is_for() throws Exception {
        Catalog catalog = catalog();
        assertThat(catalog.packs()).isNotEmpty();
        for (PackHeader header : catalog.packs()) {
            assertThat(header.platforms()).as(header.id()).isNotEmpty();
            for (Platform platform : header.platforms()) {
                ResolvedPack pack = catalog.resolve(header.id(), platform);
                assertThat(pack.requirements())
                        .as("%s %s", header.id(), platform)
                        .isNotEmpty();
            }
        }
    }

    @Test
    void the_releases_of_openstack_go_from_icehouse_on() throws InvalidRulesException {
        var releases = catalog().knowledge().openstack().releases();
        assertThat(releases.get(0).name()).isEqualTo("icehouse");
        assertThat(releases)
                .filteredOn(release -> release.name().equals("ussuri"))
                .singleElement()
                .satisfies(ussuri -> assertThat(ussuri.versions())
                        .containsEntry("nova", "21")
                        .containsEntry("neutron", "16"));
    }
}
