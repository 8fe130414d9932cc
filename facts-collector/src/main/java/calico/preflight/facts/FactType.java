package calico.preflight.facts;

/**
 * One fact that can be collected: its name, what sort of value it has, and where it comes from. The list of all of them
 * is {@link FactCatalogue}.
 *
 * @param name lower-case words joined by dots, such as {@code kernel.release}
 * @param kind the sort of value
 * @param unit of a whole number, such as {@code bytes}; the columns of rows; otherwise empty
 * @param description what it tells, in one line
 * @param comesFrom the files and commands it is read from
 */
public record FactType(String name, Kind kind, String unit, String description, String comesFrom) {

    /** The sorts of values, as {@code facts list} names them. */
    public enum Kind {
        TEXT("text"),
        VERSION("version"),
        NUMBER("number"),
        FLAG("flag"),
        TEXTS("texts"),
        TABLE("table"),
        ROWS("rows");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }
}
