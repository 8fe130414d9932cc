package calico.preflight.catalog.target;

/** How packets between hosts are wrapped. */
public enum Encapsulation implements TargetValue {
    NONE("none"),
    IPIP("ipip"),
    IPIP_CROSS_SUBNET("ipip-cross-subnet"),
    VXLAN("vxlan"),
    VXLAN_CROSS_SUBNET("vxlan-cross-subnet");

    private final String label;

    Encapsulation(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
