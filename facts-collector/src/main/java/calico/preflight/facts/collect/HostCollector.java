package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactCatalogue;
import calico.preflight.facts.FactType;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.source.ConfigurationFile;
import calico.preflight.facts.source.HostSource;
import calico.preflight.facts.source.LiveHost;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Collects the facts of one host: runs the collectors that give what is wanted, and holds what each of them saw. */
public final class HostCollector {

    private static final List<Collector> KERNEL = List.of(
            new HostIdentity(),
            new MachineId(),
            new HostContainer(),
            new OperatingSystem(),
            new KernelIdentity(),
            KernelConfiguration.COLLECTOR,
            new ModulesInUse(),
            ModuleTree.BUILTIN,
            ModuleTree.FILES,
            ModuleTree.INCOMPLETE,
            ModuleTree.ALIASES,
            ModuleTree.RELEASES,
            new ModuleBlocks(),
            new KernelAbilities(),
            new NotProbed(),
            new KernelSettings(),
            new Mounts());

    /** Every collector there is; each fact of the catalogue is given by one of them. */
    static final List<Collector> ALL =
            Stream.concat(KERNEL.stream(), SystemCollectors.ALL.stream()).toList();

    private static final Set<String> OF_A_CONFIGURATION = Set.of("kernel.config", "kernel.release");

    private final List<Collector> collectors;

    /** With every collector there is. */
    public HostCollector() {
        this(ALL);
    }

    HostCollector(List<Collector> collectors) {
        this.collectors = List.copyOf(collectors);
    }

    /**
     * Looks for the wanted facts. Each fact of the catalogue that is wanted is in the result, whatever happens: what a
     * collector could not see, or did not live to tell, is unknown.
     *
     * @param wanted is the fact of this name wanted? A name of the catalogue is asked for; what a collector says of a
     *     single entry of a table comes with the table
     * @throws AmbiguousKernelException if a fact of the kernel is wanted, the source holds several kernels, and neither
     *     the source nor the options say which is meant
     */
    public HostFacts collect(HostSource host, CollectionOptions options, Predicate<String> wanted)
            throws AmbiguousKernelException {
        if (FactCatalogue.ALL.stream()
                .anyMatch(type -> type.name().startsWith("kernel.") && wanted.test(type.name()))) {
            checkKernel(host, options);
        }
        Look look = new Look(host);
        Map<String, Fact> facts = new TreeMap<>();
        Stream<Collector> asked = collectors.stream()
                .filter(collector -> collector.facts().stream().anyMatch(wanted));
        // A live host makes some of them wait for the kernel or for a command.
        List<List<Fact>> answers = (host instanceof LiveHost ? asked.parallel() : asked)
                .map(collector -> guarded(collector, look, options).stream()
                        .filter(fact -> wanted.test(factOf(collector, fact)))
                        .toList())
                .toList();
        answers.forEach(answer -> answer.forEach(fact -> facts.put(fact.name(), fact)));
        for (FactType type : FactCatalogue.ALL) {
            if (wanted.test(type.name()) && !facts.containsKey(type.name())) {
                facts.put(type.name(), unknown(type.name(), "nothing collects this fact from such a source", host));
            }
        }
        if (host instanceof ConfigurationFile) {
            // nothing else was given, so nothing else was seen, nor is absent
            facts.replaceAll((name, fact) -> OF_A_CONFIGURATION.contains(name)
                            || fact.observed().origin().equals(HostIdentity.OPTION)
                    ? fact
                    : unknown(name, ConfigurationFile.WHY, host));
        }
        String at = host.collectedAt().orElseGet(() -> options.clock()
                .instant()
                .truncatedTo(ChronoUnit.SECONDS)
                .toString());
        return new HostFacts(host.name(), at, facts);
    }

    private static void checkKernel(HostSource host, CollectionOptions options) throws AmbiguousKernelException {
        if (!host.showsRunningHost() && KernelRelease.of(host, options).isUnknown()) {
            List<String> releases = options.kernelRelease().isPresent() ? List.of() : KernelRelease.candidates(host);
            if (releases.size() > 1) {
                throw new AmbiguousKernelException(host.name(), releases);
            }
        }
    }

    /** The declared fact that this one is, or is an entry of. */
    private static String factOf(Collector collector, Fact fact) {
        return collector.facts().stream()
                .filter(name -> fact.name().startsWith(name + "."))
                .findFirst()
                .filter(name -> !collector.facts().contains(fact.name()))
                .orElse(fact.name());
    }

    /**
     * All facts of the catalogue.
     *
     * @throws AmbiguousKernelException if the source holds several kernels, and nothing says which is meant
     */
    public HostFacts collect(HostSource host, CollectionOptions options) throws AmbiguousKernelException {
        return collect(host, options, name -> true);
    }

    private static List<Fact> guarded(Collector collector, Look look, CollectionOptions options) {
        try {
            return look.facts(collector, options);
        } catch (RuntimeException | StackOverflowError e) {
            String why = "the collector failed: " + e;
            return collector.facts().stream()
                    .map(name -> unknown(name, why, look.host()))
                    .toList();
        }
    }

    private static Fact unknown(String name, String why, HostSource host) {
        return new Fact(name, Observed.unknown(why, Origin.of(host.name())));
    }
}
