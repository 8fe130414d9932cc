package calico.preflight.cli.command;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.pack.PackWriter;
import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.ExitCode;
import calico.preflight.cli.option.OutputOptions;
import calico.preflight.cli.render.PackDocument;

/** Shows a pack with all that it inherits. */
final class PacksShowCommand extends Command {

    private final Console console;

    private final ChosenPack chosen = with(new ChosenPack());

    private final OutputOptions output = with(new OutputOptions());

    PacksShowCommand(Console console) {
        super(
                "show",
                "Shows the requirements of a pack on one platform, inherited ones included, each with the condition on "
                        + "which it applies. With further target options: only those that apply to that target.",
                "",
                "Examples:",
                "  calico-preflight packs show calico-3.16 --platform openstack",
                "  calico-preflight packs show calico-3.16 --platform openstack -o json",
                "  calico-preflight packs show calico-3.16 --platform kubernetes --typha");
        this.console = console;
    }

    @Override
    public Integer call() throws InvalidRulesException {
        ChosenPack.Shown shown = chosen.of(console.environment());
        PackDocument document = new PackDocument(PackWriter.write(shown.pack(), shown.profile()));
        output.give(console, document.document(), document::text);
        return ExitCode.OK.code();
    }
}
