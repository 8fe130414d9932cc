package calico.preflight.engine.inference;

import calico.preflight.engine.report.Evidence;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.Observed;
import java.util.List;

/**
 * A fact as the rules see it.
 *
 * @param fact its name
 * @param state {@code known}, {@code absent} or {@code unknown}
 * @param text the value as one text; empty where it is not known
 * @param texts the value as several texts: those of a list, the names of a table's entries, otherwise the one text
 * @param version the value as a version or a number
 * @param minor the first two numbers of the version, such as {@code 1.19}
 * @param why why it is unknown; otherwise empty
 * @param origin where it was seen, or looked for
 */
public record Observation(
        String fact,
        String state,
        String text,
        List<String> texts,
        Version version,
        String minor,
        String why,
        String origin)
        implements Evident {

    /** What came of looking for this fact. */
    public static Observation of(String fact, Observed<FactValue> observed) {
        String origin = observed.origin().toString();
        if (observed instanceof Observed.Known<FactValue> known) {
            String text = known.value().toString();
            Version version = Version.of(text);
            return new Observation(fact, "known", text, textsOf(known.value()), version, minorOf(version), "", origin);
        }
        String why = observed instanceof Observed.Unknown<FactValue> unknown ? unknown.why() : "";
        String state = observed.isUnknown() ? "unknown" : "absent";
        return new Observation(fact, state, "", List.of(), Version.NONE, "", why, origin);
    }

    /** What came of looking for this fact, as evidence alone: a large table need not be copied for that. */
    static Evidence evidenceOf(String fact, Observed<FactValue> observed) {
        String value = observed.known()
                .map(FactValue::toString)
                .orElseGet(() -> observed instanceof Observed.Unknown<FactValue> unknown
                        ? "unknown: " + unknown.why()
                        : "absent");
        return new Evidence(fact, value, observed.origin().toString());
    }

    private static List<String> textsOf(FactValue value) {
        if (value instanceof FactValue.Texts texts) {
            return texts.texts();
        }
        if (value instanceof FactValue.Table table) {
            return List.copyOf(table.entries().keySet());
        }
        return List.of(value.toString());
    }

    private static String minorOf(Version version) {
        List<Long> numbers = version.numbers();
        return numbers.size() < 2 ? "" : numbers.get(0) + "." + numbers.get(1);
    }

    @Override
    public Evidence evidence() {
        String value =
                switch (state) {
                    case "known" -> text;
                    case "absent" -> "absent";
                    default -> "unknown: " + why;
                };
        return new Evidence(fact, value, origin);
    }
}
