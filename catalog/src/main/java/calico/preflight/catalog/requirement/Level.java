package calico.preflight.catalog.requirement;

/** How the document states a requirement; what it means for a host that does not meet it. */
public enum Level {
    /** Stated as needed. Not met: FAIL. */
    MUST("must"),
    /** Stated as advice. Not met: WARN. */
    RECOMMENDED("recommended"),
    /** Named as known to work. Anything else: WARN. */
    KNOWN_TO_WORK("known-to-work"),
    /** Named as tested. Anything else: WARN. */
    TESTED("tested"),
    /** A documented default value. Never an outcome of its own. */
    DEFAULT("default"),
    /** Stated, but no demand. Never an outcome of its own. */
    INFORMATIONAL("informational");

    private final String label;

    Level(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
