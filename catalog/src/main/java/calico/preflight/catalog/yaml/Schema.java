package calico.preflight.catalog.yaml;

/** The kinds of files and the JSON Schema (2020-12) of each, which stand in {@code rules/schema}. */
public enum Schema {
    PACK("pack.schema.json"),
    PACK_TEST("pack-test.schema.json"),
    ADVISORIES("advisories.schema.json"),
    KERNEL_KNOWLEDGE("kernel-knowledge.schema.json"),
    OPENSTACK_RELEASES("openstack-releases.schema.json"),
    NETWORK_PROVIDERS("network-providers.schema.json"),
    FLEET("fleet.schema.json");

    private final String file;

    Schema(String file) {
        this.file = file;
    }

    String file() {
        return file;
    }
}
