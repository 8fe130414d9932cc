package calico.preflight.catalog.target;

/** What this host offers to the others. */
public enum Role implements TargetValue {
    NODE("node"),
    TYPHA("typha"),
    APISERVER("apiserver"),
    ETCD("etcd");

    private final String label;

    Role(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
