package calico.preflight.catalog.target;

/** The IP versions of the workloads. */
public enum IpFamily implements TargetValue {
    IPV4("ipv4"),
    IPV6("ipv6"),
    DUAL("dual");

    private final String label;

    IpFamily(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
