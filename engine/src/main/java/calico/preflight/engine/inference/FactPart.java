package calico.preflight.engine.inference;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactCatalogue;
import calico.preflight.facts.FactType;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a check looks at of one fact. Equal parts take the same from the same host.
 *
 * @param fact its name, or that of an entry of a table
 * @param taken how much of it
 */
record FactPart(String fact, Taken taken) {

    static final String CONFIG = "kernel.config";
    static final String ALIASES = "kernel.modules.aliases";
    static final String NOT_SET = "not set";

    private static final Set<String> TYPES =
            FactCatalogue.ALL.stream().map(FactType::name).collect(Collectors.toUnmodifiableSet());

    /** How much of a fact counts. */
    sealed interface Taken {}

    /** All of it. */
    record Whole() implements Taken {}

    /** Some entries of a table. */
    record Entries(Set<String> names) implements Taken {}

    /** The entries of a table that have these names, or are what these are aliases of. */
    record Modules(Set<String> names) implements Taken {}

    /** The rows that are about these modules, or about what these are aliases of. */
    record RowsOfModules(Set<String> names) implements Taken {}

    /** Some texts of a list. */
    record SomeTexts(Set<String> texts) implements Taken {}

    /** The rows that have one of these values in a column. */
    record SomeRows(String column, Set<String> values) implements Taken {}

    /** Of the host's addresses, the interfaces that have any. */
    record InterfacesWithAddress() implements Taken {}

    /** The fact as it is; nothing where the host's facts have none of this name, nor should. */
    private Optional<Observed<FactValue>> observed(HostFacts host) {
        Fact known = host.facts().get(fact);
        if (known != null) {
            return Optional.of(known.observed());
        }
        // A name that is no fact's own may be one of a table's entries, which was told by itself.
        return TYPES.contains(fact) ? Optional.of(host.get(fact)) : Optional.empty();
    }

    /** What a host shows of it, without the places where that stands: hosts with equal ones differ in places alone. */
    Object seen(HostFacts host) {
        return observed(host).map(observed -> seen(observed, host)).orElse("");
    }

    private Object seen(Observed<FactValue> observed, HostFacts host) {
        boolean hasLine = observed.origin().line() > 0;
        Optional<FactValue> known = observed.known();
        if (known.isEmpty()) {
            return observed instanceof Observed.Unknown<FactValue> unknown
                    ? new Unknown(hasLine, unknown.why())
                    : new Absent(hasLine);
        }
        if (!(known.get() instanceof FactValue.Table table)) {
            return new Known(hasLine, value(known.get(), host));
        } else if (taken instanceof Entries entries) {
            return withoutPlaces(hasLine, table, entries.names());
        } else if (taken instanceof Modules modules) {
            return withoutPlaces(hasLine, table, withAliases(modules.names(), host));
        }
        return withoutPlaces(hasLine, table);
    }

    /** The whole of a fact, without places. */
    static Object whole(String fact, HostFacts host) {
        return new FactPart(fact, new Whole()).seen(host);
    }

    /** Does what is taken depend on the other names of modules too? */
    boolean isAliased() {
        return taken instanceof Modules || taken instanceof RowsOfModules;
    }

    /** A value that holds no places itself, and whether its own has a line. */
    private record Known(boolean hasLine, FactValue value) {}

    private record Absent(boolean hasLine) {}

    private record Unknown(boolean hasLine, String why) {}

    private static Object withoutPlaces(boolean hasLine, FactValue.Table table) {
        List<Object> told = new ArrayList<>(2 + 3 * table.entries().size());
        told.add(hasLine);
        told.add(table.size());
        table.entries().forEach((name, entry) -> tell(name, entry, told));
        return told;
    }

    private Object withoutPlaces(boolean hasLine, FactValue.Table table, Set<String> names) {
        if (fact.equals(CONFIG)) {
            return withoutPlaces(hasLine, some(table, names));
        }
        List<Object> told = new ArrayList<>();
        told.add(hasLine);
        for (String name : names) {
            Entry entry = table.entries().get(name);
            if (entry != null) {
                tell(name, entry, told);
            }
        }
        return told;
    }

    private static void tell(String name, Entry entry, List<Object> told) {
        told.add(name);
        told.add(entry.value());
        told.add(isNowhere(entry) ? "nowhere" : entry.line() > 0);
    }

