package calico.preflight.catalog.pack;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.Problem;
import calico.preflight.catalog.RulesFolder;
import calico.preflight.catalog.knowledge.KnowledgeFiles;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.target.Profile;
import calico.preflight.catalog.yaml.RulesFiles;
import calico.preflight.catalog.yaml.Wording;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Resolves packs along {@code extends}. Reads only the files that the asked pack is made of, each once. */
public final class PackResolver {

    private final NavigableMap<String, PackFile> packs;
    private final PackReader reader;
    private final Set<String> facts;
    private final Map<Step, Resolution> walked = new HashMap<>();
    private final Map<Path, ResolvedPack.RuleFile> ruleFiles = new HashMap<>();

    /** A pack at the end of its chain, and the version for which the chain was walked. */
    private record Step(PackFile pack, CalicoVersion version) {}

    /**
     * Creates a resolver.
     *
     * @param packs the packs that hold, by id: of several with one id the one in the uppermost folder
     * @param facts the names of the facts that can be compared; none: they are not checked
     */
    public PackResolver(NavigableMap<String, PackFile> packs, RulesFiles files, Set<String> facts) {
        this.packs = packs;
        this.reader = new PackReader(files);
        this.facts = Set.copyOf(facts);
    }

    /**
     * What a pack comes to along its chain.
     *
     * @param calico its minor version
     * @param parent the id of the pack that it extends
     * @param platforms those that it has requirements for
     * @param unsupported those that it says are unsupported, with the reason
     */
    public record Outline(
            CalicoVersion calico,
            Optional<String> parent,
            List<Platform> platforms,
            Map<Platform, String> unsupported) {
        public Outline {
            platforms = List.copyOf(platforms);
            unsupported = Map.copyOf(unsupported);
        }
    }

    /** What the pack comes to, without its requirements. */
    public Outline outline(PackFile file) throws InvalidRulesException {
        List<Pack> chain = chain(file);
        Pack pack = chain.get(chain.size() - 1);
        Resolution resolution = walk(chain, pack.version());
        Map<Platform, String> unsupported = Stream.of(Platform.values())
                .filter(platform -> resolution.whyUnsupported(platform).isPresent())
                .collect(Collectors.toMap(
                        platform -> platform,
                        platform -> resolution.whyUnsupported(platform).orElseThrow()));
        Optional<String> parent = Optional.of(pack.source().parent()).filter(id -> !id.isEmpty());
        return new Outline(pack.version(), parent, resolution.platforms(), unsupported);
    }

    /**
     * The beginning of a pack that extends this one.
     *
     * @param id of the new pack
     * @param calico its version
     * @param schema where the schema of packs stands, as seen from the file
     */
    public String skeleton(PackFile parent, String id, CalicoVersion calico, String schema)
            throws InvalidRulesException {
        return PackSkeleton.of(id, calico, parent.id(), walk(chain(parent), calico), schema);
    }

    /**
     * The pack for a version and a platform that it supports.
     *
     * @throws InvalidRulesException with all mistakes in the files of the chain, and in what the advisories make of it
     */
    public ResolvedPack resolve(
            PackFile file, CalicoVersion version, Platform platform, KnowledgeFiles knowledge, AdvisoryFiles advisories)
            throws InvalidRulesException {
        ResolvedPack pack = resolveYaml(file, version, platform, knowledge, advisories);
        return pack.judgedBy(pack.inference());
    }

    /** The same, with the digest of the YAML alone. Throws as {@link #resolve} does. */
    public ResolvedPack resolveYaml(
            PackFile file, CalicoVersion version, Platform platform, KnowledgeFiles knowledge, AdvisoryFiles advisories)
            throws InvalidRulesException {
        List<Pack> chain = chain(file);
        Resolution resolution = walk(chain, version);
        Set<Problem> problems = new LinkedHashSet<>(resolution.problems());
        RequirementMaker maker = new RequirementMaker(resolution, knowledge.knowledge(), facts, problems);
        var requirements = maker.requirements(platform);
        List<Advisory> advised = advisories(resolution, maker, knowledge, advisories, problems)
                .advisories(affecting(advisories, version), platform, ids(resolution, platform));
        List<ResolvedPack.RuleFile> inference = inference(chain, problems);
        if (!problems.isEmpty()) {
            throw new InvalidRulesException(List.copyOf(problems));
        }
        return new ResolvedPack(
                chain.get(chain.size() - 1).source().id(),
                version,
                platform,
                PackDigest.of(chain, knowledge.contents(), advisories.contents()),
                resolution.defaults(platform),
                resolution.offers(platform),
                requirements,
                resolution.removed(platform),
                advised,
                inference);
    }

