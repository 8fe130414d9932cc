package calico.preflight.engine.inference;

import calico.preflight.catalog.knowledge.Knowledge;
import calico.preflight.catalog.knowledge.OpenstackReleases.OpenstackRelease;
import calico.preflight.catalog.requirement.Check;
import calico.preflight.catalog.requirement.Level;
import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.catalog.target.Role;
import calico.preflight.catalog.target.Target;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Observed;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts requirements and facts into the words of the rules. Only what some requirement names enters the session; nothing is
 * concluded here.
 */
final class SessionFacts {

    private static final Set<String> PRIVILEGES = Set.of(
            "privilege.calico.effective",
            "host.container",
            "privilege.self.bounding",
            "privilege.init.bounding",
            "privilege.user-namespace");
    /** Before the name of a protocol this is the fact of its open sockets. */
    private static final String SOCKETS = "network.sockets.";

    private static final Set<String> DISTRIBUTION = Set.of("os.id", "os.version");

    private final Target target;
    private final HostFacts facts;
    private final Knowledge knowledge;
    private final KernelClues clues;
    private final List<Requirement> requirements;
    private final List<Object> session = new ArrayList<>();
    private final Set<String> observed = new LinkedHashSet<>();
    private final InterfaceClues interfaces;
    private final NetworkProviderClues providers;
    private final FirewallClues firewall;
    private boolean distributionAsked;
    private boolean providersAsked;

    private SessionFacts(Target target, List<Requirement> requirements, HostFacts facts, Knowledge knowledge) {
        this.target = target;
        this.requirements = requirements;
        this.facts = facts;
        this.knowledge = knowledge;
        this.clues = new KernelClues(knowledge.kernel(), facts, target.ipFamily());
        this.interfaces = new InterfaceClues(facts);
        this.providers = new NetworkProviderClues(knowledge.network(), facts);
        this.firewall = new FirewallClues(facts, target.ipFamily());
    }

    /** Everything that the session starts with, in a fixed order. */
    static List<Object> of(Target target, List<Requirement> requirements, HostFacts facts, Knowledge knowledge) {
        SessionFacts builder = new SessionFacts(target, requirements, facts, knowledge);
        requirements.forEach(builder::demand);
        builder.session.addAll(builder.clues.gather());
        builder.observed.addAll(builder.interfaces.observed());
        for (String fact : builder.observed) {
            builder.session.add(Observation.of(fact, facts.get(fact)));
        }
        builder.session.addAll(builder.interfaces.gather());
        if (builder.distributionAsked) {
            builder.hostDistribution().ifPresent(builder.session::add);
        }
        if (builder.providersAsked) {
            builder.session.addAll(builder.providers.gather());
        }
        return builder.session;
    }

    /** What a session on a claim alone starts with, beside what was concluded of the requirements that it is about. */
    static List<Object> ofClaim(Requirement claim, List<Requirement> requirements) {
        if (!(claim.check() instanceof Check.DistributionSatisfies check)) {
            throw new IllegalArgumentException(claim.id() + " is no claim");
        }
        List<Object> session = new ArrayList<>();
        session.add(new DistributionClaim(claim.id(), check.listedBy()));
        claimed(check, requirements)
                .forEach(requirement -> session.add(new ClaimedRequirement(claim.id(), requirement.id())));
        return session;
    }

