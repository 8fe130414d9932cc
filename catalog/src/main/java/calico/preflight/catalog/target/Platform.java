package calico.preflight.catalog.target;

/** What Calico runs on. */
public enum Platform implements TargetValue {
    KUBERNETES("kubernetes"),
    OPENSHIFT("openshift"),
    OPENSTACK("openstack"),
    HOST("host");

    private final String label;

    Platform(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
