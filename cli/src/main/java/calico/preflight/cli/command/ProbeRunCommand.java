package calico.preflight.cli.command;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.target.Target;
import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.ExitCode;
import calico.preflight.cli.console.Progress;
import calico.preflight.cli.console.UserException;
import calico.preflight.cli.option.Durations;
import calico.preflight.cli.option.OutputOptions;
import calico.preflight.cli.option.ProbeConnectionOptions;
import calico.preflight.cli.option.RulesOptions;
import calico.preflight.cli.option.Several;
import calico.preflight.cli.option.Single;
import calico.preflight.cli.option.TargetOptions;
import calico.preflight.cli.render.FlowText;
import calico.preflight.facts.Fact;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.collect.AmbiguousKernelException;
import calico.preflight.facts.collect.CollectionOptions;
import calico.preflight.facts.collect.HostCollector;
import calico.preflight.facts.probe.flow.FlowFacts;
import calico.preflight.facts.probe.flow.FlowProbe;
import calico.preflight.facts.probe.flow.FlowResult;
import calico.preflight.facts.probe.flow.FlowResult.Result;
import calico.preflight.facts.probe.flow.PeerResults;
import calico.preflight.facts.source.LiveHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Exchanges packets with other hosts. */
final class ProbeRunCommand extends Command {

    private static final Set<String> NAMED = Set.of("host.name", "kernel.release");

    private final Console console;

    private final Several<String> peers = several(
            String.class,
            option(
                            "--peers",
                            "ADDRESS[=ROLE]",
                            "the other hosts, 64 at most, by address or name; with what they offer where that is more than "
                                    + "node: 10.0.0.9=typha, 10.0.0.8=apiserver+etcd")
                    .splitRegex(",")
                    .required(true));

    private final ProbeConnectionOptions connection = with(new ProbeConnectionOptions());

    private final Single<Duration> limit = one(
            Duration.class,
            option("--timeout", "DURATION", "begin nothing more after this long (default: 5m)")
                    .converters(new Durations()));

    private final TargetOptions target = with(new TargetOptions());

    private final RulesOptions rules = with(new RulesOptions());

    private final OutputOptions output = with(new OutputOptions());

    ProbeRunCommand(Console console) {
        super(
                "run",
                "Exchanges real packets with other hosts, on which probe serve waits: those of each port requirement of the "
                        + "target, both ways as the requirement asks, and longer and longer ones to find the path MTU. "
                        + "Blocked is what was sent and listened for, and did not arrive; what could not be sent or listened "
                        + "for is not tried. IP-in-IP and path MTU need root, and so do ports below 1024.",
                "",
                "A packet that does not arrive is sent three times, and the path MTU found in 14 steps each way. IP-in-IP "
                        + "is tried in before out, as a stateful firewall takes what comes in for an answer to what went "
                        + "out: probe from both hosts to see both firewalls as they are.",
                "",
                "Exit codes here: 3 where something is blocked, 5 where nothing is but something was not tried.",
                "",
                "Examples:",
                "  sudo calico-preflight probe run --key-file probe.key --peers 10.0.0.2,10.0.0.3",
                "  sudo calico-preflight probe run --key-file probe.key --typha \\",
                "      --peers 10.0.0.2,10.0.0.9=typha -o json --output-file flows.json",
                "  calico-preflight check --typha --probe-results flows.json");
        this.console = console;
    }

    @Override
    public Integer call() throws InvalidRulesException {
        RuleBook book = RuleBook.load(rules, console.environment());
        Platform platform = target.platform().orElseGet(() -> PlatformDetection.of(seen(PlatformDetection.FACTS)));
        ResolvedPack pack = book.resolve(target.calico(), target.nearest(), platform);
        Target wanted = target.on(pack);
        FlowPlan plan = FlowPlan.of(pack, wanted, ProbePeer.all(peers.values(), FlowPlan.families(wanted)));
        Progress progress = new Progress(console);
        FlowProbe probe = new FlowProbe(
                connection.key(console),
                connection.port(),
                limit.or(Duration.ofMinutes(5)),
                words -> progress.show("probing " + words));
        List<PeerResults> results = new ArrayList<>();
        plan.byPeer().forEach((peer, flows) -> results.add(probe.with(peer.address(), flows)));
        if (!plan.withoutPeer().isEmpty()) {
            results.add(new PeerResults("", plan.withoutPeer(), Optional.empty()));
        }
        progress.end();
        FlowText text = new FlowText(wanted, results);
        output.give(console, facts(results), look -> output.quiet() ? text.verdict(look) : text.whole(look));
        return exit(results).code();
    }

    private static HostFacts facts(List<PeerResults> results) {
        HostFacts host = seen(NAMED);
        List<Fact> facts = new ArrayList<>(host.facts().values());
        facts.addAll(FlowFacts.of(results));
        return HostFacts.of(host.source(), host.collectedAt(), facts);
    }

    private static HostFacts seen(Set<String> names) {
        try {
            HostFacts all = new HostCollector().collect(new LiveHost(), CollectionOptions.none(), names::contains);
            return HostFacts.of(
                    all.source(),
                    all.collectedAt(),
                    all.facts().values().stream()
                            .filter(fact -> names.contains(fact.name()))
                            .toList());
        } catch (AmbiguousKernelException e) {
            throw new UserException(String.valueOf(e.getMessage()), e);
        }
    }

    private static ExitCode exit(List<PeerResults> results) {
        List<Result> all = results.stream()
                .flatMap(peer -> peer.flows().stream())
                .map(FlowResult::result)
                .toList();
        if (all.contains(Result.BLOCKED)) {
            return ExitCode.FAILED;
        }
        return all.contains(Result.NOT_TRIED) ? ExitCode.UNKNOWN : ExitCode.OK;
    }
}
