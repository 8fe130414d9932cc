package calico.preflight.catalog.requirement;

/** How the document states a requirement; what it means for a host that does not meet it. */
public enum Level {
    MUST("must", "stated as needed; where it is not met the outcome is FAIL"),
    RECOMMENDED("recommended", "stated as advice; where it is not met the outcome is WARN"),
    KNOWN_TO_WORK("known-to-work", "named as known to work; anything else is WARN"),
    TESTED("tested", "named as tested; anything else is WARN"),
    DEFAULT("default", "a documented default value, which is never an outcome of its own"),
    INFORMATIONAL("informational", "stated, but no demand; never an outcome of its own");

    private final String label;
    private final String meaning;

    Level(String label, String meaning) {
        this.label = label;
        this.meaning = meaning;
    }

    public String label() {
        return label;
    }

    /** How the document states such a requirement, and what comes of a host that does not meet it; without a final period. */
    public String meaning() {
        return meaning;
    }
}
