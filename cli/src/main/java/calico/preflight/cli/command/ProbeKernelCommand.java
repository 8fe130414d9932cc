package calico.preflight.cli.command;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.ExitCode;
import calico.preflight.cli.option.OutputOptions;
import calico.preflight.cli.option.RulesOptions;
import calico.preflight.cli.render.ProbeText;
import calico.preflight.facts.HostFacts;

/** Tries what the kernel can do. */
final class ProbeKernelCommand extends Command {

    private final Console console;

    private final RulesOptions rules = with(new RulesOptions());

    private final OutputOptions output = with(new OutputOptions());

    ProbeKernelCommand(Console console) {
        super(
                "kernel",
                "Tries for real, in a network namespace that is thrown away, what the kernel can do: IP sets, the matches "
                        + "and targets of iptables, tunnel devices, connection tracking, SCTP. Needs root, and may make "
                        + "the kernel load modules. What only a missing or old tool prevents stays open.",
                "",
                "Examples:",
                "  calico-preflight probe kernel",
                "  calico-preflight probe kernel -o json --output-file probe.json",
                "  calico-preflight check --probe-results probe.json");
        this.console = console;
    }

    @Override
    public Integer call() throws InvalidRulesException {
        HostFacts facts = new Probing(console, RuleBook.load(rules, console.environment())).run();
        output.give(console, facts, look -> ProbeText.of(facts, look));
        return ExitCode.OK.code();
    }
}