    /** The rule files of a pack that was prepared, by their names without their folder. */
    public List<ResolvedPack.RuleFile> ruleFiles(PackFile file, List<String> names) throws InvalidRulesException {
        List<ResolvedPack.RuleFile> files = new ArrayList<>();
        for (String name : names) {
            RulesFolder folder = file.folders().get(0);
            files.add(ruleFile(folder.inference().resolve(name), folder.trusted()));
        }
        return files;
    }

    /** All mistakes of a pack for every version and platform that make a difference to it. */
    public List<Problem> problems(PackFile file, KnowledgeFiles knowledge, AdvisoryFiles advisories) {
        Set<Problem> problems = new TreeSet<>();
        try {
            List<Pack> chain = chain(file);
            Pack pack = chain.get(chain.size() - 1);
            for (CalicoVersion version : turningPoints(pack, advisories)) {
                Resolution resolution = walk(chain, version);
                problems.addAll(resolution.problems());
                RequirementMaker maker = new RequirementMaker(resolution, knowledge.knowledge(), facts, problems);
                AdvisoryMaker advisoryMaker = advisories(resolution, maker, knowledge, advisories, problems);
                for (Platform platform : resolution.platforms()) {
                    maker.requirements(platform);
                    advisoryMaker.advisories(affecting(advisories, version), platform, ids(resolution, platform));
                }
            }
            inference(chain, problems);
        } catch (InvalidRulesException e) {
            problems.addAll(e.problems());
        }
        return List.copyOf(problems);
    }

    /** Test cases that name what is not there: the pack, its platform, a requirement. */
    public List<Problem> problems(PackTests tests, AdvisoryFiles advisories) {
        List<Problem> problems = new ArrayList<>();
        PackFile file = packs.get(tests.pack());
        if (file == null) {
            String message = "there is no pack " + Wording.quoted(tests.pack());
            return List.of(new Problem(tests.file(), 0, 0, message + Wording.known(tests.pack(), packs.keySet())));
        }
        try {
            for (PackTests.PackTestCase test : tests.cases()) {
                Optional<PackFile> asked = test.version()
                        .map(version -> Optional.ofNullable(packs.get(PackFile.idOf(version))))
                        .orElse(Optional.of(file));
                if (asked.isEmpty()) {
                    String message = "there is no pack for Calico "
                            + test.version().map(CalicoVersion::toString).orElse("");
                    problems.add(new Problem(test.file(), test.line(), 0, message));
                    continue;
                }
                List<Pack> chain = chain(asked.get());
                CalicoVersion version =
                        test.version().orElse(chain.get(chain.size() - 1).version());
                Resolution resolution = walk(chain, version);
                Set<String> ids = ids(resolution, test.platform());
                if (test.target().getOrDefault("profile", List.of()).contains(Profile.PRACTICAL.label())) {
                    affecting(advisories, version).stream()
                            .filter(advisory -> advisory.isFor(test.platform()))
                            .flatMap(advisory -> advisory.added().stream())
                            .forEach(ids::add);
                }
                if (!resolution.platforms().contains(test.platform())) {
                    problems.add(new Problem(
                            test.file(),
                            test.line(),
                            0,
                            "the pack is not for " + test.platform().label()));
                }
                resolution
                        .offers(test.platform())
                        .forEach((option, offered) -> test.target().getOrDefault(option, List.of()).stream()
                                .filter(value -> !offered.contains(value))
                                .map(value -> "the pack offers no " + option + " " + Wording.quoted(value) + " on "
                                        + test.platform().label() + Wording.known(value, offered))
                                .forEach(message -> problems.add(new Problem(test.file(), test.line(), 0, message))));
                test.expect().keySet().stream()
                        .filter(id -> !ids.contains(id))
                        .map(id -> missing(id, ids, resolution.removed(test.platform())))
                        .forEach(message -> problems.add(new Problem(test.file(), test.line(), 0, message)));
            }
        } catch (InvalidRulesException e) {
            // The pack's own mistakes are reported with the pack.
            return List.of();
        }
        return problems;
    }

