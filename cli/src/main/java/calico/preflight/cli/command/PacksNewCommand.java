package calico.preflight.cli.command;

import calico.preflight.catalog.Catalog;
import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.PackHeader;
import calico.preflight.catalog.pack.PackSkeleton;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.requirement.Level;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Platform;
import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.ExitCode;
import calico.preflight.cli.console.UserException;
import calico.preflight.cli.option.RulesOptions;
import calico.preflight.cli.option.Single;
import calico.preflight.cli.option.Targets;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Outcome;
import calico.preflight.facts.HostFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the beginning of a pack for a new version, and of its test cases. */
final class PacksNewCommand extends Command {

    /** How many requirements the first case names. */
    private static final int NAMED = 3;

    private final Console console;

    private final Single<String> version = argument(String.class, 0, "VERSION", "a minor version, as 3.33");

    private final Single<String> parent =
            text("--extends", "PACK", "the pack to build on, by its version or id (default: the newest that is older)");

    private final Single<Path> directory = path(
            "--directory",
            "DIR",
            "the folder of rules to write to (default: the first --rules folder, otherwise the rules of "
                    + "the installation)");

    private final RulesOptions rules = with(new RulesOptions());

    PacksNewCommand(Console console) {
        super(
                "new",
                "Writes the beginning of a rule pack for a version that there is none for, and of the test cases beside it. "
                        + "Both hold as they are; comments in them show what can be said. Nothing is overwritten.",
                "",
                "Examples:",
                "  calico-preflight packs new 3.33 --extends 3.32",
                "  calico-preflight packs new 3.33 --rules my-rules",
                "  calico-preflight packs new 3.33 --directory my-rules");
        this.console = console;
    }

    @Override
    public Integer call() throws InvalidRulesException {
        CalicoVersion calico = minorVersion();
        RuleBook book = RuleBook.load(rules, console.environment());
        Optional<PackHeader> known = book.known(calico);
        if (known.isPresent()) {
            throw new UserException("there is a pack for Calico " + calico + " already: "
                    + known.get().file() + "; edit that one.");
        }
        RuleBook.Named extended = book.named(parent.value().orElseGet(() -> older(book, calico)));
        Path packs = folder().resolve("packs");
        Path pack = packs.resolve(Catalog.idOf(calico) + ".yaml");
        Path cases = packs.resolve(Catalog.idOf(calico) + ".test.yaml");
        String packText = book.skeleton(extended, calico, schema(packs, "pack.schema.json"));
        String casesText = cases(book, extended, calico, schema(packs, "pack-test.schema.json"));
        write(List.of(pack, cases), List.of(packText, casesText));
        console.result(next(pack, cases, extended, calico), Optional.empty());
        return ExitCode.OK.code();
    }

    private CalicoVersion minorVersion() {
        return CalicoVersion.parse(version.certain())
                .filter(parsed -> parsed.patch() == CalicoVersion.NEWEST_PATCH)
                .orElseThrow(() -> new UserException("\"" + version.certain()
                        + "\" is no minor version of Calico; give one such as 3.33. What differs among the patches of a"
                        + " version stands in its pack, with \"since\" and \"until\"."));
    }

    private static String older(RuleBook book, CalicoVersion calico) {
        return Optional.ofNullable(book.versions().lower(calico))
                .map(CalicoVersion::toString)
                .orElseThrow(() -> new UserException(
                        "no pack is older than Calico " + calico + "; say which one to build on: --extends."));
    }

    private Path folder() {
        return directory
                .value()
                .or(rules::firstFolder)
                .or(() -> console.environment().home().map(home -> home.resolve("rules")))
                .orElseThrow(() -> new UserException(
                        "it is not known where the program is installed; say where to write: --directory DIR."));
    }

    /** Where a schema stands, as seen from the folder of packs: beside it, or in the installation. */
    private String schema(Path packs, String name) {
        Path own = packs.resolveSibling("schema").resolve(name);
        Path installed = console.environment()
                .home()
                .map(home -> home.resolve("rules").resolve("schema").resolve(name))
                .orElse(own);
        Path there = Files.exists(own) ? own : installed;
        return packs.toAbsolutePath()
                .normalize()
                .relativize(there.toAbsolutePath().normalize())
                .toString();
    }

    /** A case that holds: what the extended pack leaves open on a host of which nothing is known. */
    private static String cases(RuleBook book, RuleBook.Named extended, CalicoVersion calico, String schema)
            throws InvalidRulesException {
        List<Platform> platforms = extended.header().platforms();
        if (platforms.isEmpty()) {
            throw new UserException("the pack " + extended.header().id() + " serves no platform.");
        }
        ResolvedPack pack = book.resolve(extended, platforms.get(0));
        HostFacts nothing = HostFacts.of("nowhere", "1970-01-01T00:00:00Z", List.of());
        List<String> open = book.judge(pack).judge(Targets.of(pack, Map.of()), nothing).findings().stream()
                .filter(finding -> finding.outcome() == Outcome.UNKNOWN)
                .filter(finding -> finding.requirement().level() == Level.MUST)
                .map(Finding::id)
                .limit(NAMED)
                .toList();
        if (open.isEmpty()) {
            throw new UserException("the pack " + extended.header().id() + " demands nothing of a host on "
                    + platforms.get(0).label() + ", so there is nothing to test.");
        }
        return PackSkeleton.cases(Catalog.idOf(calico), platforms.get(0), open, schema);
    }

    /** Writes both or neither. */
    private static void write(List<Path> files, List<String> texts) {
        for (Path file : files) {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new UserException(file + " is there already; nothing was written.");
            }
        }
        try {
            for (int i = 0; i < files.size(); i++) {
                Files.createDirectories(files.get(i).toAbsolutePath().getParent());
                Files.write(
                        files.get(i),
                        texts.get(i).getBytes(StandardCharsets.UTF_8),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE);
            }
        } catch (IOException e) {
            throw new UserException("cannot write to " + files.get(0).getParent() + ": " + Console.reason(e), e);
        }
    }

    private String next(Path pack, Path cases, RuleBook.Named extended, CalicoVersion calico) {
        Path folder = folder();
        boolean shipped = console.environment()
                .home()
                .map(home -> home.resolve("rules").toAbsolutePath().normalize())
                .filter(folder.toAbsolutePath().normalize()::equals)
                .isPresent();
        String with = shipped ? "" : " --rules " + folder;
        return "wrote " + pack + "\nwrote " + cases + "\n\nNext: say in the first what is not as in "
                + extended.header().id() + ", in the second what must come of it, and look at it with\n"
                + "  calico-preflight packs lint" + with + "\n"
                + "  calico-preflight packs test" + with + "\n"
                + "  calico-preflight packs diff " + extended.header().id() + " " + calico + with + "\n";
    }
}
