package calico.preflight.cli.command;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.pack.PackWriter;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Target;
import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.ExitCode;
import calico.preflight.cli.console.UserException;
import calico.preflight.cli.option.OutputOptions;
import calico.preflight.cli.option.RulesOptions;
import calico.preflight.cli.option.TargetOptions;
import calico.preflight.cli.render.PackDocument;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

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

    @Parameters(paramLabel = "ID", description = "a pack, by its id (packs list) or its version: 3.16")
    private String id = "";

    @Mixin
    private final TargetOptions target = new TargetOptions();

    @Mixin
    private final RulesOptions rules = new RulesOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    PacksShowCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InvalidRulesException {
        RuleBook book = RuleBook.load(rules, console.environment());
        RuleBook.Named named = named(book);
        ResolvedPack pack = book.resolve(named, named.platform(target.platform()));
        Target resolved = target.on(pack, pack.calico());
        if (target.isNarrowed()) {
            pack = pack.holdingFor(resolved);
        }
        PackDocument document = new PackDocument(PackWriter.write(pack, resolved.profile()));
        output.give(console, document.document(), document::text);
        return ExitCode.OK.code();
    }

    /** The pack, for the patch of its version that {@code --calico} may name. */
    private RuleBook.Named named(RuleBook book) throws InvalidRulesException {
        RuleBook.Named named = book.named(id, target.nearest());
        CalicoVersion version = target.calico().orElse(named.version());
        if (!version.minorVersion().equals(named.header().calico().minorVersion())) {
            throw new UserException("--calico " + version + ": the pack "
                    + named.header().id() + " is for Calico " + named.header().calico() + ".");
        }
        return new RuleBook.Named(named.header(), version);
    }
}
