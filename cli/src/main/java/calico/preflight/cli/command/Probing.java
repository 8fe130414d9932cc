package calico.preflight.cli.command;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.UserException;
import calico.preflight.cli.option.HostOptions;
import calico.preflight.cli.option.ProbeOptions;
import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.collect.AmbiguousKernelException;
import calico.preflight.facts.collect.CollectionOptions;
import calico.preflight.facts.collect.HostCollector;
import calico.preflight.facts.probe.KernelProbe;
import calico.preflight.facts.probe.flow.FlowFacts;
import calico.preflight.facts.source.LiveHost;
import calico.preflight.facts.source.NoNamespaceException;
import calico.preflight.facts.source.ProbeNamespace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tries the running kernel after saying so, and lays what was found over what was seen. */
record Probing(Console console, RuleBook book) {

    private static final String STANDARD_INPUT = "-";
    private static final String RELEASE = "kernel.release";
    private static final String HOST = "host.name";

    /** The facts that only probes find. */
    private static final List<String> FOUND = List.of(KernelProbe.FACT, FlowFacts.FLOWS, FlowFacts.PATH_MTU);

    /** What probes found: those whose results the options name, and the one that they ask for. */
    List<HostFacts> asAskedFor(ProbeOptions options, HostOptions host) throws InvalidRulesException {
        List<String> names = options.results();
        List<String> inputs = new ArrayList<>(names);
        host.facts().ifPresent(inputs::add);
        if (Collections.frequency(inputs, STANDARD_INPUT) > 1) {
            throw new UserException("standard input can be read only once, by --facts or one --probe-results.");
        }
        List<HostFacts> found = new ArrayList<>();
        for (String name : names) {
            HostFacts read = read(name);
            boolean kernel = holds(read, KernelProbe.FACT);
            if (kernel && options.probe()) {
                throw new UserException("--probe and --probe-results " + name
                        + " exclude each other: both tell what the kernel can do.");
            }
            if (kernel && found.stream().anyMatch(other -> holds(other, KernelProbe.FACT))) {
                throw new UserException("--probe-results " + name
                        + ": results of probe kernel were given already; only those of probe run add up.");
            }
            found.add(read);
        }
        if (options.probe()) {
            if (!host.isLive()) {
                throw new UserException(
                        "--probe tries this very host, so it goes with --source live alone; for another host"
                                + " run probe kernel -o json there, and give its result with --probe-results.");
            }
            found.add(run());
        }
        return found;
    }

    private HostFacts read(String name) {
        HostFacts read = Hosts.read("--probe-results", name, console);
        if (FOUND.stream().noneMatch(fact -> holds(read, fact))) {
            throw new UserException("--probe-results " + name
                    + ": holds no results of a probe; what probe kernel -o json and probe run -o json write is"
                    + " allowed.");
        }
        return read;
    }

    private static boolean holds(HostFacts facts, String fact) {
        return facts.get(fact).known().isPresent();
    }

    /** Says what will be done, and does it. */
    HostFacts run() throws InvalidRulesException {
        if (!ProbeNamespace.isRoot()) {
            throw new UserException("probing the kernel needs root, to make a network namespace to try things in;"
                    + " nothing was tried.");
        }
        KernelProbe probe = KernelProbe.of(book.probes());
        console.say("Trying kernel capabilities in a network namespace that is thrown away, with "
                + String.join(", ", probe.programs())
                + ". The kernel may load modules for it, which stay loaded (ipip brings a device tunl0 with it);"
                + " nothing else remains.");
        try {
            HostFacts host = new HostCollector()
                    .collect(
                            new LiveHost(),
                            CollectionOptions.none(),
                            name -> name.equals(RELEASE) || name.equals("host.name"));
            List<Fact> facts = new ArrayList<>(host.facts().values());
            facts.add(probe.run());
            return HostFacts.of(host.source(), host.collectedAt(), facts);
        } catch (NoNamespaceException e) {
            throw new UserException(
                    "no network namespace can be made here, so nothing was tried: " + e.getMessage(), e);
        } catch (AmbiguousKernelException e) {
            throw new UserException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * The facts of a host with what a probe found on it. What was tried of another kernel says nothing on this one, nor do
     * packets of another host.
     */
    static HostFacts together(HostFacts host, HostFacts probe) {
        boolean kernel = holds(probe, KernelProbe.FACT);
        String name = kernel ? RELEASE : HOST;
        Optional<FactValue> here = host.get(name).known();
        Optional<FactValue> there = probe.get(name).known();
        if (here.isPresent() && there.isPresent() && !here.equals(there)) {
            throw new UserException("the results of the probe are of the " + (kernel ? "kernel " : "host ")
                    + there.get() + ", but this host " + (kernel ? "runs " : "is ") + here.get() + ".");
        }
        List<Fact> all = new ArrayList<>(host.facts().values());
        for (String fact : FOUND) {
            if (holds(probe, fact)) {
                all.add(added(host, new Fact(fact, probe.get(fact)), probe.collectedAt()));
            }
        }
        return HostFacts.of(host.source(), host.collectedAt(), all);
    }

    /** Rows add up with those of an earlier probe. */
    private static Fact added(HostFacts host, Fact found, String at) {
        if (!(found.observed().known().orElse(null) instanceof FactValue.Rows rows)) {
            return found;
        }
        List<Map<String, String>> all = new ArrayList<>();
        if (host.get(found.name()).known().orElse(null) instanceof FactValue.Rows before) {
            all.addAll(before.rows());
        }
        all.addAll(rows.rows());
        Origin origin = Origin.of(found.observed().origin() + " at " + at);
        return new Fact(found.name(), Observed.known(new FactValue.Rows(all), origin));
    }
}
