package calico.preflight.cli.command;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.target.Target;
import calico.preflight.cli.console.Console;
import calico.preflight.cli.option.HostOptions;
import calico.preflight.cli.option.ProbeOptions;
import calico.preflight.cli.option.RulesOptions;
import calico.preflight.cli.option.TargetOptions;
import calico.preflight.engine.report.Report;
import calico.preflight.facts.HostFacts;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * From options to a report: loads the rules, looks at the host, and judges. Only the facts that the requirements name are
 * collected, and a few by which a report calls the host.
 */
record Checking(Console console, TargetOptions target, HostOptions host, ProbeOptions probe, RulesOptions rules) {

    private static final Set<String> NAMED_IN_REPORTS =
            Set.of("host.name", "host.architecture", "os.id", "os.version", "kernel.release");

    Report report() throws InvalidRulesException {
        Hosts hosts = new Hosts(host, console);
        RuleBook book = RuleBook.load(rules, console.environment());
        Optional<HostFacts> tried = new Probing(console, book).asAskedFor(probe, host);
        Platform platform =
                target.platform().orElseGet(() -> PlatformDetection.of(hosts.with(PlatformDetection.FACTS::contains)));
        ResolvedPack pack = book.resolve(target.calico(), platform);
        Target resolved = target.on(pack);
        NavigableSet<String> wanted = new TreeSet<>(NAMED_IN_REPORTS);
        wanted.addAll(book.factNames(pack, resolved));
        HostFacts facts = hosts.with(name -> isWanted(name, wanted));
        if (tried.isPresent()) {
            facts = Probing.together(facts, tried.get());
        }
        return book.judge(pack).judge(resolved, facts);
    }

    /** Is this fact wanted, or, if it is a table, an entry of it? */
    private static boolean isWanted(String name, NavigableSet<String> wanted) {
        String next = wanted.ceiling(name + ".");
        return wanted.contains(name) || (next != null && next.startsWith(name + "."));
    }
}
