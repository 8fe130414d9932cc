package calico.preflight.cli.command;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.PackHeader;
import calico.preflight.catalog.Suggestion;
import calico.preflight.catalog.pack.PackTests;
import calico.preflight.catalog.pack.PackTests.PackTestCase;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.target.Profile;
import calico.preflight.catalog.target.Target;
import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.ExitCode;
import calico.preflight.cli.console.Plain;
import calico.preflight.cli.console.Progress;
import calico.preflight.cli.console.UserException;
import calico.preflight.cli.option.Flag;
import calico.preflight.cli.option.RulesOptions;
import calico.preflight.cli.option.Several;
import calico.preflight.cli.option.Single;
import calico.preflight.cli.option.Targets;
import calico.preflight.engine.Judge;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Report;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Judges the hosts that the test cases beside the packs tell of, and compares. */
final class PacksTestCommand extends Command {

    private final Console console;
    private final StringBuilder text = new StringBuilder();

    private final Several<Path> files = arguments(Path.class, "FILE", "only these files of test cases (default: all)");

    private final Flag coverage = flag(
            "--coverage",
            "also say which outcomes of which requirements no case is about; of the packs of these FILEs only, "
                    + "where some are given");

    private final Single<Path> corpus =
            path("--corpus", "DIR", "judge the kernels of this folder instead of the test cases");

    private final RulesOptions rules = with(new RulesOptions());

    /** A pack as a case needs it. */
    private record Wanted(String pack, Optional<CalicoVersion> version, Platform platform) {}

    /** A pack and its judge. */
    private record Court(ResolvedPack pack, Judge judge) {}

    PacksTestCommand(Console console) {
        super(
                "test",
                "Judges the made-up hosts of the test cases beside the packs (packs/*.test.yaml) and says where an outcome "
                        + "is not the expected one. Exit code 3 where one is not. With --coverage, also says which "
                        + "requirements have no case for an outcome that they can have; those that never have one of their "
                        + "own (default, informational) need none.",
                "",
                "With --corpus, judges kernels instead, each as a source of its own, and compares with what is true of "
                        + "them. DIR/truth.tsv has the columns kernel, source (config or tree), version, arch, "
                        + "capability, state, provider, note. A configuration is DIR/kernel-configs/KERNEL.config.gz; "
                        + "DIR/debian-module-trees.tsv lists trees (kernel, ko or builtin, path), which are laid out in "
                        + "the temporary directory, once with a modules.dep and once without. The states:",
                "  builtin  must PASS on step 3 of the ladder of evidence",
                "  module   must PASS on step 4 from a tree, and be UNKNOWN on step 5 from a",
                "           configuration, which does not show whether it is installed",
                "  absent   must FAIL",
                "  n/a      must be UNKNOWN: such evidence does not show it",
                "A capability that ends in /ipv6 is judged for IPv6, any other for IPv4. Left out, and counted, is what the "
                        + "knowledge of kernels does not name, and kernels of which there is no file.",
                "",
                "Examples:",
                "  calico-preflight packs test",
                "  calico-preflight packs test --rules my-rules my-rules/packs/calico-3.16.test.yaml",
                "  calico-preflight packs test --coverage",
                "  calico-preflight packs test --corpus kernels");
        this.console = console;
    }

    @Override
    public Integer call() throws InvalidRulesException {
        if (corpus.value().isPresent() && (coverage.isGiven() || !files.values().isEmpty())) {
            throw new UserException(
                    "--corpus judges kernels, and test cases are not judged with them: give one or the" + " other.");
        }
        RuleBook book = RuleBook.load(rules, console.environment());
        return corpus.value().isPresent() ? judge(corpus.value().get(), book) : test(book);
    }

    private int judge(Path folder, RuleBook book) throws InvalidRulesException {
        Corpus read = Corpus.read(folder);
        CorpusTrial trial = new CorpusTrial(book);
        trial.judge(read, new Progress(console));
        if (trial.verdicts() == 0) {
            throw new UserException("--corpus " + folder + ": there is nothing to judge: no kernel of " + Corpus.TRUTH
                    + " has a file in " + Corpus.CONFIGURATIONS + " or lines in " + Corpus.TREES
                    + ", and a capability that is known.");
        }
        console.result(trial.text(), Optional.empty());
        return trial.wrong() == 0 ? ExitCode.OK.code() : ExitCode.FAILED.code();
    }

