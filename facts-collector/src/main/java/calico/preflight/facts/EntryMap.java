package calico.preflight.facts;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a table, sorted by name and never changed. There may be thousands of them in each of thousands of hosts, so
 * they are kept in two arrays, which files that are sorted already fill without a comparison more than one for each entry.
 */
public final class EntryMap extends AbstractMap<String, FactValue.Entry> {

    private final String[] names;
    private final FactValue.Entry[] entries;

    private EntryMap(String[] names, FactValue.Entry[] entries) {
        this.names = names;
        this.entries = entries;
    }

    /** The same entries, sorted. */
    static EntryMap of(Map<String, FactValue.Entry> map) {
        if (map instanceof EntryMap same) {
            return same;
        }
        Map<String, FactValue.Entry> sorted = new TreeMap<>(map);
        return new EntryMap(
                sorted.keySet().toArray(String[]::new), sorted.values().toArray(FactValue.Entry[]::new));
    }

    @Override
    public FactValue.@Nullable Entry get(@Nullable Object name) {
        int place = name instanceof String text ? Arrays.binarySearch(names, text) : -1;
        return place < 0 ? null : entries[place];
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    public int size() {
        return names.length;
    }

    @Override
    public Set<Map.Entry<String, FactValue.Entry>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, FactValue.Entry>> iterator() {
                return new InOrder();
            }

            @Override
            public int size() {
                return names.length;
            }
        };
    }

    private final class InOrder implements Iterator<Map.Entry<String, FactValue.Entry>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < names.length;
        }

        @Override
        public Map.Entry<String, FactValue.Entry> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return Map.entry(names[next], entries[next++]);
        }
    }

    /** Takes entries one by one; those that come in order cost least. */
    public static final class Builder {

        private String[] names = new String[64];
        private FactValue.Entry[] entries = new FactValue.Entry[64];
        private int size;
        private @Nullable Map<String, FactValue.Entry> unsorted;

        /** Takes an entry; says whether it is the first of that name. */
        public boolean add(String name, FactValue.Entry entry) {
            if (unsorted == null && size > 0 && names[size - 1].compareTo(name) >= 0) {
                unsorted = new TreeMap<>(new EntryMap(Arrays.copyOf(names, size), Arrays.copyOf(entries, size)));
            }
            if (unsorted != null) {
                return unsorted.put(name, entry) == null;
            }
            if (size == names.length) {
                names = Arrays.copyOf(names, 2 * size);
                entries = Arrays.copyOf(entries, 2 * size);
            }
            names[size] = name;
            entries[size++] = entry;
            return true;
        }

        /** How many entries there are. */
        public int size() {
            return unsorted == null ? size : unsorted.size();
        }

        /** All of them. */
        public EntryMap build() {
            return unsorted == null
                    ? new EntryMap(Arrays.copyOf(names, size), Arrays.copyOf(entries, size))
                    : of(unsorted);
        }
    }
}
