package calico.preflight.cli.command;

import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.ExitCode;
import calico.preflight.cli.option.OutputOptions;
import calico.preflight.cli.render.FactListing;
import calico.preflight.facts.FactCatalogue;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists every fact there is. */
@Command(
        name = "list",
        description = {
            "Lists every fact that can be collected: its name, type and unit, and where it comes from.",
            "",
            "Examples:",
            "  calico-preflight facts list",
            "  calico-preflight facts list -o json"
        })
final class FactsListCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    FactsListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        FactListing listing = new FactListing(FactCatalogue.ALL);
        output.give(console, listing.document(), listing::text);
        return ExitCode.OK.code();
    }
}