    private static boolean isNowhere(Entry entry) {
        return entry.origin().isEmpty() && entry.line() == 0;
    }

    /**
     * The fact of a host, as far as it counts, with something in the stead of its places.
     *
     * @param part what tells this part from others
     */
    Optional<Fact> numbered(HostFacts host, int part) {
        return observed(host).map(observed -> {
            Origin place = Places.number(part, "", observed.origin());
            if (observed instanceof Observed.Known<FactValue> known) {
                FactValue value = value(known.value(), host);
                return new Fact(
                        fact,
                        Observed.known(
                                value instanceof FactValue.Table table ? numbered(table, part, known.origin()) : value,
                                place));
            } else if (observed instanceof Observed.Unknown<FactValue> unknown) {
                return new Fact(fact, Observed.unknown(unknown.why(), place));
            }
            return new Fact(fact, Observed.absent(place));
        });
    }

    private static FactValue.Table numbered(FactValue.Table table, int part, Origin origin) {
        Map<String, Entry> numbered = new HashMap<>();
        table.entries().forEach((name, entry) -> {
            Origin place = Places.number(part, name, HostFacts.originOf(entry, origin));
            numbered.put(name, isNowhere(entry) ? entry : Entry.from(place, entry.value()));
        });
        return new FactValue.Table(numbered, table.size());
    }

    /** Where a host's fact stands, or an entry of it; empty: the fact itself. */
    Optional<Origin> place(HostFacts host, String entry) {
        return observed(host).flatMap(observed -> {
            if (entry.isEmpty()) {
                return Optional.of(observed.origin());
            }
            return observed.known().orElse(null) instanceof FactValue.Table table
                    ? table.entry(entry).map(one -> HostFacts.originOf(one, observed.origin()))
                    : Optional.empty();
        });
    }

    private FactValue value(FactValue value, HostFacts host) {
        if (taken instanceof Entries entries && value instanceof FactValue.Table table) {
            return some(table, entries.names());
        } else if (taken instanceof Modules modules && value instanceof FactValue.Table table) {
            return some(table, withAliases(modules.names(), host));
        } else if (taken instanceof SomeTexts some && value instanceof FactValue.Texts all) {
            return new FactValue.Texts(
                    all.texts().stream().filter(some.texts()::contains).toList());
        } else if (taken instanceof SomeRows some) {
            return rows(value, some.column(), some.values());
        } else if (taken instanceof RowsOfModules modules && value instanceof FactValue.Rows all) {
            Set<String> names = withAliases(modules.names(), host);
            return new FactValue.Rows(all.rows().stream()
                    .filter(row -> names.contains(normal(row.getOrDefault("module", ""))))
                    .toList());
        } else if (taken instanceof InterfacesWithAddress && value instanceof FactValue.Rows addresses) {
            return OuterInterfaces.alike(addresses);
        }
        return value;
    }

    private static FactValue rows(FactValue value, String column, Set<String> values) {
        return value instanceof FactValue.Rows all
                ? new FactValue.Rows(all.rows().stream()
                        .filter(row -> values.contains(row.getOrDefault(column, "")))
                        .toList())
                : value;
    }

    private FactValue.Table some(FactValue.Table table, Set<String> wanted) {
        Map<String, Entry> some = new LinkedHashMap<>();
        for (String one : wanted) {
            table.entry(one).ifPresent(entry -> some.put(one, entry));
        }
        if (fact.equals(CONFIG)) {
            // A configuration that names anything as not set is told from a part of one by that.
            table.entries().entrySet().stream()
                    .filter(entry -> entry.getValue().value().equals(NOT_SET))
                    .findFirst()
                    .ifPresent(entry -> some.put(entry.getKey(), entry.getValue()));
        }
        // How many there are in all is told of configurations alone; of others it differs from host to host.
        return new FactValue.Table(some, fact.equals(CONFIG) ? table.size() : some.size());
    }

    private static Set<String> withAliases(Set<String> names, HostFacts host) {
        if (!(host.get(ALIASES).known().orElse(null) instanceof FactValue.Table table)
                || table.entries().isEmpty()) {
            return names;
        }
        Set<String> aliased = new TreeSet<>(names);
        names.forEach(name -> table.entry(name).ifPresent(entry -> aliased.add(normal(entry.value()))));
        return aliased;
    }

    static String normal(String name) {
        return name.replace('-', '_');
    }
}