    /** The names of the facts that judging this check needs. */
    static Set<String> factsFor(Check check, Knowledge knowledge) {
        if (check instanceof Check.Architecture) {
            return Set.of("host.architecture");
        } else if (check instanceof Check.KernelVersion) {
            return union(DISTRIBUTION, Set.of("kernel.release"));
        } else if (check instanceof Check.Distribution) {
            return union(DISTRIBUTION, Set.of("os.release"));
        } else if (check instanceof Check.KernelCapability capability) {
            return union(KernelClues.FACTS, KernelClues.tracesOf(knowledge.kernel(), capability.name()));
        } else if (check instanceof Check.InterfaceManagement) {
            return union(InterfaceClues.NETWORK_MANAGER_FACTS, InterfaceClues.OTHER_FACTS);
        } else if (check instanceof Check.NetworkManager) {
            return InterfaceClues.NETWORK_MANAGER_FACTS;
        } else if (check instanceof Check.Port port) {
            Set<String> traffic =
                    union(union(FirewallClues.FACTS, Set.of(ProbeClues.FACT)), DatastoreClues.facts(port));
            return port.protocol().equals("ipip") ? traffic : union(traffic, Set.of(SOCKETS + port.protocol()));
        } else if (check instanceof Check.Privilege) {
            return PRIVILEGES;
        } else if (check instanceof Check.OpenstackRelease) {
            return Set.of("openstack.release", "openstack.packages");
        } else if (check instanceof Check.KubernetesVersion) {
            return Set.of("kubernetes.version");
        } else if (check instanceof Check.Mtu mtu) {
            return union(MtuClues.facts(mtu), Set.of(PathClues.FACT));
        } else if (check instanceof Check.NetworkProvider) {
            return Set.of(NetworkProviderClues.FACT);
        } else if (check instanceof Check.AddressRanges) {
            return AddressRangeClues.FACTS;
        } else if (check instanceof Check.NodeAddress) {
            return NodeAddressClues.FACTS;
        } else if (check instanceof Check.HostMtu) {
            return HostMtuClues.FACTS;
        } else if (check instanceof Check.IptablesBackend) {
            return IptablesRulesClues.FACTS;
        } else if (check instanceof Check.FreePort port) {
            return Set.of(SOCKETS + port.protocol());
        } else if (check instanceof Check.Datastore datastore) {
            return DatastoreClues.facts(datastore);
        } else if (check instanceof Check.FactComparison comparison) {
            return Set.of(comparison.fact());
        }
        return Set.of();
    }

