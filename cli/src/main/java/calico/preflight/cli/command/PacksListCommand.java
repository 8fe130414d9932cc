package calico.preflight.cli.command;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.PackHeader;
import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.ExitCode;
import calico.preflight.cli.option.OutputOptions;
import calico.preflight.cli.option.RulesOptions;
import calico.preflight.cli.render.PackListing;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the packs that were found. */
@Command(
        name = "list",
        description = {
            "Lists the rule packs: their version, their platforms and the file they stand in.",
            "",
            "Examples:",
            "  calico-preflight packs list",
            "  calico-preflight packs list --rules my-rules -o json"
        })
final class PacksListCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private final RulesOptions rules = new RulesOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    PacksListCommand(Console console) {
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
