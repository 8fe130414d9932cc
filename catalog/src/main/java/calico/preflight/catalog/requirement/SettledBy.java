package calico.preflight.catalog.requirement;

/** What it takes to settle a requirement. */
public enum SettledBy {
    /** The files of the host. */
    IMAGE("image"),
    /** The running host. */
    HOST("host"),
    /** Packets between hosts. */
    NETWORK("network"),
    /** The datastore. */
    DATASTORE("datastore");

    private final String label;

    SettledBy(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