    private void demand(Requirement requirement) {
        String id = requirement.id();
        Check check = requirement.check();
        if (check instanceof Check.Architecture architecture) {
            add(new ArchitectureDemand(id, "host.architecture", architecture.anyOf()));
        } else if (check instanceof Check.KernelVersion kernel) {
            kernelVersion(id, kernel);
        } else if (check instanceof Check.Distribution distribution) {
            distribution(id, distribution);
        } else if (check instanceof Check.DistributionSatisfies) {
            session.addAll(ofClaim(requirement, requirements));
        } else if (check instanceof Check.KernelCapability capability) {
            clues.need(id, capability.name());
        } else if (check instanceof Check.InterfaceManagement management) {
            interfaces.everyManager(id, management.pattern());
        } else if (check instanceof Check.NetworkManager manager) {
            manager.unmanaged().forEach(pattern -> interfaces.networkManager(id, pattern));
        } else if (check instanceof Check.Port port) {
            port(id, port);
        } else if (check instanceof Check.Privilege privilege) {
            privilege(id, privilege);
        } else if (check instanceof Check.OpenstackRelease release) {
            openstack(id, release);
        } else if (check instanceof Check.KubernetesVersion version) {
            kubernetes(id, version);
        } else if (check instanceof Check.Mtu mtu) {
            add(new MtuDemand(id, MtuClues.NETWORK, MtuClues.CONFIGURED));
            observed.add(MtuClues.CONFIGURED);
            session.addAll(MtuClues.of(id, mtu, facts));
            List<String> families = requirement.appliesTo().getOrDefault("ipFamily", List.of());
            session.addAll(PathClues.of(id, mtu, families, facts));
        } else if (check instanceof Check.NetworkProvider provider) {
            add(new ProviderDemand(id, NetworkProviderClues.FACT, provider.allowed()));
            providersAsked = true;
        } else if (check instanceof Check.AddressRanges) {
            addressRanges(id);
        } else if (check instanceof Check.NodeAddress address) {
            session.add(new NodeAddressDemand(
                    id, NodeAddressClues.INTERFACES, NodeAddressClues.ADDRESSES, NodeAddressClues.ROUTE));
            observed.addAll(NodeAddressClues.FACTS);
            session.addAll(NodeAddressClues.of(id, address, target.ipFamily(), facts));
        } else if (check instanceof Check.HostMtu mtu) {
            add(new HostMtuDemand(id, HostMtuClues.INTERFACES, HostMtuClues.NETWORK));
            observed.add(HostMtuClues.INTERFACES);
            HostMtuClues.of(id, mtu, facts).ifPresent(session::add);
        } else if (check instanceof Check.IptablesBackend backend) {
            session.add(new IptablesBackendDemand(id));
            session.add(IptablesRulesClues.of(id, backend.manyRules(), facts));
        } else if (check instanceof Check.FreePort port) {
            String number = Integer.toString(port.port());
            add(new FreePortDemand(
                    id, SOCKETS + port.protocol(), port.protocol().toUpperCase(java.util.Locale.ROOT) + " " + number));
            sockets(id, port.protocol(), List.of(number), port.servedBy());
        } else if (check instanceof Check.Datastore datastore) {
            observed.add(DatastoreClues.reachable(datastore));
            session.addAll(DatastoreClues.of(id, datastore, facts));
        } else if (check instanceof Check.TargetOption option) {
            session.add(new TargetDemand(id, option.option(), option.anyOf()));
            target.options()
                    .getOrDefault(option.option(), Set.of())
                    .forEach(value -> session.add(new TargetSetting(option.option(), value)));
        } else if (check instanceof Check.FactComparison comparison) {
            comparison(id, comparison);
        } else if (check instanceof Check.Statement) {
            boolean binding = requirement.level() != Level.DEFAULT && requirement.level() != Level.INFORMATIONAL;
            session.add(new StatementDemand(id, binding));
        } else {
            throw new IllegalStateException("no demand is made of the check kind " + check.kind());
        }
    }

    private void kernelVersion(String id, Check.KernelVersion check) {
        add(new KernelVersionDemand(id, "kernel.release", Version.of(check.minimum())));
        for (Check.Train train : check.trains()) {
            Version from = Version.of(train.version());
            session.add(new KernelTrain(id, train.id(), from, from.next(), Version.of(train.minimum())));
            distributionAsked = true;
        }
    }

    private void distribution(String id, Check.Distribution check) {
        add(new DistributionDemand(id, "os.id"));
        distributionAsked = true;
        for (Check.ListedDistribution listed : check.anyOf()) {
            Version from = Version.of(listed.minimum().isEmpty() ? listed.version() : listed.minimum());
            Version before = listed.minimum().isEmpty() ? from.next() : Version.ENDLESS;
            session.add(new ListedDistribution(id, listed.id(), listed.variant(), from, before));
        }
    }

    /** Those of the requirements that a listed distribution is said to meet. */
    static List<Requirement> claimed(Check.DistributionSatisfies check, List<Requirement> requirements) {
        return requirements.stream()
                .filter(requirement ->
                        check.satisfies().stream().anyMatch(covered -> covers(covered, requirement.id())))
                .toList();
    }

    private static boolean covers(String covered, String id) {
        return covered.endsWith("*") ? id.startsWith(covered.substring(0, covered.length() - 1)) : id.equals(covered);
    }

    private void port(String id, Check.Port check) {
        boolean served = check.hosts().equals("all")
                || target.roles().stream().map(Role::label).anyMatch(check.hosts()::equals);
        session.add(new PortDemand(id, traffic(check), served));
        session.add(firewall.of(id, check, served));
        if (!served) {
            session.addAll(DatastoreClues.of(id, check, facts));
        }
        session.addAll(ProbeClues.of(id, check, traffic(check), served, target.ipFamily(), facts));
        // A host that does not serve the port may use it as it likes.
        if (served && !check.protocol().equals("ipip")) {
            sockets(id, check.protocol(), numbers(check), check.servedBy());
        }
    }

