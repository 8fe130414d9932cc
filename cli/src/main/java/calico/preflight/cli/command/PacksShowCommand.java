package calico.preflight.cli.command;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.pack.PackWriter;
import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.ExitCode;
import calico.preflight.cli.option.OutputOptions;
import calico.preflight.cli.render.PackDocument;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows a pack with all that it inherits. */
@Command(
        name = "show",
        description = {
            "Shows the requirements of a pack on one platform, inherited ones included, each with the condition on "
                    + "which it applies. With further target options: only those that apply to that target.",
            "",
            "Examples:",
            "  calico-preflight packs show calico-3.16 --platform openstack",
            "  calico-preflight packs show calico-3.16 --platform openstack -o json",
            "  calico-preflight packs show calico-3.16 --platform kubernetes --typha"
        })
final class PacksShowCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private final ChosenPack chosen = new ChosenPack();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    PacksShowCommand(Console console) {
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
