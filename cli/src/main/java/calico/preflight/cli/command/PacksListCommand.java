package calico.preflight.cli.command;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.PackHeader;
import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.ExitCode;
import calico.preflight.cli.option.OutputOptions;
import calico.preflight.cli.option.RulesOptions;
import calico.preflight.cli.render.PackListing;
import java.util.List;

/** Lists the packs that were found. */
final class PacksListCommand extends Command {

    private final Console console;

    private final RulesOptions rules = with(new RulesOptions());

    private final OutputOptions output = with(new OutputOptions());

    PacksListCommand(Console console) {
        super(
                "list",
                "Lists the rule packs: their version, their platforms and the file they stand in.",
                "",
                "Examples:",
                "  calico-preflight packs list",
                "  calico-preflight packs list --rules my-rules -o json");
        this.console = console;
    }

    @Override
    public Integer call() throws InvalidRulesException {
        List<PackHeader> packs = RuleBook.load(rules, console.environment()).packs();
        PackListing listing = new PackListing(packs);
        output.give(console, listing.document(), listing::text);
        return ExitCode.OK.code();
    }
}
