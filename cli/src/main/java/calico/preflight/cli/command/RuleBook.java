package calico.preflight.cli.command;

import calico.preflight.catalog.Catalog;
import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.NoSuchPackException;
import calico.preflight.catalog.PackHeader;
import calico.preflight.catalog.Problem;
import calico.preflight.catalog.fleet.FleetRules;
import calico.preflight.catalog.knowledge.KernelKnowledge;
import calico.preflight.catalog.pack.PackTests;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.pack.ResolvedPack.RuleFile;
import calico.preflight.catalog.prepared.PreparedPacks;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.target.Target;
import calico.preflight.cli.console.Environment;
import calico.preflight.cli.console.UserException;
import calico.preflight.cli.option.RulesOptions;
import calico.preflight.engine.FleetJudge;
import calico.preflight.engine.Judge;
import calico.preflight.engine.Judges;
import calico.preflight.engine.RuleTrust;
import calico.preflight.engine.fleet.Comparisons;
import calico.preflight.facts.FactCatalogue;
import calico.preflight.facts.FactType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The rules, as the commands use them: a pack that is not there is the user's mistake. */
final class RuleBook {

    private final Catalog catalog;
    private final RuleTrust trust;
    private final Optional<Path> prepared;
    private Optional<Judges> judges = Optional.empty();

    private RuleBook(Catalog catalog, RuleTrust trust, Optional<Path> prepared) {
        this.catalog = catalog;
        this.trust = trust;
        this.prepared = prepared;
    }

    /** The rules that the options name. */
    static RuleBook load(RulesOptions options, Environment environment) throws InvalidRulesException {
        Set<String> facts = FactCatalogue.ALL.stream().map(FactType::name).collect(Collectors.toSet());
        RuleTrust trust = options.allowDrl() ? RuleTrust.ANYBODY : RuleTrust.INSTALLATION;
        Catalog catalog = Catalog.load(
                options.folders(environment),
                facts,
                environment.prepared().map(folder -> folder.resolve(PreparedPacks.FILE)));
        return new RuleBook(catalog, trust, environment.prepared());
    }

    /**
     * Resolves and compiles all that ships, into a folder.
     *
     * @throws InvalidRulesException with the mistakes of the first pack that has some
     * @throws IOException if it cannot be written
     */
    void prepare(Path folder) throws InvalidRulesException, IOException {
        catalog.prepare(folder.resolve(PreparedPacks.FILE));
        List<ResolvedPack> resolved = new ArrayList<>();
        for (PackHeader header : catalog.packs()) {
            for (Platform platform : header.platforms()) {
                resolved.add(resolve(header.id(), platform));
            }
        }
        Judges.prepare(folder.resolve(Judges.PREPARED), resolved);
        FleetJudge.prepare(folder.resolve(FleetJudge.PREPARED), fleet());
    }

    /** The tries that the knowledge of kernels names, by their labels. */
    Set<String> probes() throws InvalidRulesException {
        return catalog.knowledge().kernel().probes();
    }

    /** What is known of kernels. */
    KernelKnowledge kernelKnowledge() throws InvalidRulesException {
        return catalog.knowledge().kernel();
    }

    /** All packs, sorted by version. */
    List<PackHeader> packs() throws InvalidRulesException {
        return catalog.packs();
    }

    /** The minor versions that there are packs for, oldest first. */
    NavigableSet<CalicoVersion> versions() {
        return catalog.versions();
    }

    /** The pack of a version, or of the newest there is. */
    ResolvedPack resolve(Optional<CalicoVersion> calico, Platform platform) throws InvalidRulesException {
        return resolve(calico, false, platform);
    }

    /**
     * The pack of a version, or of the newest there is.
     *
     * @param nearest where there is no pack for the version: the pack of the nearest
     */
    ResolvedPack resolve(Optional<CalicoVersion> calico, boolean nearest, Platform platform)
            throws InvalidRulesException {
        CalicoVersion version = calico.or(catalog::newest)
                .orElseThrow(() -> new UserException("the rules hold no pack of any version of Calico."));
        Optional<CalicoVersion> standIn = catalog.knows(version) ? Optional.empty() : catalog.nearest(version);
        try {
            return catalog.resolve(nearest ? standIn.orElse(version) : version, platform);
        } catch (NoSuchPackException e) {
            throw new UserException(e.getMessage() + wayOut(nearest ? Optional.empty() : standIn) + ".", e);
        }
    }

    /** The pack of this id. */
    ResolvedPack resolve(String id, Platform platform) throws InvalidRulesException {
        try {
            return catalog.resolve(id, platform);
        } catch (NoSuchPackException e) {
            throw new UserException(ended(e), e);
        }
    }

    /**
     * A pack that a person named.
     *
     * @param version the one that was named, or that of the pack
     */
    record Named(PackHeader header, CalicoVersion version) {

        /**
         * The platform to show the pack for: the one that was said, or the only one that it serves.
         *
         * @throws UserException where it serves several and none was said
         */
        Platform platform(Optional<Platform> said) {
            List<Platform> served = header.platforms();
            if (said.isEmpty() && served.size() == 1) {
                return served.get(0);
            }
            return said.orElseThrow(() -> new UserException(
                    "the pack " + header.id() + " serves several platforms; say which is meant: --platform "
                            + served.stream().map(Platform::label).collect(Collectors.joining(", ")) + "."));
        }
    }

    /**
     * The pack that a person names, by its id or by a version of Calico.
     *
     * @param nearest where there is no pack for the version: the pack of the nearest
     */
    Named named(String idOrVersion, boolean nearest) throws InvalidRulesException {
        Optional<CalicoVersion> version = CalicoVersion.parse(idOrVersion);
        Optional<CalicoVersion> standIn =
                version.filter(typed -> !catalog.knows(typed)).flatMap(catalog::nearest);
        try {
            return exact(idOrVersion, nearest ? standIn.or(() -> version) : version);
        } catch (NoSuchPackException e) {
            throw new UserException(e.getMessage() + wayOut(nearest ? Optional.empty() : standIn) + ".", e);
        }
    }

