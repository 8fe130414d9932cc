package calico.preflight.catalog.requirement;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a requirement demands: one record for each check kind, whose components are the parameters of the kind as the
 * packs write them. The list is closed; the kind {@code fact} compares any collected fact.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public sealed interface Check {

    /** Every kind by the name that the packs use. */
    Map<String, Class<? extends Check>> KINDS = Map.ofEntries(
            Map.entry("architecture", Architecture.class),
            Map.entry("kernel-version", KernelVersion.class),
            Map.entry("distribution", Distribution.class),
            Map.entry("distribution-satisfies", DistributionSatisfies.class),
            Map.entry("kernel-module", KernelModule.class),
            Map.entry("kernel-feature", KernelFeature.class),
            Map.entry("interface-management", InterfaceManagement.class),
            Map.entry("network-manager", NetworkManager.class),
            Map.entry("port", Port.class),
            Map.entry("privilege", Privilege.class),
            Map.entry("openstack-release", OpenstackRelease.class),
            Map.entry("kubernetes-version", KubernetesVersion.class),
            Map.entry("mtu", Mtu.class),
            Map.entry("network-provider", NetworkProvider.class),
            Map.entry("address-ranges", AddressRanges.class),
            Map.entry("node-address", NodeAddress.class),
            Map.entry("host-mtu", HostMtu.class),
            Map.entry("iptables-backend", IptablesBackend.class),
            Map.entry("free-port", FreePort.class),
            Map.entry("datastore", Datastore.class),
            Map.entry("target", TargetOption.class),
            Map.entry("fact", FactComparison.class),
            Map.entry("statement", Statement.class));

    /** The name of this check's kind. */
    default String kind() {
        return KINDS.entrySet().stream()
                .filter(entry -> entry.getValue() == getClass())
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    /** The processor architecture is one of these, named as {@code uname -m} does. */
    record Architecture(List<String> anyOf) implements Check {}

    /**
     * The kernel is recent enough.
     *
     * @param minimum the oldest mainline version
     * @param trains distributions whose kernels are judged by another floor, for what they have ported back
     */
    record KernelVersion(String minimum, List<Train> trains) implements Check {}

    /**
     * A distribution with a kernel floor of its own.
     *
     * @param id as in os-release
     * @param version prefix of the distribution's version, by components; empty: any
     * @param minimum the oldest kernel release; empty: any kernel of that distribution
     */
    record Train(String id, String version, String minimum) {}

    /** The distribution is one of those that the document lists. */
    record Distribution(List<ListedDistribution> anyOf) implements Check {}

    /**
     * A distribution in a list.
     *
     * @param id as in os-release
     * @param variant as in os-release, such as {@code coreos} of {@code fedora}; empty: any
     * @param version a prefix by components: {@code 7} takes {@code 7.9}; empty: see minimum
     * @param minimum the oldest version; empty: see version; both empty: any version
     */
    record ListedDistribution(String id, String variant, String version, String minimum) {}

    /**
     * The document says that a listed distribution meets other requirements too.
     *
     * @param listedBy the requirement that lists the distributions
     * @param satisfies the requirements that are said to be met: ids, or a prefix that ends in {@code *}
     */
    record DistributionSatisfies(String listedBy, List<String> satisfies) implements Check {}

    /** Something that the kernel must be able to do. The knowledge of kernels says under the same name what provides it. */
    sealed interface KernelCapability extends Check {

        /** What the document calls it. */
        String name();
    }

    /** The kernel provides what the document calls by this module name. */
    record KernelModule(String name) implements KernelCapability {}

    /** The kernel has a feature that the document describes without the name of a module. */
    record KernelFeature(String name) implements KernelCapability {}

    /** Calico can manage the interfaces of this name or pattern: nothing else on the host takes them. */
    record InterfaceManagement(String pattern) implements Check {}

    /**
     * NetworkManager, where it is there, is told to leave these interfaces alone.
     *
     * @param unmanaged interface names and patterns in the order in which the document gives them
     * @param file where the document puts the setting
     */
    record NetworkManager(List<String> unmanaged, String file) implements Check {}

    /**
     * Traffic that hosts and firewalls must let through.
     *
     * @param protocol {@code tcp}, {@code udp} or {@code ipip}
     * @param port the port; 0 where the protocol has none or several are usual
     * @param ports the usual ports where the document gives several
     * @param number the IP protocol number where there is no port, otherwise 0
     * @param direction {@code both} or {@code incoming}
     * @param hosts on which hosts it must come in: {@code all}, or those of the role {@code typha}, {@code apiserver},
     *     {@code etcd}
     * @param configurable the number is a default that can be changed
     * @param servedBy programs whose listening on the port is as it should be
     */
    record Port(
            String protocol,
            int port,
            List<Integer> ports,
            int number,
            String direction,
            String hosts,
            boolean configurable,
            List<String> servedBy)
            implements Check {

        /** The ports of which one is in use; none where the protocol has no ports. */
        public List<Integer> numbers() {
            return Stream.concat(port == 0 ? Stream.empty() : Stream.of(port), ports.stream())
                    .toList();
        }
    }

    /** Calico can be given this Linux capability. */
    record Privilege(String capability) implements Check {}

    /**
     * The installed OpenStack is recent enough.
     *
     * @param minimum the oldest release, by its name
     * @param tested the releases that the document names as tested
     */
    record OpenstackRelease(String minimum, List<String> tested) implements Check {}

    /**
     * The version of Kubernetes is one of these.
     *
     * @param tested minor versions
     * @param minimum the oldest minor version; empty: none is given
     */
    record KubernetesVersion(List<String> tested, String minimum) implements Check {}

    /**
     * What Calico sends with a header more is not too long for the network.
     *
     * @param overhead bytes of that header
     * @param byDefault the MTU that Calico gives to workloads where it is told nothing; 0: it derives it from that of the
     *     network
     * @param device the interface that Calico makes for such packets; empty: none
     */
    record Mtu(int overhead, int byDefault, String device) implements Check {}

    /**
     * No network provider but these is set up on the node.
     *
     * @param allowed by the names that {@code rules/knowledge/network-providers.yaml} gives them
     */
    record NetworkProvider(List<String> allowed) implements Check {}

    /** The addresses of pods, of services and of the hosts' networks are apart from each other. */
    record AddressRanges() implements Check {}

    /**
     * The address that Calico takes for the node, where it is told nothing, is one of the interface of the default route.
     *
     * @param skipped names and patterns of interfaces that Calico passes over
     */
    record NodeAddress(List<String> skipped) implements Check {}

    /**
     * The MTU that Calico takes for that of the network, where it is told none, is not more than the network has.
     *
     * @param interfaces patterns of the interfaces among which it takes the smallest
     * @param otherwise the MTU in bytes that it takes where no interface has such a name
     */
    record HostMtu(List<String> interfaces, int otherwise) implements Check {}

    /**
     * All rules of iptables on the host are of one kind, legacy or nft.
     *
     * @param manyRules so many legacy rules are enough for Felix to take that kind, however many there are of the other
     */
    record IptablesBackend(int manyRules) implements Check {}

    /**
     * Nobody but Calico holds a port that Calico will listen on.
     *
     * @param protocol {@code tcp} or {@code udp}
     * @param port the port
     * @param servedBy the programs that should hold it
     */
    record FreePort(String protocol, int port, List<String> servedBy) implements Check {}

    /**
     * The datastore at the given endpoints answers as it must.
     *
     * @param type {@code etcd}: it speaks the v3 API; {@code kubernetes}: it is the API server
     */
    record Datastore(String type) implements Check {}

    /** The target itself is possible: its option has one of these values. */
    record TargetOption(String option, List<String> anyOf) implements Check {}

    /**
     * Any collected fact, compared. Exactly one of the comparisons is given.
     *
     * @param fact a name of the fact catalogue, or an entry of a table: {@code sysctl.net.ipv4.ip_forward}
     * @param equalTo the value is this
     * @param anyOf the value is one of these
     * @param noneOf the value is none of these, or the fact is absent
     * @param atLeast the value, as a version or number, is this or more
     * @param atMost the value, as a version or number, is this or less
     * @param contains the value, a list, has this among its texts
     * @param present {@code true}: it is there; {@code false}: it is not
     * @param ifAbsent what a fact that is not there means: {@code met}, {@code unmet}, {@code unknown}, or {@code
     *     met-in-table}: met where the table that would hold it is there, otherwise unknown; empty: met for {@code noneOf},
     *     otherwise unmet; of no use with {@code present}
     */
    record FactComparison(
            String fact,
            String equalTo,
            List<String> anyOf,
            List<String> noneOf,
            String atLeast,
            String atMost,
            String contains,
            String present,
            String ifAbsent)
            implements Check {}

    /** Something that the document states and no host can break: shown, never judged. */
    record Statement(String says) implements Check {}

    /**
     * What is compared across the hosts of a fleet. No pack can demand it: it is no matter of one host, and stands in
     * {@code rules/fleet}.
     *
     * @param rule {@code unique}: no two hosts have the same; {@code alike}: all have the same
     * @param value what of a host: the value of a {@code fact}; its {@code addresses} or {@code macs} (hardware addresses);
     *     the {@code ip-families} or the {@code subnet} of the interface of the default route
     * @param fact the name of the fact; empty for other values
     * @param interfaces whose addresses: {@code default} (the interface of the default route) or {@code others}; empty for
     *     other values
     * @param within facts that must be the same for hosts to be compared, such as {@code os.id}; empty: all are compared
     */
    record AcrossHosts(String rule, String value, String fact, String interfaces, List<String> within)
            implements Check {
        @Override
        public String kind() {
            return "across-hosts";
        }
    }
}
