package calico.preflight.cli.command;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.PackHeader;
import calico.preflight.catalog.Suggestion;
import calico.preflight.catalog.pack.Advisory;
import calico.preflight.catalog.pack.PackWriter;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.target.Profile;
import calico.preflight.catalog.target.Target;
import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.ExitCode;
import calico.preflight.cli.console.UserException;
import calico.preflight.cli.option.OutputOptions;
import calico.preflight.cli.option.RulesOptions;
import calico.preflight.cli.option.TargetOptions;
import calico.preflight.cli.render.Documents;
import calico.preflight.cli.render.PackDocument;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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

    @Parameters(paramLabel = "ID", description = "the id of a pack, as packs list prints it")
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
        List<String> ids = book.packs().stream().map(PackHeader::id).toList();
        PackHeader header = book.packs().stream()
                .filter(pack -> pack.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new UserException("there is no pack \"" + id + "\"; there are: "
                        + String.join(", ", ids) + "." + Suggestion.didYouMean(id, ids)));
        ResolvedPack pack = resolve(book, header);
        Profile profile = target.on(pack).profile();
        if (target.isNarrowed()) {
            pack = only(pack, target.on(pack));
        }
        PackDocument document = new PackDocument(PackWriter.write(pack, profile));
        switch (output.formatOr(OutputOptions.Format.text)) {
            case json -> console.result(Documents.json(document.document()), output.file());
            case yaml -> console.result(Documents.yaml(document.document()), output.file());
            case text -> console.result(document.text(output.look(console.environment())), output.file());
        }
        return ExitCode.OK.code();
    }

    private ResolvedPack resolve(RuleBook book, PackHeader header) throws InvalidRulesException {
        Platform platform = platform(header);
        if (target.calico().isEmpty()) {
            return book.resolve(header.id(), platform);
        }
        CalicoVersion version = target.calico().get();
        if (!version.minorVersion().equals(header.calico().minorVersion())) {
            throw new UserException(
                    "--calico " + version + ": the pack " + id + " is for Calico " + header.calico() + ".");
        }
        return book.resolve(target.calico(), platform);
    }

    private Platform platform(PackHeader header) {
        String there = header.platforms().stream().map(Platform::label).collect(Collectors.joining(", "));
        if (target.platform().isEmpty() && header.platforms().size() == 1) {
            return header.platforms().get(0);
        }
        return target.platform()
                .orElseThrow(() -> new UserException(
                        "the pack " + id + " serves several platforms; say which is meant: --platform " + there + "."));
    }

    private static ResolvedPack only(ResolvedPack pack, Target target) {
        List<Requirement> applicable = pack.requirements().stream()
                .filter(requirement -> requirement.holdsFor(target))
                .toList();
        List<Advisory> advisories = pack.advisories().stream()
                .filter(advisory -> advisory.amended()
                        .map(amends -> amends.holdsFor(target))
                        .orElse(true))
                .filter(advisory -> advisory.added()
                        .map(requirement -> requirement.holdsFor(target))
                        .orElse(true))
                .toList();
        return new ResolvedPack(
                pack.id(),
                pack.calico(),
                pack.platform(),
                pack.digest(),
                pack.defaults(),
                applicable,
                advisories,
                pack.inference());
    }
}
