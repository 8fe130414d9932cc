package calico.preflight.cli.command;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.ExitCode;
import calico.preflight.cli.option.PageOptions;
import calico.preflight.cli.page.RequirementsPage;

/** Writes the requirements of a pack as a page. */
final class PacksDocCommand extends Command {

    private final Console console;

    private final ChosenPack chosen = with(new ChosenPack());

    private final PageOptions output = with(new PageOptions());

    PacksDocCommand(Console console) {
        super(
                "doc",
                "Writes the requirements of a pack on one platform as a page for people: what is asked for, where it holds, "
                        + "what to do, and which document asks for it. All of it comes from the rules. The HTML is one file "
                        + "that needs no other. With further target options: only what applies to that target; with "
                        + "--profile practical also what advisories add and say.",
                "",
                "Examples:",
                "  calico-preflight packs doc calico-3.16 --platform openstack",
                "  calico-preflight packs doc 3.32 --platform kubernetes -o html \\",
                "    --output-file requirements.html");
        this.console = console;
    }

    @Override
    public Integer call() throws InvalidRulesException {
        ChosenPack.Shown shown = chosen.of(console.environment());
        output.give(console, RequirementsPage.of(shown.pack(), shown.profile()));
        return ExitCode.OK.code();
    }
}
