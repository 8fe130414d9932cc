package calico.preflight.catalog.target;

/** What Calico programs in the kernel. */
public enum Dataplane implements TargetValue {
    IPTABLES("iptables"),
    NFTABLES("nftables"),
    EBPF("ebpf");

    private final String label;

    Dataplane(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
