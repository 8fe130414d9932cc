package calico.preflight.cli.command;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.UserException;
import calico.preflight.cli.option.HostOptions;
import calico.preflight.cli.option.ProbeOptions;
import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.collect.AmbiguousKernelException;
import calico.preflight.facts.collect.CollectionOptions;
import calico.preflight.facts.collect.HostCollector;
import calico.preflight.facts.probe.KernelProbe;
import calico.preflight.facts.source.LiveHost;
import calico.preflight.facts.source.NoNamespaceException;
import calico.preflight.facts.source.ProbeNamespace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tries the running kernel after saying so, and lays what was found over what was seen. */
record Probing(Console console, RuleBook book) {

    private static final String RELEASE = "kernel.release";

    /** What a probe found, if the options ask for one or name the results of one. */
    Optional<HostFacts> asAskedFor(ProbeOptions options, HostOptions host) throws InvalidRulesException {
        if (options.results().isPresent()) {
            if (options.probe()) {
                throw new UserException("--probe and --probe-results exclude each other.");
            }
            if (options.results().equals(Optional.of("-")) && host.facts().equals(options.results())) {
                throw new UserException("--facts and --probe-results cannot both be read from standard input.");
            }
            return Optional.of(read(options.results().get()));
        }
        if (!options.probe()) {
            return Optional.empty();
        }
        if (!host.isLive()) {
            throw new UserException(
                    "--probe tries this very host, so it goes with --source live alone; for another host"
                            + " run probe kernel -o json there, and give its result with --probe-results.");
        }
        return Optional.of(run());
    }

    private HostFacts read(String name) {
        HostFacts read = Hosts.read("--probe-results", name, console);
        if (!read.facts().containsKey(KernelProbe.FACT)) {
            throw new UserException("--probe-results " + name
                    + ": holds no results of a probe; what probe kernel -o json" + " writes is allowed.");
        }
        return read;
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

    /** The facts of a host with what a probe found on it; a probe of another kernel says nothing on this one. */
    static HostFacts together(HostFacts host, HostFacts probe) {
        Optional<FactValue> here = host.get(RELEASE).known();
        Optional<FactValue> there = probe.get(RELEASE).known();
        if (here.isPresent() && there.isPresent() && !here.equals(there)) {
            throw new UserException("the results of the probe are of the kernel " + there.get()
                    + ", but this host runs " + here.get() + ".");
        }
        List<Fact> all = new ArrayList<>(host.facts().values());
        all.add(new Fact(KernelProbe.FACT, probe.get(KernelProbe.FACT)));
        return HostFacts.of(host.source(), host.collectedAt(), all);
    }
}
