package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Flag;
import calico.preflight.facts.FactValue.Table;
import calico.preflight.facts.FactValue.Texts;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.Modules;
import calico.preflight.facts.parse.TextLines;
import calico.preflight.facts.source.HostSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the running kernel has in use: modules, and the tables, matches and targets of iptables. */
final class ModulesInUse implements Collector {

    private static final String LOADED = "kernel.modules.loaded";
    private static final String SYSFS = "kernel.modules.sysfs";
    private static final String DISABLED = "kernel.modules.disabled";

    private static final Map<String, String> XTABLES = Map.of(
            "kernel.xtables.ipv4.tables", "ip_tables_names",
            "kernel.xtables.ipv4.matches", "ip_tables_matches",
            "kernel.xtables.ipv4.targets", "ip_tables_targets",
            "kernel.xtables.ipv6.tables", "ip6_tables_names",
            "kernel.xtables.ipv6.matches", "ip6_tables_matches",
            "kernel.xtables.ipv6.targets", "ip6_tables_targets");

    private static final String NO_PROC = "no /proc of a running kernel is there";

    @Override
    public Set<String> facts() {
        Set<String> facts = new HashSet<>(XTABLES.keySet());
        facts.addAll(Set.of(LOADED, SYSFS, DISABLED));
        return Set.copyOf(facts);
    }

    @Override
    public List<Fact> collect(Look look, CollectionOptions options) {
        HostSource host = look.host();
        Optional<String> other = KernelRelease.otherRunning(host, options);
        if (other.isPresent()) {
            return Answers.unknown(
                    facts(), "the kernel that runs is another: " + other.get(), Origin.of(KernelRelease.OSRELEASE));
        }
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(LOADED, loaded(host)));
        facts.add(new Fact(SYSFS, sysfs(host)));
        facts.add(new Fact(DISABLED, disabled(host)));
        XTABLES.forEach((fact, file) -> facts.add(new Fact(fact, registered(host, file))));
        return facts;
    }

    /** A running kernel without {@code /proc/modules} has no loadable modules; a copy of files may just lack it. */
    private static Observed<FactValue> loaded(HostSource host) {
        return absentIfItRuns(
                host, Answers.text(host, "/proc/modules", 16 << 20).map(text -> new Table(Modules.loaded(text))));
    }

    private static Observed<FactValue> sysfs(HostSource host) {
        return Answers.absentMeans(
                "no /sys of a running kernel is there",
                Answers.names(host, "/sys/module").map(Texts::new));
    }

    private static Observed<FactValue> disabled(HostSource host) {
        Observed<String> text = Answers.text(host, "/proc/sys/kernel/modules_disabled");
        if (text instanceof Observed.Known<String> known) {
            return switch (TextLines.first(known.value())) {
                case "0" -> Observed.known(new Flag(false), known.origin());
                case "1" -> Observed.known(new Flag(true), known.origin());
                default -> Observed.unknown("is neither 0 nor 1", known.origin());
            };
        }
        return absentIfItRuns(host, text.map(any -> new Flag(false)));
    }

    /**
     * The names that netfilter registered. Seen from elsewhere than the host itself, {@code /proc/net} would be that of
     * whoever looks, and the network of the first process that of the host.
     */
    private static Observed<FactValue> registered(HostSource host, String file) {
        List<String> places = host.showsRunningHost() ? List.of("/proc/net/") : List.of("/proc/1/net/", "/proc/net/");
        Observed<String> text = Answers.best(
                places.stream().map(place -> Answers.text(host, place + file)).toList());
        return absentIfItRuns(host, text.map(names -> new Texts(Modules.registered(names))));
    }

    private static <T> Observed<T> absentIfItRuns(HostSource host, Observed<T> observed) {
        boolean runs = host.showsRunningHost() && ModuleDirectories.isDirectory(host, "/proc/sys/kernel");
        return runs ? observed : Answers.absentMeans(NO_PROC, observed);
    }
}
