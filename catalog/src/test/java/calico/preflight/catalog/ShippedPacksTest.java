package calico.preflight.catalog;

import calico.preflight.catalog.pack.PackWriter;
import calico.preflight.catalog.target.Platform;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The packs that ship, resolved for every platform, as files: any change to them is seen as a diff. */
class ShippedPacksTest {

    private static final Path RULES = Path.of(System.getProperty("preflight.rules", "../rules"));

    static Stream<Arguments> packs() throws InvalidRulesException {
        List<Arguments> packs = new ArrayList<>();
        for (PackHeader pack : catalog().packs()) {
            pack.platforms().forEach(platform -> packs.add(Arguments.of(pack.id(), platform)));
        }
        return packs.stream();
    }

    @ParameterizedTest
    @MethodSource("packs")
    void a_resolved_pack_is_what_was_agreed_on(String id, Platform platform) throws Exception {
        ObjectNode resolved = PackWriter.write(catalog().resolve(id, platform));
        // The digest speaks of the files that the pack was made of, and changes with every comment in them.
        resolved.remove("digest");

        Golden.assertMatches("packs/" + id + "-" + platform.label() + ".json", resolved.toPrettyString() + "\n");
    }

    private static Catalog catalog() throws InvalidRulesException {
        return Catalog.load(List.of(new RulesFolder(RULES, true)));
    }
}
