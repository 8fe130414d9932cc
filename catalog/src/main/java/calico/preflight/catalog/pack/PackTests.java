package calico.preflight.catalog.pack;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.Problem;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.target.TargetOptions;
import calico.preflight.catalog.yaml.Binder;
import calico.preflight.catalog.yaml.RulesFiles;
import calico.preflight.catalog.yaml.Schema;
import calico.preflight.catalog.yaml.YamlFile;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The test cases of a pack, from a file {@code *.test.yaml} beside it.
 *
 * @param file the path as the reader would type it
 * @param pack the id of the pack
 */
public record PackTests(String file, String pack, List<PackTestCase> cases) {

    public PackTests {
        cases = List.copyOf(cases);
    }

    /**
     * One host that is told and what is to be found on it.
     *
     * @param name unique in its file
     * @param file where it stands
     * @param line where it stands, counted from 1
     * @param version the version of Calico where the case names one; otherwise that of the pack
     * @param target option name to values, by the names of {@link TargetOptions}; what is left out is as the pack's defaults
     * @param facts fact name to value: a text, number, flag, list or map; a map {@code {absent: true}} for a fact that was
     *     looked for and is not there, {@code {unknown: why}} for one that could not be looked at
     * @param expect requirement id to outcome
     */
    public record PackTestCase(
            String name,
            String file,
            int line,
            Optional<CalicoVersion> version,
            Platform platform,
            Map<String, List<String>> target,
            Map<String, JsonNode> facts,
            Map<String, String> expect) {}

    private record Source(String schema, String pack, List<CaseSource> cases) {}

    private record CaseSource(
            String name, Map<String, JsonNode> target, Map<String, JsonNode> facts, Map<String, String> expect) {}

    /** Reads a file of test cases. */
    public static PackTests read(Path path, boolean trusted, RulesFiles files) throws InvalidRulesException {
        YamlFile yaml = files.read(path, Schema.PACK_TEST, trusted);
        Source source = Binder.bind(yaml, List.of(), yaml.tree(), Source.class);
        List<PackTestCase> cases = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < source.cases().size(); i++) {
            CaseSource test = source.cases().get(i);
            if (!names.add(test.name())) {
                problems.add(yaml.at(List.of("cases", i, "name"), "another case has this name already"));
            }
            Map<String, List<String>> target = new LinkedHashMap<>();
            test.target().forEach((option, value) -> {
                if (TargetOptions.VALUES.containsKey(option)) {
                    target.put(option, texts(value));
                }
            });
            Optional<JsonNode> version = Optional.ofNullable(test.target().get("calico"));
            Optional<JsonNode> platform = Optional.ofNullable(test.target().get("platform"));
            cases.add(new PackTestCase(
                    test.name(),
                    yaml.name(),
                    yaml.line(List.of("cases", i)),
                    version.flatMap(text -> CalicoVersion.parse(text.asText())),
                    platform.flatMap(text -> TargetOptions.platform(text.asText()))
                            .orElseThrow(),
                    target,
                    test.facts(),
                    test.expect()));
        }
        if (!problems.isEmpty()) {
            throw new InvalidRulesException(problems);
        }
        return new PackTests(yaml.name(), source.pack(), cases);
    }

    private static List<String> texts(JsonNode value) {
        if (!value.isArray()) {
            return List.of(value.asText());
        }
        List<String> texts = new ArrayList<>();
        value.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
