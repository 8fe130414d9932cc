package calico.preflight.catalog.target;

/** Where Calico keeps its state. */
public enum Datastore implements TargetValue {
    ETCD("etcd"),
    KUBERNETES("kubernetes");

    private final String label;

    Datastore(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
