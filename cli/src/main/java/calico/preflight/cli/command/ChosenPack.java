package calico.preflight.cli.command;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Profile;
import calico.preflight.catalog.target.Target;
import calico.preflight.cli.console.Environment;
import calico.preflight.cli.console.UserException;
import calico.preflight.cli.option.OptionGroup;
import calico.preflight.cli.option.RulesOptions;
import calico.preflight.cli.option.Section;
import calico.preflight.cli.option.Single;
import calico.preflight.cli.option.TargetOptions;

/** Which pack is shown, for which platform, and how much of it. */
final class ChosenPack extends OptionGroup {

    private final Single<String> id =
            argument(String.class, 0, "ID", "a pack, by its id (packs list) or its version: 3.16");

    private final TargetOptions target = with(new TargetOptions());

    private final RulesOptions rules = with(new RulesOptions());

    ChosenPack() {
        super(Section.TARGET);
    }

    /**
     * A pack, whole or with what holds for a target.
     *
     * @param profile as which it is to be shown
     */
    record Shown(ResolvedPack pack, Profile profile) {}

    /** The pack that was chosen. */
    Shown of(Environment environment) throws InvalidRulesException {
        RuleBook book = RuleBook.load(rules, environment);
        RuleBook.Named named = named(book);
        ResolvedPack pack = book.resolve(named, named.platform(target.platform()));
        Target resolved = target.on(pack, pack.calico());
        return new Shown(target.isNarrowed() ? pack.holdingFor(resolved) : pack, resolved.profile());
    }

    /** The pack, for the patch of its version that {@code --calico} may name. */
    private RuleBook.Named named(RuleBook book) throws InvalidRulesException {
        RuleBook.Named named = book.named(id.certain(), target.nearest());
        CalicoVersion version = target.calico().orElse(named.version());
        if (!version.minorVersion().equals(named.header().calico().minorVersion())) {
            throw new UserException("--calico " + version + ": the pack "
                    + named.header().id() + " is for Calico " + named.header().calico() + ".");
        }
        return new RuleBook.Named(named.header(), version);
    }
}
