package calico.preflight.cli.command;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.pack.PackDiff;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.target.Platform;
import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.ExitCode;
import calico.preflight.cli.console.UserException;
import calico.preflight.cli.option.NearestOption;
import calico.preflight.cli.option.OutputOptions;
import calico.preflight.cli.option.PlatformOption;
import calico.preflight.cli.option.RulesOptions;
import calico.preflight.cli.option.Single;
import calico.preflight.cli.render.DiffPage;
import java.util.ArrayList;
import java.util.List;

/** Says what changed in the requirements from one version to another. */
final class PacksDiffCommand extends Command {

    private final Console console;

    private final Single<String> from =
            argument(String.class, 0, "FROM", "a version, as 3.16 or 3.16.5, or the id of a pack");

    private final Single<String> to = argument(String.class, 1, "TO", "another one");

    private final PlatformOption platform = with(new PlatformOption());

    private final NearestOption nearest = with(new NearestOption());

    private final RulesOptions rules = with(new RulesOptions());

    private final OutputOptions output = with(new OutputOptions());

    PacksDiffCommand(Console console) {
        super(
                "diff",
                "Says what changed in the documented requirements from one version to another: what was added, what was "
                        + "removed and why, and what asks for other things now, field by field. That a page has another "
                        + "address is no change, nor are other words for the same demand.",
                "",
                "Examples:",
                "  calico-preflight packs diff 3.16 3.32",
                "  calico-preflight packs diff 3.16 3.32 --platform openstack -o json",
                "  calico-preflight packs diff v3.10.2 v3.10.3 --platform host",
                "  calico-preflight packs diff calico-3.16 our-calico --rules our-rules");
        this.console = console;
    }

    @Override
    public Integer call() throws InvalidRulesException {
        RuleBook book = RuleBook.load(rules, console.environment());
        RuleBook.Named before = book.named(from.certain(), nearest.nearest());
        RuleBook.Named after = book.named(to.certain(), nearest.nearest());
        List<Platform> compared = platform.platform().map(List::of).orElseGet(() -> served(before, after));
        PackDiff diff = PackDiff.of(all(book, before, compared), all(book, after, compared));
        DiffPage page = new DiffPage(side(before), side(after), compared, diff);
        output.give(console, page.document(), page::text);
        return ExitCode.OK.code();
    }

    private static DiffPage.Side side(RuleBook.Named named) {
        return new DiffPage.Side(
                named.header().id(), named.version(), named.header().platforms());
    }

    private static List<Platform> served(RuleBook.Named before, RuleBook.Named after) {
        List<Platform> both = before.header().platforms().stream()
                .filter(after.header().platforms()::contains)
                .toList();
        if (both.isEmpty()) {
            throw new UserException("the packs " + before.header().id() + " and "
                    + after.header().id() + " have no platform in common.");
        }
        return both;
    }

    private static List<ResolvedPack> all(RuleBook book, RuleBook.Named named, List<Platform> platforms)
            throws InvalidRulesException {
        List<ResolvedPack> packs = new ArrayList<>();
        for (Platform platform : platforms) {
            packs.add(book.resolve(named, platform));
        }
        return packs;
    }
}
