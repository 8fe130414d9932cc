package calico.preflight.catalog;

import calico.preflight.catalog.fleet.FleetFiles;
import calico.preflight.catalog.fleet.FleetRules;
import calico.preflight.catalog.knowledge.KernelKnowledge;
import calico.preflight.catalog.knowledge.Knowledge;
import calico.preflight.catalog.knowledge.KnowledgeFiles;
import calico.preflight.catalog.knowledge.NetworkProviders;
import calico.preflight.catalog.knowledge.OpenstackReleases;
import calico.preflight.catalog.pack.AdvisoryFiles;
import calico.preflight.catalog.pack.PackFile;
import calico.preflight.catalog.pack.PackResolver;
import calico.preflight.catalog.pack.PackTests;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.pack.ResolvedPack.RuleFile;
import calico.preflight.catalog.prepared.PreparedFleet;
import calico.preflight.catalog.prepared.PreparedKnowledge;
import calico.preflight.catalog.prepared.PreparedPack;
import calico.preflight.catalog.prepared.PreparedPacks;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.yaml.RulesFiles;
import calico.preflight.catalog.yaml.Wording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All rule packs that were found, and the knowledge and advisories beside them. Loading only lists the folders; a file is read when it is
 * asked for, and then all mistakes of everything it builds on are reported at once. {@link #lint()} reads everything.
 */
public final class Catalog {

    private static final String SUFFIX = ".yaml";
    private static final String TEST_SUFFIX = ".test.yaml";

    private final List<RulesFolder> folders;
    private final NavigableMap<String, PackFile> packs;
    private final List<PackFile> allPacks;
    private final List<PackTestFile> tests;
    private final List<AdvisoryFiles.Found> advisoryFiles;
    private final Set<String> facts;
    private final RulesFiles files = new RulesFiles(false);
    private final PackResolver resolver;
    private @Nullable KnowledgeFiles knowledge;
    private @Nullable AdvisoryFiles advisories;
    private final Optional<Path> preparedFile;
    private Optional<PreparedPacks> prepared = Optional.empty();
    private boolean preparedOpened;

    private record PackTestFile(Path path, boolean trusted) {}

    private Catalog(
            List<RulesFolder> folders,
            NavigableMap<String, PackFile> packs,
            List<PackFile> allPacks,
            List<PackTestFile> tests,
            List<AdvisoryFiles.Found> advisoryFiles,
            Set<String> facts,
            Optional<Path> preparedFile) {
        this.preparedFile = preparedFile;
        this.advisoryFiles = advisoryFiles;
        this.folders = folders;
        this.facts = Set.copyOf(facts);
        this.packs = packs;
        this.allPacks = allPacks;
        this.tests = tests;
        this.resolver = new PackResolver(packs, files, facts);
    }

    /** Finds the packs; what facts there are is not known, so that any name of one is taken. */
    public static Catalog load(List<RulesFolder> folders) throws InvalidRulesException {
        return load(folders, Set.of());
    }

    /**
     * Finds the packs.
     *
     * @param folders lowest first; each lies over those before it
     * @param facts the names of the facts that a requirement can compare; another name is a mistake
     * @throws InvalidRulesException where a folder is none or holds files that would be overlooked
     */
    public static Catalog load(List<RulesFolder> folders, Set<String> facts) throws InvalidRulesException {
        return load(folders, facts, Optional.empty());
    }

    /**
     * Finds the packs.
     *
     * @param folders lowest first; each lies over those before it
     * @param facts the names of the facts that a requirement can compare; another name is a mistake
     * @param preparedFile where {@link #prepare} wrote the packs of the installation, and beside them its knowledge, when the program was built; whoever can
     *     write it can change every verdict
     * @throws InvalidRulesException where a folder is none or holds files that would be overlooked
     */
    public static Catalog load(List<RulesFolder> folders, Set<String> facts, Optional<Path> preparedFile)
            throws InvalidRulesException {
        List<Problem> problems = new ArrayList<>();
        NavigableMap<String, PackFile> packs = new TreeMap<>();
        List<PackFile> allPacks = new ArrayList<>();
        List<PackTestFile> tests = new ArrayList<>();
        List<AdvisoryFiles.Found> advisoryFiles = new ArrayList<>();
        List<RulesFolder> below = new ArrayList<>();
        for (RulesFolder folder : folders) {
            below.add(0, folder);
            checkFolder(folder, problems);
            for (Path path : list(folder.packs(), problems)) {
                String name = path.getFileName().toString();
                if (name.endsWith(TEST_SUFFIX)) {
                    tests.add(new PackTestFile(path, folder.trusted()));
                } else if (name.endsWith(SUFFIX)) {
                    String id = name.substring(0, name.length() - SUFFIX.length());
                    PackFile pack = new PackFile(id, path, below, Optional.ofNullable(packs.get(id)));
                    packs.put(id, pack);
                    allPacks.add(pack);
                } else if (name.endsWith(".yml")) {
                    problems.add(overlooked(path));
                }
            }
            for (Path path : list(folder.advisories(), problems)) {
                String name = path.getFileName().toString();
                if (name.endsWith(TEST_SUFFIX)) {
                    tests.add(new PackTestFile(path, folder.trusted()));
                } else if (name.endsWith(SUFFIX)) {
                    advisoryFiles.add(new AdvisoryFiles.Found(path, below.size(), folder.trusted()));
                } else if (name.endsWith(".yml")) {
                    problems.add(overlooked(path));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidRulesException(problems);
        }
        return new Catalog(List.copyOf(folders), packs, allPacks, tests, advisoryFiles, facts, preparedFile);
    }

    private static Problem overlooked(Path path) {
        return new Problem(path.toString(), 0, 0, "would be overlooked: the name must end in .yaml");
    }

    /**
     * All packs that hold, sorted by version.
     *
     * @throws InvalidRulesException with all mistakes over all packs
     */
    public List<PackHeader> packs() throws InvalidRulesException {
        Set<Problem> problems = new LinkedHashSet<>();
        List<PackHeader> headers = packs(problems);
        if (!problems.isEmpty()) {
            throw new InvalidRulesException(List.copyOf(problems));
        }
        return headers;
    }

    /** The packs that can be read with all that they build on, sorted by version; what is wrong with the others is noted. */
    public List<PackHeader> packs(Set<Problem> problems) {
        List<PackHeader> headers = new ArrayList<>();
        for (PackFile file : packs.values()) {
            try {
                headers.add(header(file));
            } catch (InvalidRulesException e) {
                problems.addAll(e.problems());
            }
        }
        headers.sort(Comparator.comparing(PackHeader::calico).thenComparing(PackHeader::id));
        return Collections.unmodifiableList(headers);
    }

    /**
     * What a list of packs shows of the pack of this id.
     *
     * @throws NoSuchPackException where there is none
     * @throws InvalidRulesException with all mistakes in what the pack builds on
     */
    public PackHeader header(String id) throws NoSuchPackException, InvalidRulesException {
        return header(file(id));
    }

    private PackHeader header(PackFile file) throws InvalidRulesException {
        PackResolver.Outline outline = resolver.outline(file);
        return new PackHeader(file.id(), outline.calico(), outline.platforms(), file.path(), outline.parent());
    }

    private PackFile file(String id) throws NoSuchPackException {
        PackFile file = packs.get(id);
        if (file == null) {
            throw new NoSuchPackException("there is no pack " + Wording.quoted(id) + Wording.known(id, packs.keySet()));
        }
        return file;
    }

    /** The id of the pack of a version of Calico, whether there is one or not. */
    public static String idOf(CalicoVersion version) {
        return PackFile.idOf(version);
    }

    /** The newest minor version that there is a pack for. */
    public Optional<CalicoVersion> newest() {
        return versions().stream().reduce((older, newer) -> newer);
    }

    /** Is there a pack for this version? */
    public boolean knows(CalicoVersion version) {
        return packs.containsKey(idOf(version));
    }

    /**
     * The known minor version that is nearest to this one: of the same major version the one that fewest minor versions lie
     * between, of two such the older; otherwise the last or first of the nearest major version.
     */
    public Optional<CalicoVersion> nearest(CalicoVersion version) {
        NavigableSet<CalicoVersion> versions = versions();
        Optional<CalicoVersion> below = Optional.ofNullable(versions.floor(version.minorVersion()));
        Optional<CalicoVersion> above = Optional.ofNullable(versions.ceiling(version.minorVersion()));
        if (below.isEmpty() || above.isEmpty()) {
            return below.or(() -> above);
        }
        return isNearer(above.get(), below.get(), version) ? above : below;
    }

    private static boolean isNearer(CalicoVersion one, CalicoVersion other, CalicoVersion version) {
        int majors = Math.abs(one.major() - version.major());
        int otherMajors = Math.abs(other.major() - version.major());
        int minors = Math.abs(one.minor() - version.minor());
        return majors < otherMajors || (majors == otherMajors && minors < Math.abs(other.minor() - version.minor()));
    }

    /** The minor versions that there are packs for, oldest first. */
    public NavigableSet<CalicoVersion> versions() {
        return packs.keySet().stream()
                .flatMap(id -> PackFile.versionOf(id).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The pack {@code calico-X.Y} of a version of Calico.
     *
     * @throws NoSuchPackException where there is none for the version, or it does not support the platform
     * @throws InvalidRulesException with all mistakes in what the pack builds on and in the knowledge
     */
    public ResolvedPack resolve(CalicoVersion version, Platform platform)
            throws NoSuchPackException, InvalidRulesException {
        PackFile file = packs.get(PackFile.idOf(version));
        if (file == null) {
            throw new NoSuchPackException("there is no pack for Calico " + version + nearestKnown(version));
        }
        return resolve(file, version, platform);
    }

    /** The pack of this id, for the newest patch of its version. Throws as {@link #resolve(CalicoVersion, Platform)} does. */
    public ResolvedPack resolve(String id, Platform platform) throws NoSuchPackException, InvalidRulesException {
        PackFile file = file(id);
        return resolve(file, resolver.outline(file).calico(), platform);
    }

    /** The pack of this id for a patch of its version. Throws as {@link #resolve(CalicoVersion, Platform)} does. */
    public ResolvedPack resolve(String id, CalicoVersion patch, Platform platform)
            throws NoSuchPackException, InvalidRulesException {
        return resolve(file(id), patch, platform);
    }

    /**
     * The beginning of a pack that extends another, as text for its file.
     *
     * @param id of the new pack
     * @param calico its version
     * @param schema where the schema of packs stands, as seen from the file
     * @throws NoSuchPackException where there is no pack to extend
     * @throws InvalidRulesException with all mistakes in what that builds on
     */
    public String skeleton(String parent, String id, CalicoVersion calico, String schema)
            throws NoSuchPackException, InvalidRulesException {
        return resolver.skeleton(file(parent), id, calico, schema);
    }

    /**
     * All that is known of kernels and OpenStack releases.
     *
     * @throws InvalidRulesException with all mistakes in the knowledge files
     */
    public Knowledge knowledge() throws InvalidRulesException {
        return knowledgeFiles().knowledge();
    }

    /**
     * Resolves every pack for every version that makes a difference and every platform, and writes all of that to a file, and
     * the knowledge and what is compared across hosts to files beside it, to be found again as long as the rules stay the
     * same.
     *
     * @throws IllegalStateException where other rules than those of the installation are among them
     * @throws InvalidRulesException with the mistakes of the first pack that has some
     * @throws IOException if the file cannot be written
     */
    public void prepare(Path file) throws InvalidRulesException, IOException {
        if (!isInstallationAlone()) {
            throw new IllegalStateException("only the rules of the installation are prepared");
        }
        List<ResolvedPack> resolved = new ArrayList<>();
        for (PackFile pack : packs.values()) {
            for (CalicoVersion version : resolver.turningPoints(pack, advisories())) {
                for (Platform platform : resolver.outline(pack).platforms()) {
                    resolved.add(resolver.resolveYaml(pack, version, platform, knowledgeFiles(), advisories()));
                }
            }
        }
        PreparedPacks.write(file, folders.get(0), facts, resolved);
        PreparedKnowledge.write(
                knowledgeBeside(file), folders.get(0), knowledgeFiles().knowledge());
        PreparedFleet.write(fleetBeside(file), folders.get(0), facts, FleetFiles.read(folders, files, facts));
    }

    private static Path fleetBeside(Path packs) {
        return packs.resolveSibling(PreparedFleet.FILE);
    }

    private static Path knowledgeBeside(Path packs) {
        return packs.resolveSibling(PreparedKnowledge.FILE);
    }

    /** The folder of the installation, where no other holds knowledge. */
    private Optional<RulesFolder> onlyOneWithKnowledge() {
        List<RulesFolder> holders = folders.stream()
                .filter(folder -> Files.exists(folder.knowledge()))
                .toList();
        return holders.size() == 1 && holders.get(0).trusted() ? Optional.of(holders.get(0)) : Optional.empty();
    }

    private boolean isInstallationAlone() {
        return folders.size() == 1 && folders.get(0).trusted();
    }

    private synchronized Optional<PreparedPacks> prepared() {
        if (!preparedOpened) {
            preparedOpened = true;
            prepared = preparedFile
                    .filter(file -> isInstallationAlone())
                    .flatMap(file -> PreparedPacks.open(file, folders.get(0), facts));
        }
        return prepared;
    }

    /**
     * What is compared across the hosts of a fleet.
     *
     * @throws InvalidRulesException with all mistakes in it
     */
    public FleetRules fleet() throws InvalidRulesException {
        Optional<FleetRules> ready = preparedFile
                .filter(file -> isInstallationAlone())
                .flatMap(file -> PreparedFleet.open(fleetBeside(file), folders.get(0), facts));
        if (ready.isEmpty()) {
            return FleetFiles.read(folders, files, facts);
        }
        List<RuleFile> rules = new ArrayList<>();
        for (RuleFile named : ready.get().inference()) {
            rules.add(RuleFile.read(folders.get(0).inference().resolve(named.name()), true));
        }
        return ready.get().judgedBy(rules);
    }

    /** The test cases beside the packs, by file; throws with all mistakes over all test files. */
    public List<PackTests> tests() throws InvalidRulesException {
        List<PackTests> read = new ArrayList<>();
        List<Problem> problems = readTests(files, read);
        if (!problems.isEmpty()) {
            throw new InvalidRulesException(problems);
        }
        return read;
    }

    /**
     * All mistakes over all files: every pack with every version and platform that makes a difference to it, the knowledge
     * and the test cases; sorted by place.
     */
    public List<Problem> lint() {
        RulesFiles thorough = new RulesFiles(true);
        PackResolver everything = new PackResolver(packs, thorough, facts);
        Set<Problem> problems = new TreeSet<>();
        KnowledgeFiles known = noKnowledge();
        try {
            known = KnowledgeFiles.read(folders, thorough);
        } catch (InvalidRulesException e) {
            problems.addAll(e.problems());
        }
        AdvisoryFiles advised = AdvisoryFiles.NONE;
        try {
            advised = AdvisoryFiles.read(advisoryFiles, thorough);
        } catch (InvalidRulesException e) {
            problems.addAll(e.problems());
        }
        try {
            FleetFiles.read(folders, thorough, facts);
        } catch (InvalidRulesException e) {
            problems.addAll(e.problems());
        }
        for (PackFile file : allPacks) {
            problems.addAll(everything.problems(file, known, advised));
        }
        List<PackTests> read = new ArrayList<>();
        problems.addAll(readTests(thorough, read));
        for (PackTests cases : read) {
            problems.addAll(everything.problems(cases, advised));
        }
        return List.copyOf(problems);
    }

    private List<Problem> readTests(RulesFiles reader, List<PackTests> read) {
        List<Problem> problems = new ArrayList<>();
        for (PackTestFile file : tests) {
            try {
                read.add(PackTests.read(file.path(), file.trusted(), reader));
            } catch (InvalidRulesException e) {
                problems.addAll(e.problems());
            }
        }
        return problems;
    }

    private ResolvedPack resolve(PackFile file, CalicoVersion version, Platform platform)
            throws NoSuchPackException, InvalidRulesException {
        Optional<PreparedPack> ready = prepared().flatMap(packs -> packs.pack(file.id(), version, platform));
        if (ready.isPresent()) {
            return ready.get().judgedBy(resolver.ruleFiles(file, ready.get().ruleFiles()));
        }
        Set<Problem> problems = new LinkedHashSet<>();
        KnowledgeFiles known = noKnowledge();
        try {
            known = knowledgeFiles();
        } catch (InvalidRulesException e) {
            problems.addAll(e.problems());
        }
        AdvisoryFiles advised = AdvisoryFiles.NONE;
        try {
            advised = advisories();
        } catch (InvalidRulesException e) {
            problems.addAll(e.problems());
        }
        try {
            checkSupported(file, resolver.outline(file), platform);
            ResolvedPack pack = resolver.resolve(file, version, platform, known, advised);
            if (problems.isEmpty()) {
                return pack;
            }
        } catch (InvalidRulesException e) {
            problems.addAll(e.problems());
        }
        throw new InvalidRulesException(List.copyOf(problems));
    }

    private static void checkSupported(PackFile file, PackResolver.Outline outline, Platform platform)
            throws NoSuchPackException {
        if (!outline.platforms().contains(platform)) {
            String supported = outline.platforms().stream().map(Platform::label).collect(Collectors.joining(", "));
            String why = Optional.ofNullable(outline.unsupported().get(platform))
                    .map(reason -> ": " + reason)
                    .orElse("");
            throw new NoSuchPackException("the pack " + file.id() + " is not for " + platform.label() + why
                    + (supported.isEmpty() ? "" : "; it is for: " + supported));
        }
    }

    private synchronized KnowledgeFiles knowledgeFiles() throws InvalidRulesException {
        KnowledgeFiles known = knowledge;
        if (known == null) {
            Optional<KnowledgeFiles> ready = preparedFile.flatMap(packs ->
                    onlyOneWithKnowledge().flatMap(folder -> PreparedKnowledge.open(knowledgeBeside(packs), folder)));
            known = ready.isPresent() ? ready.get() : KnowledgeFiles.read(folders, files);
            knowledge = known;
        }
        return known;
    }

    private synchronized AdvisoryFiles advisories() throws InvalidRulesException {
        AdvisoryFiles read = advisories;
        if (read == null) {
            read = AdvisoryFiles.read(advisoryFiles, files);
            advisories = read;
        }
        return read;
    }

    private static KnowledgeFiles noKnowledge() {
        return new KnowledgeFiles(
                new Knowledge(
                        new KernelKnowledge(List.of(), List.of(), Map.of(), Map.of(), Map.of(), Map.of()),
                        new OpenstackReleases(List.of()),
                        new NetworkProviders(List.of(), List.of())),
                List.of());
    }

    private String nearestKnown(CalicoVersion version) {
        NavigableSet<CalicoVersion> versions = versions();
        List<String> near = Stream.of(
                        Optional.ofNullable(versions.lower(version)), Optional.ofNullable(versions.higher(version)))
                .flatMap(Optional::stream)
                .map(CalicoVersion::toString)
                .toList();
        return near.isEmpty() ? "; there are no packs at all" : "; the nearest known: " + String.join(", ", near);
    }

    private static void checkFolder(RulesFolder folder, List<Problem> problems) {
        String name = folder.directory().toString();
        if (!Files.isDirectory(folder.directory())) {
            problems.add(new Problem(name, 0, 0, "there is no such folder"));
        } else if (Stream.of(folder.packs(), folder.inference(), folder.knowledge(), folder.advisories())
                .noneMatch(Files::isDirectory)) {
            problems.add(
                    new Problem(
                            name,
                            0,
                            0,
                            "holds none of packs, inference, knowledge and advisories; it does not look like a folder of rules"));
        }
        Set<String> known = new HashSet<>(KnowledgeFiles.NAMES);
        for (Path path : list(folder.knowledge(), problems)) {
            String file = path.getFileName().toString();
            if (file.matches(".*\\.ya?ml") && !known.contains(file)) {
                problems.add(new Problem(path.toString(), 0, 0, "would be overlooked" + Wording.allowed(file, known)));
            }
        }
    }

    private static List<Path> list(Path directory, List<Problem> problems) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(path -> !path.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            problems.add(new Problem(directory.toString(), 0, 0, "cannot be listed: " + e.getMessage()));
            return List.of();
        }
    }
}
