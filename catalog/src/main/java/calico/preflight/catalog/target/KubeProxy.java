package calico.preflight.catalog.target;

/** The mode of kube-proxy. */
public enum KubeProxy implements TargetValue {
    IPTABLES("iptables"),
    IPVS("ipvs"),
    NFTABLES("nftables");

    private final String label;

    KubeProxy(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
