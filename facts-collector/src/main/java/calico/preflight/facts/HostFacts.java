package calico.preflight.facts;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * All facts that were collected from one host, by name.
 *
 * @param source where they were collected: {@code live}, {@code directory:PATH}, {@code capture:FILE}, ...
 * @param collectedAt when, as ISO 8601 in UTC with seconds
 * @param facts by name, sorted
 */
public record HostFacts(String source, String collectedAt, Map<String, Fact> facts) {
    public HostFacts {
        facts = Collections.unmodifiableMap(new TreeMap<>(facts));
    }

    public static HostFacts of(String source, String collectedAt, Collection<Fact> facts) {
        Map<String, Fact> byName = new TreeMap<>();
        facts.forEach(fact -> byName.put(fact.name(), fact));
        return new HostFacts(source, collectedAt, byName);
    }

    /** The same, with these facts in the place of those of their names. */
    public HostFacts with(Collection<Fact> others) {
        Map<String, Fact> all = new TreeMap<>(facts);
        others.forEach(fact -> all.put(fact.name(), fact));
        return new HostFacts(source, collectedAt, all);
    }

    /**
     * What came of looking for this fact. A name that is longer than that of a table names an entry of it:
     * {@code sysctl.net.ipv4.ip_forward} is the entry {@code net.ipv4.ip_forward} of the table {@code sysctl}; an entry
     * that a known table lacks is absent. A fact that these facts do not hold is unknown.
     */
    public Observed<FactValue> get(String name) {
        Fact exact = facts.get(name);
        if (exact != null) {
            return exact.observed();
        }
        for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            Fact table = facts.get(name.substring(0, dot));
            if (table != null) {
                return entry(table, name.substring(dot + 1));
            }
        }
        return Observed.unknown("this fact was not collected", Origin.of(source));
    }

    private static Observed<FactValue> entry(Fact fact, String key) {
        if (fact.observed() instanceof Observed.Known<FactValue> known) {
            if (!(known.value() instanceof FactValue.Table table)) {
                return Observed.unknown("the fact " + fact.name() + " has no entries", known.origin());
            }
            return table.entry(key)
                    .map(entry -> Observed.<FactValue>known(
                            new FactValue.Text(entry.value()), originOf(entry, known.origin())))
                    .orElseGet(() -> Observed.absent(known.origin()));
        }
        return fact.observed();
    }

    /** Where an entry of a table stands: its own place if it has one, otherwise its line in the table's. */
    public static Origin originOf(FactValue.Entry entry, Origin table) {
        return entry.origin().isEmpty() ? table.at(entry.line()) : new Origin(entry.origin(), entry.line());
    }
}
