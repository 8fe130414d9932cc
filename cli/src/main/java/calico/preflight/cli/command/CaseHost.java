package calico.preflight.cli.command;

import calico.preflight.catalog.pack.PackTests.PackTestCase;
import calico.preflight.facts.Fact;
import calico.preflight.facts.FactCatalogue;
import calico.preflight.facts.FactType;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The host that a test case tells of. A fact that the case does not name is unknown. */
final class CaseHost {

    private static final String TOLD_AT = "1970-01-01T00:00:00Z";

    private CaseHost() {}

    /** Its facts; where they stand is the case. */
    static HostFacts of(PackTestCase test) {
        Origin origin = new Origin(test.file(), test.line());
        List<Fact> facts = new ArrayList<>();
        test.facts().forEach((name, told) -> facts.add(new Fact(name, observed(name, told, origin))));
        return HostFacts.of("case:" + test.name(), TOLD_AT, facts);
    }

    private static Observed<FactValue> observed(String name, JsonNode told, Origin origin) {
        if (told.isObject() && told.size() == 1) {
            if (told.path("absent").asBoolean(false)) {
                return Observed.absent(origin);
            }
            if (told.has("unknown")) {
                return Observed.unknown(told.path("unknown").asText(), origin);
            }
        }
        return Observed.known(value(kind(name), told), origin);
    }

    /** The kind of a fact; an entry of a table is a text. */
    private static FactType.Kind kind(String name) {
        return FactCatalogue.ALL.stream()
                .filter(type -> type.name().equals(name))
                .map(FactType::kind)
                .findFirst()
                .orElse(FactType.Kind.TEXT);
    }

    private static FactValue value(FactType.Kind kind, JsonNode told) {
        return switch (kind) {
            case TEXT, VERSION -> new FactValue.Text(told.asText());
            case NUMBER -> new FactValue.Whole(told.asLong());
            case FLAG -> new FactValue.Flag(told.asBoolean());
            case TEXTS -> {
                List<String> texts = new ArrayList<>();
                told.forEach(item -> texts.add(item.asText()));
                yield new FactValue.Texts(texts);
            }
            case TABLE -> {
                Map<String, FactValue.Entry> entries = new TreeMap<>();
                told.properties()
                        .forEach(field -> entries.put(
                                field.getKey(),
                                FactValue.Entry.at(0, field.getValue().asText())));
                yield new FactValue.Table(entries);
            }
            case ROWS -> {
                List<Map<String, String>> rows = new ArrayList<>();
                told.forEach(item -> {
                    Map<String, String> row = new LinkedHashMap<>();
                    item.properties()
                            .forEach(field ->
                                    row.put(field.getKey(), field.getValue().asText()));
                    rows.add(row);
                });
                yield new FactValue.Rows(rows);
            }
        };
    }
}
