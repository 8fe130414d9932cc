package calico.preflight.cli.command;

import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.ExitCode;
import calico.preflight.cli.option.OutputOptions;
import calico.preflight.cli.render.FactListing;
import calico.preflight.facts.FactCatalogue;

/** Lists every fact there is. */
final class FactsListCommand extends Command {

    private final Console console;

    private final OutputOptions output = with(new OutputOptions());

    FactsListCommand(Console console) {
        super(
                "list",
                "Lists every fact that can be collected: its name, type and unit, and where it comes from.",
                "",
                "Examples:",
                "  calico-preflight facts list",
                "  calico-preflight facts list -o json");
        this.console = console;
    }

    @Override
    public Integer call() {
        FactListing listing = new FactListing(FactCatalogue.ALL);
        output.give(console, listing.document(), listing::text);
        return ExitCode.OK.code();
    }
}
