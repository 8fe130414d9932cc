package calico.preflight.catalog;

import calico.preflight.catalog.pack.PackWriter;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.target.Platform;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The packs that ship, resolved, as files: any change to them is seen as a diff. After a change that is meant:
 * {@code mvn test -pl catalog -Dtest=ShippedPacksTest -Dgolden.update=true}, and read the diff.
 */
class ShippedPacksTest {

    private static final Path RULES = Path.of(System.getProperty("preflight.rules", "../rules"));

    static Stream<PackHeader> packs() throws InvalidRulesException {
        return catalog().packs().stream();
    }

    @ParameterizedTest
    @MethodSource("packs")
    void a_resolved_pack_is_what_was_agreed_on(PackHeader header) throws Exception {
        Catalog catalog = catalog();
        List<ResolvedPack> packs = new ArrayList<>();
        for (Platform platform : header.platforms()) {
            packs.add(catalog.resolve(header.id(), platform));
        }

        Golden.assertMatches("packs/" + header.id() + ".jsonl", lines(packs));
    }

    /** One line for each thing that is said: the defaults, the documents, the requirements, and on which platforms. */
    private static String lines(List<ResolvedPack> packs) {
        Map<ObjectNode, List<Platform>> settings = new LinkedHashMap<>();
        Map<ObjectNode, List<Platform>> documents = new LinkedHashMap<>();
        Map<ObjectNode, List<Platform>> requirements = new LinkedHashMap<>();
        for (ResolvedPack pack : packs) {
            ObjectNode written = PackWriter.write(pack);
            JsonNode all = written.path("requirements");
            say(settings, pack, written.retain("defaults", "inference"));
            for (JsonNode requirement : all) {
                ObjectNode source = (ObjectNode) requirement.path("source");
                ObjectNode document = JsonNodeFactory.instance.objectNode();
                document.set("document", source.path("document"));
                document.set("url", source.remove("url"));
                say(documents, pack, document);
                say(requirements, pack, (ObjectNode) requirement);
            }
        }
        StringBuilder lines = new StringBuilder();
        Stream.of(settings, documents, requirements)
                .forEach(said -> said.forEach((thing, platforms) -> {
                    ObjectNode line = JsonNodeFactory.instance.objectNode();
                    platforms.forEach(platform -> line.withArray("platforms").add(platform.label()));
                    line.setAll(thing);
                    lines.append(line).append('\n');
                }));
        return lines.toString();
    }

    /** What is said on several platforms is said once, with their names. */
    private static void say(Map<ObjectNode, List<Platform>> said, ResolvedPack pack, ObjectNode thing) {
        List<Platform> platforms = said.computeIfAbsent(thing, any -> new ArrayList<>());
        if (!platforms.contains(pack.platform())) {
            platforms.add(pack.platform());
        }
    }

    private static Catalog catalog() throws InvalidRulesException {
        return Catalog.load(List.of(new RulesFolder(RULES, true)));
    }
}
