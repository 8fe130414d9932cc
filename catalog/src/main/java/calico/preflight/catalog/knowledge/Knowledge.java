package calico.preflight.catalog.knowledge;

/** All that {@code rules/knowledge} holds. */
public record Knowledge(KernelKnowledge kernel, OpenstackReleases openstack, NetworkProviders network) {}
