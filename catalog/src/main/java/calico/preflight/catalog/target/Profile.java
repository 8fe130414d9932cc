package calico.preflight.catalog.target;

/** How literally the documents are taken. */
public enum Profile implements TargetValue {
    DOCUMENTED("documented"),
    PRACTICAL("practical");

    private final String label;

    Profile(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
