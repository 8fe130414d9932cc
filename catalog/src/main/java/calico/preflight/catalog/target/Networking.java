package calico.preflight.catalog.target;

/** Whose networking the host uses; {@code other} means policy only, on another network. */
public enum Networking implements TargetValue {
    CALICO("calico"),
    FLANNEL("flannel"),
    OTHER("other");

    private final String label;

    Networking(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