    private void sockets(String id, String protocol, List<String> ports, List<String> servedBy) {
        String fact = SOCKETS + protocol;
        Observed<FactValue> sockets = facts.get(fact);
        if (!(sockets.known().orElse(null) instanceof FactValue.Rows rows)) {
            return;
        }
        for (Map<String, String> row : rows.rows()) {
            String port = row.getOrDefault("port", "");
            String process = row.getOrDefault("process", "");
            if (ports.contains(port)) {
                String value = row.getOrDefault("address", "") + " port " + port
                        + (process.isEmpty() ? ", program not visible" : ", " + process);
                boolean expected = servedBy.contains(process);
                session.add(new PortSocket(
                        id, process, expected, fact, value, sockets.origin().toString()));
            }
        }
    }

    private static List<String> numbers(Check.Port check) {
        return check.numbers().stream().map(String::valueOf).toList();
    }

    /** The traffic as the reader would name it: {@code TCP 179}, {@code IP protocol 4}. */
    static String traffic(Check.Port check) {
        if (check.protocol().equals("ipip")) {
            return "IP protocol " + check.number();
        }
        return check.protocol().toUpperCase(java.util.Locale.ROOT) + " " + String.join(" or ", numbers(check));
    }

    private void privilege(String id, Check.Privilege check) {
        session.add(new PrivilegeDemand(
                id,
                check.capability(),
                "privilege.calico.effective",
                "host.container",
                "privilege.self.bounding",
                "privilege.init.bounding",
                "privilege.user-namespace"));
        observed.addAll(PRIVILEGES);
    }

    private void openstack(String id, Check.OpenstackRelease check) {
        session.add(new OpenstackReleaseDemand(
                id, "openstack.release", "openstack.packages", check.minimum(), check.tested()));
        observed.add("openstack.release");
        observed.add("openstack.packages");
        boolean accepted = false;
        for (OpenstackRelease release : knowledge.openstack().releases()) {
            accepted |= release.name().equals(check.minimum());
            if (accepted) {
                session.add(new AcceptedRelease(id, release.name()));
            }
            release.versions()
                    .forEach((component, series) -> session.add(new ReleaseSeries(release.name(), component, series)));
        }
        Observed<FactValue> packages = facts.get("openstack.packages");
        if (packages.known().orElse(null) instanceof FactValue.Table table) {
            Set<String> components = new LinkedHashSet<>();
            knowledge
                    .openstack()
                    .releases()
                    .forEach(release -> components.addAll(release.versions().keySet()));
            table.entries().forEach((name, entry) -> components.stream()
                    .filter(component -> isOf(component, name))
                    .findFirst()
                    .ifPresent(component -> session.add(new OpenstackPackage(
                            "openstack.packages",
                            component,
                            series(entry.value()),
                            name + " " + entry.value(),
                            HostFacts.originOf(entry, packages.origin()).toString()))));
        }
    }

    /** Is the package (nova-common, python3-nova, openstack-nova-compute) of the component? */
    private static boolean isOf(String component, String packageName) {
        return List.of(packageName.split("-")).contains(component);
    }

    /** The major version without a packager's epoch: {@code 21} of {@code 2:21.0.0-0ubuntu1}. */
    private static String series(String version) {
        String upstream = version.substring(version.indexOf(':') + 1);
        List<Long> numbers = Version.of(upstream).numbers();
        if (numbers.isEmpty()) {
            return "";
        }
        // Until Liberty the components carried the date of the release: 2015.1.
        boolean dated = numbers.get(0) > 2000 && numbers.size() > 1;
        return dated ? numbers.get(0) + "." + numbers.get(1) : numbers.get(0).toString();
    }

