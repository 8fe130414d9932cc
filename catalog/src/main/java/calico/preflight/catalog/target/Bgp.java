package calico.preflight.catalog.target;

/** Whether routes are exchanged by BGP. */
public enum Bgp implements TargetValue {
    ENABLED("enabled"),
    DISABLED("disabled");

    private final String label;

    Bgp(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
