package calico.preflight.cli.command;

import calico.preflight.catalog.Catalog;
import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.NoSuchPackException;
import calico.preflight.catalog.PackHeader;
import calico.preflight.catalog.Problem;
import calico.preflight.catalog.RulesFolder;
import calico.preflight.catalog.pack.PackTests;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.pack.ResolvedPack.RuleFile;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.target.Target;
import calico.preflight.cli.console.UserException;
import calico.preflight.engine.Judge;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The rules, as the commands use them: a pack that is not there is the user's mistake. */
final class RuleBook {

    private final Catalog catalog;

    private RuleBook(Catalog catalog) {
        this.catalog = catalog;
    }

    /** The rules in these folders, lowest first. */
    static RuleBook load(List<RulesFolder> folders) throws InvalidRulesException {
        return new RuleBook(Catalog.load(folders));
    }

    /** All packs, sorted by version. */
    List<PackHeader> packs() throws InvalidRulesException {
        return catalog.packs();
    }

    /** The pack of a version, or of the newest there is. */
    ResolvedPack resolve(Optional<CalicoVersion> calico, Platform platform) throws InvalidRulesException {
        CalicoVersion version = calico.or(catalog::newest)
                .orElseThrow(() -> new UserException("the rules hold no pack of any version of Calico."));
        try {
            return catalog.resolve(version, platform);
        } catch (NoSuchPackException e) {
            throw new UserException(e.getMessage() + ".", e);
        }
    }

    /** The pack of this id. */
    ResolvedPack resolve(String id, Platform platform) throws InvalidRulesException {
        try {
            return catalog.resolve(id, platform);
        } catch (NoSuchPackException e) {
            throw new UserException(e.getMessage() + ".", e);
        }
    }

    /** The facts that judging the pack for the target needs. */
    Set<String> factNames(ResolvedPack pack, Target target) throws InvalidRulesException {
        return Judge.factNames(pack, target, catalog.knowledge());
    }

    /** A judge for the pack. */
    Judge judge(ResolvedPack pack) throws InvalidRulesException {
        return Judge.of(pack, catalog.knowledge());
    }

    /** The test cases beside the packs. */
    List<PackTests> tests() throws InvalidRulesException {
        return catalog.tests();
    }

    /** All that is wrong with the rules in these folders, sorted by place; the inference rules are compiled too. */
    static List<Problem> lint(List<RulesFolder> folders) {
        Set<Problem> problems = new TreeSet<>();
        try {
            RuleBook book = load(folders);
            problems.addAll(book.catalog.lint());
            if (problems.isEmpty()) {
                book.compileAll(problems);
            }
        } catch (InvalidRulesException e) {
            problems.addAll(e.problems());
        }
        return List.copyOf(problems);
    }

    private void compileAll(Set<Problem> problems) throws InvalidRulesException {
        Set<List<RuleFile>> compiled = new HashSet<>();
        for (PackHeader header : packs()) {
            for (Platform platform : header.platforms()) {
                ResolvedPack pack = resolve(header.id(), platform);
                if (compiled.add(pack.inference())) {
                    try {
                        judge(pack);
                    } catch (InvalidRulesException e) {
                        problems.addAll(e.problems());
                    }
                }
            }
        }
    }
}
