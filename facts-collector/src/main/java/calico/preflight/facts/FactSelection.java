package calico.preflight.facts;

import java.util.HashSet;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which facts somebody wants. The name of a table's entry wants that entry; that of a table all of its entries.
 */
public final class FactSelection {

    /** Every fact there is. */
    public static final FactSelection ALL = new FactSelection(Set.of());

    private final Set<String> tables = new HashSet<>();
    private final NavigableSet<String> names;

    private FactSelection(Set<String> names) {
        this.names = new TreeSet<>(names);
        for (FactType type : FactCatalogue.ALL) {
            if (names.isEmpty() || names.contains(type.name()) || holdsEntryOf(type.name())) {
                tables.add(type.name());
            }
        }
    }

    /** The facts of these names; they must be at least one. */
    public static FactSelection of(Set<String> names) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("nothing is wanted");
        }
        return new FactSelection(names);
    }

    /** Is the fact of this name wanted, an entry of it, or is it itself an entry of a fact that is? */
    public boolean holds(String name) {
        if (tables.contains(name)) {
            return true;
        }
        for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            if (tables.contains(name.substring(0, dot))) {
                return true;
            }
        }
        return false;
    }

    private boolean holdsEntryOf(String name) {
        String next = names.ceiling(name + ".");
        return next != null && next.startsWith(name + ".");
    }
}
