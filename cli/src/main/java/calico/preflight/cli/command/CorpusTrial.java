package calico.preflight.cli.command;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.knowledge.KernelKnowledge;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.requirement.Check;
import calico.preflight.catalog.requirement.Level;
import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.catalog.requirement.SettledBy;
import calico.preflight.catalog.requirement.Source;
import calico.preflight.catalog.target.IpFamily;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.target.Target;
import calico.preflight.cli.command.Corpus.Configuration;
import calico.preflight.cli.command.Corpus.Kernel;
import calico.preflight.cli.command.Corpus.State;
import calico.preflight.cli.command.Corpus.Tree;
import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.Plain;
import calico.preflight.cli.console.Progress;
import calico.preflight.cli.console.UserException;
import calico.preflight.cli.option.Targets;
import calico.preflight.engine.Judge;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Outcome;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Observed;
import calico.preflight.facts.collect.AmbiguousKernelException;
import calico.preflight.facts.collect.CollectionOptions;
import calico.preflight.facts.collect.HostCollector;
import calico.preflight.facts.source.ConfigurationFile;
import calico.preflight.facts.source.DirectoryHost;
import calico.preflight.facts.source.HostSource;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Judges the kernels of a corpus as those of a user are judged, by the rules of the newest pack, and compares the verdicts
 * with what is true. All capabilities that the knowledge of kernels names are judged, whatever the pack demands.
 */
final class CorpusTrial {

    private static final String IPV6 = "/ipv6";
    private static final Source NOWHERE = new Source("", "", "");

    private final KernelKnowledge knowledge;
    private final ResolvedPack pack;
    private final Judge judge;
    private final Map<IpFamily, Target> targets = new LinkedHashMap<>();
    private final Set<String> factNames = new TreeSet<>();

    /** Evidence, truth and verdict, in words, to how often that was. */
    private final Map<String, Integer> tally = new TreeMap<>();

    private final Map<String, Integer> leftOut = new TreeMap<>();
    private final StringBuilder disagreements = new StringBuilder();
    private int kernels;
    private int verdicts;
    private int wrong;

    CorpusTrial(RuleBook book) throws InvalidRulesException {
        knowledge = book.kernelKnowledge();
        pack = withEveryCapability(book.resolve(Optional.empty(), Platform.OPENSTACK));
        judge = book.judge(pack);
        for (IpFamily family : new IpFamily[] {IpFamily.IPV4, IpFamily.IPV6}) {
            Target target = Targets.of(pack, Map.of("ipFamily", List.of(family.label())));
            targets.put(family, target);
            factNames.addAll(book.factNames(pack, target));
        }
        factNames.add("kernel.release");
    }

    private ResolvedPack withEveryCapability(ResolvedPack newest) {
        Set<String> names = new TreeSet<>(knowledge.capabilities().keySet());
        names.addAll(knowledge.modules().keySet());
        return new ResolvedPack(
                newest.id(),
                newest.calico(),
                newest.platform(),
                newest.digest(),
                newest.defaults(),
                names.stream().map(CorpusTrial::demand).toList(),
                List.of(),
                newest.inference());
    }

    private static Requirement demand(String name) {
        return new Requirement(
                name,
                Level.MUST,
                name,
                SettledBy.IMAGE,
                Map.of(),
                new Check.KernelModule(name),
                NOWHERE,
                List.of(),
                "");
    }

    /** Judges every kernel of the corpus. */
    void judge(Corpus corpus, Progress progress) {
        corpus.withoutEvidence().forEach(kernel -> leftOut.merge("kernels without a file: " + kernel, 1, Integer::sum));
        for (Kernel kernel : corpus.kernels()) {
            progress.show(kernels + " of " + corpus.kernels().size() + " kernels, " + wrong + " wrong verdicts");
            kernels++;
            if (kernel.evidence() instanceof Tree tree) {
                judge(kernel, tree, true);
                judge(kernel, tree, false);
            } else if (kernel.evidence() instanceof Configuration configuration) {
                judge(kernel, source(configuration), "config");
            }
        }
        progress.end();
    }

    private static HostSource source(Configuration configuration) {
        try {
            return ConfigurationFile.of(configuration.file());
        } catch (IOException e) {
            throw new UserException(configuration.file() + ": " + Console.reason(e), e);
        }
    }

