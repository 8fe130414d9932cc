package calico.preflight.facts;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which facts somebody wants, and of tables which entries. Of a table that is wanted in part more may be given: its readers
 * count what is there by {@link FactValue.Table#size()}.
 */
public final class FactSelection {

    /** Every fact there is. */
    public static final FactSelection ALL = new FactSelection(Set.of(), Map.of(), Optional.empty(), Map.of());

    private final Set<String> whole;
    private final Map<String, Set<String>> entries;
    private final Optional<Aliases> aliases;
    private final Map<String, String> firstWith;

    /**
     * A table whose entries give other names to those of other tables: of these the names count that wanted entries have as
     * value, as well.
     *
     * @param table the one with the other names
     * @param of the tables that they are names in
     */
    public record Aliases(String table, List<String> of) {
        public Aliases {
            of = List.copyOf(of);
        }
    }

    private FactSelection(
            Set<String> whole,
            Map<String, Set<String>> entries,
            Optional<Aliases> aliases,
            Map<String, String> firstWith) {
        this.whole = Set.copyOf(whole);
        this.entries = Map.copyOf(entries);
        this.aliases = aliases;
        this.firstWith = Map.copyOf(firstWith);
    }

    /** The facts of these names, which must be at least one; the name of a table's entry wants that entry alone. */
    public static FactSelection of(Collection<String> names) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("nothing is wanted");
        }
        Set<String> types = new HashSet<>();
        FactCatalogue.ALL.forEach(type -> types.add(type.name()));
        Set<String> whole = new HashSet<>();
        Map<String, Set<String>> entries = new HashMap<>();
        for (String name : names) {
            if (types.contains(name)) {
                whole.add(name);
                continue;
            }
            for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
                entries.computeIfAbsent(name.substring(0, dot), table -> new HashSet<>())
                        .add(name.substring(dot + 1));
            }
        }
        return new FactSelection(whole, entries, Optional.empty(), Map.of());
    }

    /** The same, where entries are looked up by other names too. */
    public FactSelection with(Aliases other) {
        return new FactSelection(whole, entries, Optional.of(other), firstWith);
    }

    /** The same, with the first entry of the table that has this value, whatever its name. */
    public FactSelection withFirst(String table, String value) {
        Map<String, String> more = new HashMap<>(firstWith);
        more.put(table, value);
        return new FactSelection(whole, entries, aliases, more);
    }

    /** The same facts, with all entries of all tables. */
    public FactSelection withAllEntries() {
        Set<String> tables = new HashSet<>(whole);
        tables.addAll(entries.keySet());
        return new FactSelection(tables, Map.of(), Optional.empty(), Map.of());
    }

    /** Is the fact of this name wanted, an entry of it, or is it itself an entry of a fact that is? */
    public boolean holds(String name) {
        if (this == ALL || whole.contains(name) || entries.containsKey(name)) {
            return true;
        }
        for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            String table = name.substring(0, dot);
            if (whole.contains(table) || entries.containsKey(table)) {
                return true;
            }
        }
        return false;
    }

    /** The wanted entries of a table; nothing: all of them. */
    public Optional<Set<String>> entriesOf(String table) {
        return this == ALL || whole.contains(table) ? Optional.empty() : Optional.ofNullable(entries.get(table));
    }

    /** The value of which the first entry of the table is wanted, whatever its name. */
    public Optional<String> firstOf(String table) {
        return Optional.ofNullable(firstWith.get(table));
    }

    /** The table that gives other names to entries, if that matters. */
    public Optional<Aliases> aliases() {
        return aliases;
    }
}