    private static String missing(String id, Set<String> ids, Map<String, Removal> removed) {
        Removal removal = removed.get(id);
        return removal == null
                ? "there is no requirement " + Wording.quoted(id) + Wording.known(id, ids)
                : "the requirement " + Wording.quoted(id) + " was removed by " + removal.pack() + ": "
                        + removal.because();
    }

    private AdvisoryMaker advisories(
            Resolution resolution,
            RequirementMaker maker,
            KnowledgeFiles knowledge,
            AdvisoryFiles files,
            Set<Problem> problems) {
        return new AdvisoryMaker(maker, knowledge.knowledge(), problems, advisory -> {
            Set<String> ids = new TreeSet<>(resolution.ids());
            files.statements().forEach(other -> other.added().ifPresent(ids::add));
            ids.addAll(idsOfAffected(advisory));
            return ids;
        });
    }

    private static List<AdvisoryStatement> affecting(AdvisoryFiles advisories, CalicoVersion version) {
        return advisories.statements().stream()
                .filter(advisory -> advisory.affects(version))
                .toList();
    }

    private static Set<String> ids(Resolution resolution, Platform platform) {
        return resolution.drafts(platform).stream().map(Draft::id).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every id that any pack which the advisory affects, or one that it builds on, gives to a requirement. */
    private Set<String> idsOfAffected(AdvisoryStatement advisory) {
        Set<String> ids = new TreeSet<>();
        for (PackFile file : packs.values()) {
            try {
                List<Pack> chain = chain(file);
                if (advisory.affectsSome(chain.get(chain.size() - 1).version())) {
                    chain.stream()
                            .flatMap(Statement::all)
                            .forEach(statement -> ids.add(statement.id().value().asText()));
                }
            } catch (InvalidRulesException e) {
                // Reported where that pack itself is asked for; here it has no ids to give.
            }
        }
        return ids;
    }

    /** The versions at which the pack becomes another one, oldest first; it stays the same from each until the next. */
    public Set<CalicoVersion> turningPoints(PackFile file, AdvisoryFiles advisories) throws InvalidRulesException {
        List<Pack> chain = chain(file);
        return turningPoints(chain.get(chain.size() - 1), advisories);
    }

    /** The first patch, the newest, and every patch at which some entry or advisory begins or ends. */
    private static Set<CalicoVersion> turningPoints(Pack pack, AdvisoryFiles advisories) {
        Set<CalicoVersion> versions = new TreeSet<>();
        versions.add(pack.version());
        versions.add(new CalicoVersion(pack.version().major(), pack.version().minor(), 0));
        Statement.all(pack)
                .flatMap(statement -> Stream.concat(statement.since().stream(), statement.until().stream()))
                .forEach(versions::add);
        advisories.statements().stream()
                .flatMap(advisory -> advisory.turningPoints().stream())
                .filter(point -> point.minorVersion().equals(pack.version()))
                .forEach(versions::add);
        return versions;
    }

    /** The pack and what it extends, oldest first. */
    private List<Pack> chain(PackFile newest) throws InvalidRulesException {
        List<Pack> chain = new ArrayList<>();
        List<PackFile> seen = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Optional<PackFile> next = Optional.of(newest);
        while (next.isPresent()) {
            PackFile file = next.get();
            seen.add(file);
            next = Optional.empty();
            try {
                Pack pack = reader.read(file);
                chain.add(0, pack);
                if (!pack.source().parent().isEmpty()) {
                    next = parent(pack, problems).filter(parent -> !circle(pack, parent, seen, problems));
                }
            } catch (InvalidRulesException e) {
                problems.addAll(e.problems());
                // A file that is wrong elsewhere still says what it extends, so that its parents' mistakes show too.
                next = reader.parentOf(file).map(packs::get).filter(parent -> !seen.contains(parent));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidRulesException(problems);
        }
        return chain;
    }

    private Optional<PackFile> parent(Pack pack, List<Problem> problems) {
        String id = pack.source().parent();
        // A pack that takes another's place may build on it.
        Optional<PackFile> parent =
                id.equals(pack.source().id()) && pack.file().replaced().isPresent()
                        ? pack.file().replaced()
                        : Optional.ofNullable(packs.get(id));
        if (parent.isEmpty()) {
            Set<String> others = new TreeSet<>(packs.keySet());
            others.remove(pack.source().id());
            problems.add(pack.yaml()
                    .at(
                            List.of("extends"),
                            "there is no pack " + Wording.quoted(id) + " to extend" + Wording.known(id, others)));
        }
        return parent;
    }

    private static boolean circle(Pack pack, PackFile parent, List<PackFile> seen, List<Problem> problems) {
        int start = seen.indexOf(parent);
        if (start < 0) {
            return false;
        }
        String path = Stream.concat(seen.subList(start, seen.size()).stream(), Stream.of(parent))
                .map(PackFile::id)
                .collect(Collectors.joining(" -> "));
        problems.add(pack.yaml().at(List.of("extends"), "\"extends\" goes in a circle: " + path));
        return true;
    }

    /**
     * What the chain comes to for a version. Where it is later than all of a part of the chain, that part comes to the same
     * whatever the version, and was most likely walked before.
     */
    private Resolution walk(List<Pack> chain, CalicoVersion version) {
        Resolution reached = Resolution.NOTHING;
        CalicoVersion newest = chain.get(0).version();
        for (Pack pack : chain) {
            newest = newest.compareTo(pack.version()) < 0 ? pack.version() : newest;
            CalicoVersion at = newest.compareTo(version.minorVersion()) < 0 ? newest : version;
            Resolution before = reached;
            reached = walked.computeIfAbsent(new Step(pack.file(), at), step -> before.then(pack, at));
        }
        return reached;
    }

    private List<ResolvedPack.RuleFile> inference(List<Pack> chain, Set<Problem> problems) {
        Pack judged = chain.get(0);
        for (Pack pack : chain) {
            if (!pack.source().inference().isEmpty()) {
                judged = pack;
            }
        }
        List<ResolvedPack.RuleFile> files = new ArrayList<>();
        List<String> names = judged.source().inference();
        for (int i = 0; i < names.size(); i++) {
            Optional<RulesFolder> folder = folderOf(names.get(i), judged.file());
            if (folder.isEmpty()) {
                problems.add(judged.yaml()
                        .at(
                                List.of("inference", i),
                                "there is no rule file " + Wording.quoted(names.get(i)) + " in "
                                        + judged.file().folders().stream()
                                                .map(below -> below.inference().toString())
                                                .collect(Collectors.joining(" or "))));
                continue;
            }
            Path path = folder.get().inference().resolve(names.get(i));
            try {
                files.add(ruleFile(path, folder.get().trusted()));
            } catch (InvalidRulesException e) {
                problems.addAll(e.problems());
            }
        }
        return files;
    }

    private ResolvedPack.RuleFile ruleFile(Path path, boolean trusted) throws InvalidRulesException {
        ResolvedPack.RuleFile known = ruleFiles.get(path);
        if (known != null) {
            return known;
        }
        ResolvedPack.RuleFile file = ResolvedPack.RuleFile.read(path, trusted);
        ruleFiles.put(path, file);
        return file;
    }

    private static Optional<RulesFolder> folderOf(String name, PackFile pack) {
        return pack.folders().stream()
                .filter(folder -> Files.exists(folder.inference().resolve(name)))
                .findFirst();
    }
}
