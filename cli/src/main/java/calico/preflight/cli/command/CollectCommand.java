package calico.preflight.cli.command;

import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.ExitCode;
import calico.preflight.cli.option.DatastoreOptions;
import calico.preflight.cli.option.HostOptions;
import calico.preflight.cli.option.OutputOptions;
import calico.preflight.cli.render.FactsText;
import calico.preflight.facts.Fact;
import calico.preflight.facts.HostFacts;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Collects every fact there is, whatever a pack may ask for, so that the host can be judged elsewhere and later. */
@Command(
        name = "collect",
        description = {
            "Collects all facts of a host, to be judged anywhere, any time later. Nothing on the host is changed.",
            "",
            "Examples:",
            "  calico-preflight collect --output-file node1.json",
            "  calico-preflight collect --source /mnt/image | calico-preflight check --facts -",
            "  calico-preflight collect -o text",
            "  calico-preflight collect --etcd-endpoints http://10.0.0.1:2379"
        })
final class CollectCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private final HostOptions host = new HostOptions();

    @Mixin
    private final DatastoreOptions datastore = new DatastoreOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    CollectCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Fact> answers = DatastoreAsking.asAskedFor(datastore, host);
        HostFacts facts = new Hosts(host, console).with(name -> true).with(answers);
        output.give(console, OutputOptions.Format.json, facts, look -> FactsText.of(facts, look));
        return ExitCode.OK.code();
    }
}