    private void judge(Kernel kernel, Tree tree, boolean depmod) {
        try (LookAlikeRoot root = LookAlikeRoot.of(kernel.version(), tree, depmod)) {
            judge(kernel, DirectoryHost.of(root.path()), depmod ? "tree" : "tree without depmod");
        } catch (IOException e) {
            throw new UserException(
                    "the module tree of " + kernel.name() + " cannot be laid out: " + Console.reason(e), e);
        }
    }

    private void judge(Kernel kernel, HostSource host, String evidence) {
        HostFacts facts = collect(kernel, host);
        Map<IpFamily, Map<String, Finding>> findings = new LinkedHashMap<>();
        targets.forEach((family, target) -> {
            Map<String, Finding> byName = new LinkedHashMap<>();
            judge.judge(target, facts).findings().forEach(finding -> byName.put(finding.id(), finding));
            findings.put(family, byName);
        });
        kernel.truths().forEach((capability, truth) -> {
            boolean ipv6 = capability.endsWith(IPV6);
            String name = ipv6 ? capability.substring(0, capability.length() - IPV6.length()) : capability;
            Optional<Finding> finding =
                    Optional.ofNullable(findings.getOrDefault(ipv6 ? IpFamily.IPV6 : IpFamily.IPV4, Map.of())
                            .get(name));
            finding.ifPresentOrElse(
                    found -> compare(kernel, evidence, capability, truth, found),
                    () -> leftOut.merge("not in the knowledge of kernels: " + capability, 1, Integer::sum));
        });
    }

    /** The facts; the version of the table is only given where the source does not tell its own. */
    private HostFacts collect(Kernel kernel, HostSource host) {
        try {
            HostCollector collector = new HostCollector();
            HostFacts facts = collector.collect(host, CollectionOptions.none(), factNames::contains);
            Observed<FactValue> release = facts.get("kernel.release");
            return release.known().isPresent()
                    ? facts
                    : collector.collect(
                            host, CollectionOptions.none().withKernelRelease(kernel.version()), factNames::contains);
        } catch (AmbiguousKernelException e) {
            throw new UserException(String.valueOf(e.getMessage()), e);
        }
    }

    private void compare(Kernel kernel, String evidence, String capability, State truth, Finding finding) {
        verdicts++;
        tally.merge(evidence + "\t" + truth.word() + "\t" + finding.outcome(), 1, Integer::sum);
        Outcome right = truth.verdict(kernel.evidence());
        Optional<Integer> step = truth.step(kernel.evidence());
        String seen = finding.outcome().toString();
        if (finding.outcome() == right) {
            if (step.isEmpty() || standsOn(finding, step.get())) {
                return;
            }
            seen += ", but not on step " + step.get();
        }
        wrong++;
        String place = kernel.name() + ", " + evidence + ", " + capability + ": ";
        disagreements
                .append(Plain.line(place + truth.word() + ", so " + right + " is right, but it is " + seen + ": "
                        + finding.reason()))
                .append('\n');
    }

    private static boolean standsOn(Finding finding, int step) {
        return finding.notes().stream().anyMatch(note -> note.startsWith("Stands on step " + step + " of "));
    }

    /** How many verdicts were wrong. */
    int wrong() {
        return wrong;
    }

    /** How many there were. */
    int verdicts() {
        return verdicts;
    }

    /** The disagreements, a line each, then the totals by kind of verdict, and what was left out. */
    String text() {
        StringBuilder text = new StringBuilder(disagreements);
        String row = "%-20s %-8s %-8s %7s%n";
        text.append(String.format(row, "evidence", "truth", "verdict", "times"));
        tally.forEach((kind, times) -> {
            String[] words = kind.split("\t", -1);
            text.append(String.format(row, words[0], words[1], words[2], times));
        });
        leftOut.forEach((what, times) -> text.append("left out, ")
                .append(Plain.line(what))
                .append(times == 1 ? "" : " (" + times + " times)")
                .append('\n'));
        return text.append(kernels)
                .append(kernels == 1 ? " kernel, " : " kernels, ")
                .append(verdicts)
                .append(verdicts == 1 ? " verdict, " : " verdicts, ")
                .append(wrong)
                .append(" failed\n")
                .toString();
    }
}
