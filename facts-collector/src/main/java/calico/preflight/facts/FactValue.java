package calico.preflight.facts;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The value of a known fact. The kinds are few and closed, so that any fact can be written, read and compared. */
public sealed interface FactValue {

    /** A word or a line of text; versions are texts too. */
    record Text(String text) implements FactValue {
        @Override
        public String toString() {
            return text;
        }
    }

    /** A whole number; its unit is that of the {@link FactType}. */
    record Whole(long number) implements FactValue {
        @Override
        public String toString() {
            return Long.toString(number);
        }
    }

    /** Yes or no. */
    record Flag(boolean set) implements FactValue {
        @Override
        public String toString() {
            return Boolean.toString(set);
        }
    }

    /** Several texts, in the order of their source. */
    record Texts(List<String> texts) implements FactValue {
        public Texts {
            texts = List.copyOf(texts);
        }

        @Override
        public String toString() {
            return String.join(", ", texts);
        }
    }

    /**
     * Named entries, such as the settings of a kernel configuration, sorted by name. Each entry can also be asked for as
     * a fact of its own: {@code kernel.config.CONFIG_IP_SET} is the entry {@code CONFIG_IP_SET} of the fact
     * {@code kernel.config}.
     *
     * @param entries by name
     * @param size how many entries there are in all, where only some of them are at hand
     */
    record Table(Map<String, Entry> entries, int size) implements FactValue {
        public Table {
            entries = EntryMap.of(entries);
        }

        /** All of its entries are at hand. */
        public Table(Map<String, Entry> entries) {
            this(entries, entries.size());
        }

        /** The entry of this name. */
        public Optional<Entry> entry(String name) {
            return Optional.ofNullable(entries.get(name));
        }

        @Override
        public String toString() {
            return size + " entries";
        }
    }

    /**
     * One entry of a table.
     *
     * @param value its text
     * @param origin where it stands, as {@code path:line} or {@code path}; empty where the table's own origin says it all
     * @param line the line within the table's own origin, counted from 1; 0 for none
     */
    record Entry(String value, String origin, int line) {
        /** An entry that stands at a line of the table's own origin. */
        public static Entry at(int line, String value) {
            return new Entry(value, "", line);
        }

        /** An entry that was read from a place of its own. */
        public static Entry from(Origin origin, String value) {
            return new Entry(value, origin.where(), origin.line());
        }
    }

    /** Several things of one sort with the same columns, such as network interfaces, in the order of their source. */
    record Rows(List<Map<String, String>> rows) implements FactValue {
        public Rows {
            rows = rows.stream()
                    .map(row -> Collections.unmodifiableMap(new LinkedHashMap<>(row)))
                    .toList();
        }

        @Override
        public String toString() {
            return rows.size() + " rows";
        }
    }
}