    private int test(RuleBook book) throws InvalidRulesException {
        Map<Wanted, Court> courts = new HashMap<>();
        Coverage covered = new Coverage();
        int cases = 0;
        int failed = 0;
        for (PackTests tests : chosen(book.tests())) {
            for (PackTestCase test : tests.cases()) {
                Wanted wanted = new Wanted(tests.pack(), test.version(), test.platform());
                Court court = courts.get(wanted);
                if (court == null) {
                    court = open(book, wanted);
                    courts.put(wanted, court);
                }
                Target target = Targets.of(court.pack(), test.target());
                covered.possible(court.pack(), target.profile());
                covered.expected(test);
                cases++;
                if (!passes(test, court, target)) {
                    failed++;
                }
            }
        }
        if (cases == 0) {
            throw new UserException("there are no test cases beside the packs (packs/*.test.yaml).");
        }
        if (coverage.isGiven()) {
            if (files.values().isEmpty()) {
                everything(book, covered);
            }
            text.append(covered.text());
        }
        text.append(cases)
                .append(cases == 1 ? " case, " : " cases, ")
                .append(failed)
                .append(" failed\n");
        console.result(text.toString(), Optional.empty());
        return failed == 0 ? ExitCode.OK.code() : ExitCode.FAILED.code();
    }

    private static void everything(RuleBook book, Coverage covered) throws InvalidRulesException {
        for (PackHeader header : book.packs()) {
            for (Platform platform : header.platforms()) {
                covered.possible(book.resolve(header.id(), platform), Profile.PRACTICAL);
            }
        }
    }

    private List<PackTests> chosen(List<PackTests> all) {
        if (files.values().isEmpty()) {
            return all;
        }
        List<PackTests> chosen = new ArrayList<>();
        for (Path file : files.values()) {
            Path wanted = file.toAbsolutePath().normalize();
            chosen.add(all.stream()
                    .filter(tests ->
                            Path.of(tests.file()).toAbsolutePath().normalize().equals(wanted))
                    .findFirst()
                    .orElseThrow(() -> {
                        List<String> there = all.stream().map(PackTests::file).toList();
                        return new UserException("there are no test cases in " + file
                                + " in the rules that are used; there are: " + String.join(", ", there) + "."
                                + Suggestion.didYouMean(file.toString(), there));
                    }));
        }
        return chosen;
    }

    private static Court open(RuleBook book, Wanted wanted) throws InvalidRulesException {
        ResolvedPack pack = wanted.version().isPresent()
                ? book.resolve(wanted.version(), wanted.platform())
                : book.resolve(wanted.pack(), wanted.platform());
        return new Court(pack, book.judge(pack));
    }

    private boolean passes(PackTestCase test, Court court, Target target) {
        Report report = court.judge().judge(target, CaseHost.of(test));
        List<String> differences = new ArrayList<>();
        for (String id : new TreeSet<>(test.expect().keySet())) {
            String expected = String.valueOf(test.expect().get(id));
            Optional<Finding> finding = report.findings().stream()
                    .filter(candidate -> candidate.id().equals(id))
                    .findFirst();
            if (finding.isEmpty()) {
                differences.add("  " + id + ": there is no such requirement in " + report.packId() + " on "
                        + report.target().platform().label() + "." + Suggestion.didYouMean(id, ids(report)));
            } else if (!finding.get().outcome().name().equals(expected)) {
                differences.add("  " + id + ": expected " + expected + ", but it is "
                        + finding.get().outcome() + ": " + finding.get().reason());
            }
        }
        if (!differences.isEmpty()) {
            text.append(Plain.line(test.file() + ":" + test.line() + ": " + test.name()))
                    .append('\n');
            differences.forEach(
                    difference -> text.append(Plain.line(difference)).append('\n'));
        }
        return differences.isEmpty();
    }

    private static Set<String> ids(Report report) {
        Set<String> ids = new TreeSet<>();
        report.findings().forEach(finding -> ids.add(finding.id()));
        return ids;
    }
}
