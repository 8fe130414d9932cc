package calico.preflight.engine;

import calico.preflight.catalog.requirement.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says in a few words what a check asks for, from its parameters. */
public final class Expectation {

    private Expectation() {}

    /** The words, without a final period. */
    public static String of(Check check) {
        if (check instanceof Check.Architecture architecture) {
            return "one of the architectures " + String.join(", ", architecture.anyOf());
        } else if (check instanceof Check.KernelVersion kernel) {
            return "Linux " + kernel.minimum() + " or newer" + trains(kernel.trains());
        } else if (check instanceof Check.Distribution distribution) {
            return "one of "
                    + distribution.anyOf().stream().map(Expectation::listed).collect(Collectors.joining(", "));
        } else if (check instanceof Check.DistributionSatisfies claim) {
            return "a listed distribution, which is said to meet " + String.join(", ", claim.satisfies());
        } else if (check instanceof Check.KernelModule module) {
            return "what the document calls " + module.name() + ", loaded, built in or ready to load";
        } else if (check instanceof Check.KernelFeature feature) {
            return "the kernel feature " + feature.name() + ", in use, built in or ready to load";
        } else if (check instanceof Check.InterfaceManagement management) {
            return "nothing but Calico manages " + management.pattern();
        } else if (check instanceof Check.NetworkManager manager) {
            return "NetworkManager is absent, or leaves " + String.join(", ", manager.unmanaged()) + " alone";
        } else if (check instanceof Check.Port port) {
            return port(port);
        } else if (check instanceof Check.Privilege privilege) {
            return "Calico can be given " + privilege.capability();
        } else if (check instanceof Check.OpenstackRelease release) {
            return "OpenStack " + release.minimum() + " or later";
        } else if (check instanceof Check.KubernetesVersion version) {
            return kubernetes(version);
        } else if (check instanceof Check.Mtu mtu) {
            return "an MTU that is " + mtu.overhead() + " bytes less than that of the network, or smaller";
        } else if (check instanceof Check.NetworkProvider provider) {
            return "no network provider is set up but " + String.join(", ", provider.allowed());
        } else if (check instanceof Check.AddressRanges) {
            return "the ranges of pods and services overlap neither with each other nor with networks of the host";
        } else if (check instanceof Check.NodeAddress) {
            return "Calico takes an address of the interface of the default route for the node";
        } else if (check instanceof Check.HostMtu) {
            return "Calico takes no greater MTU for that of the network than the interface of the default route has";
        } else if (check instanceof Check.IptablesBackend) {
            return "all rules of iptables are of one kind, legacy or nft";
        } else if (check instanceof Check.FreePort port) {
            return port.protocol().toUpperCase(java.util.Locale.ROOT) + " " + port.port() + " is free or held by "
                    + String.join(" or ", port.servedBy());
        } else if (check instanceof Check.Datastore datastore) {
            return datastore.type().equals("etcd")
                    ? "an etcd that answers at the given endpoints and speaks the v3 API"
                    : "a Kubernetes API server that answers at the given address";
        } else if (check instanceof Check.TargetOption option) {
            return option.option() + " is " + String.join(" or ", option.anyOf());
        } else if (check instanceof Check.FactComparison comparison) {
            return comparison(comparison);
        } else if (check instanceof Check.AcrossHosts across) {
            return acrossHosts(across);
        } else if (check instanceof Check.Statement statement) {
            return statement.says();
        }
        return check.kind();
    }

    private static String trains(List<Check.Train> trains) {
        return trains.stream()
                .map(train -> "; on " + (train.id() + " " + train.version()).strip()
                        + (train.minimum().isEmpty() ? " any kernel" : " " + train.minimum() + " or newer"))
                .collect(Collectors.joining());
    }

    private static String listed(Check.ListedDistribution listed) {
        String newer = listed.minimum().isEmpty() ? "" : listed.minimum() + " or newer";
        return Stream.of(listed.id(), listed.variant(), listed.version(), newer)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static String port(Check.Port port) {
        List<String> numbers = new ArrayList<>();
        if (port.port() != 0) {
            numbers.add(Integer.toString(port.port()));
        }
        port.ports().forEach(number -> numbers.add(Integer.toString(number)));
        String traffic = port.protocol().equals("ipip")
                ? "IP protocol " + port.number()
                : port.protocol().toUpperCase(Locale.ROOT) + " " + String.join(" or ", numbers);
        String where =
                switch (port.hosts()) {
                    case "all" -> "between all hosts";
                    case "local" -> "on this host";
                    default -> "to the " + port.hosts() + " hosts";
                };
        return traffic
                + (port.configurable() ? ", unless set otherwise, passes " : " passes ")
                + where
                + (port.direction().equals("both") ? ", both ways" : "");
    }

    private static String kubernetes(Check.KubernetesVersion version) {
        if (version.tested().isEmpty()) {
            return "Kubernetes " + version.minimum() + " or newer";
        }
        return "a tested Kubernetes version: " + String.join(", ", version.tested());
    }

    private static String acrossHosts(Check.AcrossHosts across) {
        String what = across.fact().isEmpty() ? across.value().replace('-', ' ') : across.fact();
        String among = across.within().isEmpty()
                ? ""
                : " among those that have the same " + String.join(", ", across.within());
        return (across.rule().equals("unique") ? "no two hosts have the same " : "all hosts have the same ")
                + what
                + among;
    }

    private static String comparison(Check.FactComparison comparison) {
        String fact = comparison.fact();
        if (!comparison.equalTo().isEmpty()) {
            return fact + " is " + comparison.equalTo();
        } else if (!comparison.anyOf().isEmpty()) {
            return fact + " is " + String.join(" or ", comparison.anyOf());
        } else if (!comparison.noneOf().isEmpty()) {
            return fact + " is not " + String.join(" or ", comparison.noneOf());
        } else if (!comparison.atLeast().isEmpty()) {
            return fact + " is at least " + comparison.atLeast();
        } else if (!comparison.atMost().isEmpty()) {
            return fact + " is at most " + comparison.atMost();
        } else if (!comparison.contains().isEmpty()) {
            return fact + " has " + comparison.contains();
        }
        return fact + (comparison.present().equals("false") ? " is not there" : " is there");
    }
}