    private void kubernetes(String id, Check.KubernetesVersion check) {
        if (!check.tested().isEmpty()) {
            add(new KubernetesVersionDemand(id, "kubernetes.version", check.tested()));
        }
        if (!check.minimum().isEmpty()) {
            add(new KubernetesFloor(id, "kubernetes.version", Version.of(check.minimum())));
        }
    }

    private void addressRanges(String id) {
        session.add(new AddressRangesDemand(
                id,
                AddressRangeClues.PODS,
                AddressRangeClues.SERVICES,
                AddressRangeClues.ADDRESSES,
                AddressRangeClues.ROUTES));
        observed.addAll(List.of(
                AddressRangeClues.PODS,
                AddressRangeClues.SERVICES,
                AddressRangeClues.ADDRESSES,
                AddressRangeClues.ROUTES));
        session.addAll(AddressRangeClues.of(id, facts, providers));
    }

    private void comparison(String id, Check.FactComparison check) {
        String ifAbsent = check.ifAbsent().isEmpty() ? "unmet" : ifAbsent(check);
        if (!check.equalTo().isEmpty()) {
            comparison(id, check, "any-of", List.of(check.equalTo()), check.equalTo(), ifAbsent);
        } else if (!check.anyOf().isEmpty()) {
            comparison(id, check, "any-of", check.anyOf(), String.join(" or ", check.anyOf()), ifAbsent);
        } else if (!check.noneOf().isEmpty()) {
            String met = check.ifAbsent().isEmpty() ? "met" : ifAbsent(check);
            comparison(id, check, "none-of", check.noneOf(), String.join(" or ", check.noneOf()), met);
        } else if (!check.atLeast().isEmpty()) {
            comparison(id, check, "at-least", List.of(), check.atLeast(), ifAbsent);
        } else if (!check.atMost().isEmpty()) {
            comparison(id, check, "at-most", List.of(), check.atMost(), ifAbsent);
        } else if (!check.contains().isEmpty()) {
            comparison(id, check, "contains", List.of(), check.contains(), ifAbsent);
        } else if (check.present().equals("false")) {
            comparison(id, check, "not-present", List.of(), "", "met");
        } else {
            comparison(id, check, "present", List.of(), "", "unmet");
        }
    }

    /** An entry that is missing among others says something; where the whole table is missing, nobody spoke. */
    private String ifAbsent(Check.FactComparison check) {
        if (!check.ifAbsent().equals("met-in-table")) {
            return check.ifAbsent();
        }
        String name = check.fact();
        for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            if (facts.get(name.substring(0, dot)).known().orElse(null) instanceof FactValue.Table) {
                return "met";
            }
        }
        return "unknown";
    }

    private void comparison(
            String id,
            Check.FactComparison check,
            String comparison,
            List<String> wanted,
            String text,
            String ifAbsent) {
        add(new ComparisonDemand(id, check.fact(), comparison, wanted, Version.of(text), text, ifAbsent));
    }

    private void add(FactDemand demand) {
        session.add(demand);
        observed.add(demand.fact());
    }

    private Optional<HostDistribution> hostDistribution() {
        Observed<FactValue> id = facts.get("os.id");
        Observed<FactValue> version = facts.get("os.version");
        return id.known().map(name -> {
            String variant = facts.get("os.release.VARIANT_ID")
                    .known()
                    .map(FactValue::toString)
                    .orElse("");
            String numbered = version.known().map(FactValue::toString).orElse("");
            return new HostDistribution(
                    "os.id",
                    name.toString(),
                    variant,
                    Version.of(numbered),
                    Stream.of(name.toString(), variant, numbered)
                            .filter(word -> !word.isEmpty())
                            .collect(Collectors.joining(" ")),
                    id.origin().toString());
        });
    }

    private static Set<String> union(Set<String> some, Set<String> more) {
        Set<String> all = new LinkedHashSet<>(some);
        all.addAll(more);
        return all;
    }
}
