package calico.preflight.cli.command;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.ExitCode;
import calico.preflight.cli.option.PageOptions;
import calico.preflight.cli.page.RequirementsPage;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes the requirements of a pack as a page. */
@Command(
        name = "doc",
        description = {
            "Writes the requirements of a pack on one platform as a page for people: what is asked for, where it holds, "
                    + "what to do, and which document asks for it. All of it comes from the rules. The HTML is one file "
                    + "that needs no other. With further target options: only what applies to that target; with "
                    + "--profile practical also what advisories add and say.",
            "",
            "Examples:",
            "  calico-preflight packs doc calico-3.16 --platform openstack",
            "  calico-preflight packs doc 3.32 --platform kubernetes -o html \\",
            "    --output-file requirements.html"
        })
final class PacksDocCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private final ChosenPack chosen = new ChosenPack();

    @Mixin
    private final PageOptions output = new PageOptions();

    PacksDocCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InvalidRulesException {
        ChosenPack.Shown shown = chosen.of(console.environment());
        output.give(console, RequirementsPage.of(shown.pack(), shown.profile()));
        return ExitCode.OK.code();
    }
}