    /** The pack that a person names, by its id or by a version of Calico, and no other. */
    Named named(String idOrVersion) throws InvalidRulesException {
        try {
            return exact(idOrVersion, CalicoVersion.parse(idOrVersion));
        } catch (NoSuchPackException e) {
            throw new UserException(ended(e), e);
        }
    }

    /** With a period, unless it ends in a question. */
    private static String ended(NoSuchPackException e) {
        String message = String.valueOf(e.getMessage());
        return message.endsWith("?") ? message : message + ".";
    }

    private Named exact(String id, Optional<CalicoVersion> version) throws NoSuchPackException, InvalidRulesException {
        PackHeader header = catalog.header(version.map(Catalog::idOf).orElse(id));
        return new Named(header, version.orElse(header.calico()));
    }

    /**
     * The version that is judged for this one: itself, or the nearest that is known.
     *
     * @throws UserException where it is not known and the nearest is not wanted
     */
    CalicoVersion judgedAs(CalicoVersion version, boolean nearest) throws InvalidRulesException {
        return catalog.knows(version)
                ? version
                : named(version.toString(), nearest).version();
    }

    /**
     * The pack of a version that is known, or why it has none for the platform.
     *
     * @param why empty where there is one
     */
    record Served(Optional<ResolvedPack> pack, String why) {}

    /** The pack of a version that is known, if it serves the platform. */
    Served served(CalicoVersion version, Platform platform) throws InvalidRulesException {
        try {
            return new Served(Optional.of(catalog.resolve(version, platform)), "");
        } catch (NoSuchPackException e) {
            return new Served(Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    private static String wayOut(Optional<CalicoVersion> standIn) {
        return standIn.map(taken -> "; --nearest takes " + taken).orElse("");
    }

    /** The pack, for the version that was named. */
    ResolvedPack resolve(Named named, Platform platform) throws InvalidRulesException {
        try {
            return catalog.resolve(named.header().id(), named.version(), platform);
        } catch (NoSuchPackException e) {
            throw new UserException(ended(e), e);
        }
    }

    /** The beginning of a pack that extends the one that was named. */
    String skeleton(Named parent, CalicoVersion version, String schema) throws InvalidRulesException {
        try {
            return catalog.skeleton(parent.header().id(), Catalog.idOf(version), version, schema);
        } catch (NoSuchPackException e) {
            throw new UserException(ended(e), e);
        }
    }

    /** The pack of this very version, where there is one. */
    Optional<PackHeader> known(CalicoVersion version) throws InvalidRulesException {
        return catalog.knows(version) ? Optional.of(named(version.toString()).header()) : Optional.empty();
    }

    /** The facts that judging the pack for the target needs. */
    Set<String> factNames(ResolvedPack pack, Target target) throws InvalidRulesException {
        return Judge.factNames(pack, target, catalog.knowledge());
    }

    /**
     * A judge for the pack.
     *
     * @throws InvalidRulesException if its inference rules cannot be used; those from outside the installation are not even
     *     looked at unless the user allows them
     */
    Judge judge(ResolvedPack pack) throws InvalidRulesException {
        if (judges.isEmpty()) {
            judges = Optional.of(
                    new Judges(catalog.knowledge(), trust, prepared.map(folder -> folder.resolve(Judges.PREPARED))));
        }
        return judges.get().of(pack);
    }

    /** What is compared across the hosts of a fleet. */
    FleetRules fleet() throws InvalidRulesException {
        return catalog.fleet();
    }

    /** The comparisons that hold for the target; no host was counted yet. */
    Comparisons comparisons(FleetRules rules, Target target) throws InvalidRulesException {
        return new Comparisons(rules, target, catalog.knowledge().network());
    }

    /** A judge for what shows across hosts. Throws as {@link #judge} does. */
    FleetJudge judge(FleetRules rules) throws InvalidRulesException {
        return FleetJudge.of(rules, trust, prepared.map(folder -> folder.resolve(FleetJudge.PREPARED)));
    }

    /** The test cases beside the packs. */
    List<PackTests> tests() throws InvalidRulesException {
        return catalog.tests();
    }

    /** All that is wrong with the rules, sorted by place; the inference rules are compiled too. */
    static List<Problem> lint(RulesOptions options, Environment environment) {
        Set<Problem> problems = new TreeSet<>();
        try {
            RuleBook book = load(options, environment);
            problems.addAll(book.catalog.lint());
            book.compileAll(problems);
        } catch (InvalidRulesException e) {
            problems.addAll(e.problems());
        }
        return List.copyOf(problems);
    }

    /**
     * Has Drools by itself compile all rules, too. A pack that cannot be resolved says so with the rest of what is wrong, and
     * the others are compiled all the same.
     */
    private void compileAll(Set<Problem> problems) throws InvalidRulesException {
        Judges others = Judges.bySecondOpinion(catalog.knowledge(), trust);
        Set<List<RuleFile>> compiled = new HashSet<>();
        for (PackHeader header : catalog.packs(problems)) {
            for (Platform platform : header.platforms()) {
                try {
                    ResolvedPack pack = resolve(header.id(), platform);
                    if (compiled.add(pack.inference())) {
                        others.of(pack);
                    }
                } catch (InvalidRulesException e) {
                    problems.addAll(e.problems());
                }
            }
        }
        try {
            FleetJudge.bySecondOpinion(fleet(), trust);
        } catch (InvalidRulesException e) {
            problems.addAll(e.problems());
        }
    }
}
