package calico.preflight.cli.command;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.target.Platform;
import calico.preflight.cli.console.Console;
import calico.preflight.cli.option.SubjectOptions;
import calico.preflight.cli.option.TargetOptions;
import calico.preflight.engine.report.Report;
import calico.preflight.facts.Fact;
import calico.preflight.facts.HostFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * From questions to reports: looks at the host, and judges. Only the facts that the requirements name are collected, once
 * for all questions, and a few by which a report calls the host.
 */
record Checking(Hosts hosts, List<Fact> laidOver, List<HostFacts> tried, RuleBook book) {

    /** The facts by which a report calls a host. */
    static final Set<String> NAMED_IN_REPORTS =
            Set.of("host.name", "host.architecture", "os.id", "os.version", "kernel.release");

    /** The checking of the host that the options name, after it was probed if they ask for that. */
    static Checking of(Console console, SubjectOptions subject, RuleBook book) throws InvalidRulesException {
        return of(console, subject, new Hosts(subject.host(), console), book);
    }

    /** The checking of these hosts, probed where the options ask for that. */
    static Checking of(Console console, SubjectOptions subject, Hosts hosts, RuleBook book)
            throws InvalidRulesException {
        List<HostFacts> tried = new Probing(console, book).asAskedFor(subject.probe(), subject.host());
        return new Checking(hosts, laidOver(subject), tried, book);
    }

    /** What was planned, and what datastores answered: it takes the place of what the host shows. */
    static List<Fact> laidOver(SubjectOptions subject) {
        List<Fact> facts = new ArrayList<>(subject.ranges().facts());
        facts.addAll(DatastoreAsking.asAskedFor(subject.datastore(), subject.host()));
        return facts;
    }

    /** The report for the target that the options describe. */
    Report report(TargetOptions target) throws InvalidRulesException {
        ResolvedPack pack = book.resolve(target.calico(), target.nearest(), platform(target.platform()));
        return reports(List.of(new Question(pack, target.on(pack)))).get(0);
    }

    /** The platform that was said, or that the host shows. */
    Platform platform(Optional<Platform> said) {
        return said.orElseGet(() -> PlatformDetection.of(hosts.with(PlatformDetection.FACTS::contains)));
    }

    /** A report for each question, in their order. */
    List<Report> reports(List<Question> questions) throws InvalidRulesException {
        List<Report> reports = new ArrayList<>();
        answer(questions, wanted(questions), (question, report) -> reports.add(report));
        return reports;
    }

    /** The facts that it takes to answer the questions, whatever the host. */
    NavigableSet<String> wanted(List<Question> questions) throws InvalidRulesException {
        NavigableSet<String> wanted = new TreeSet<>(NAMED_IN_REPORTS);
        for (Question question : questions) {
            wanted.addAll(book.factNames(question.pack(), question.target()));
        }
        return wanted;
    }

    /**
     * Gives the report for each question as it comes, so that not all have to be kept.
     *
     * @param wanted the facts that it takes
     */
    void answer(List<Question> questions, NavigableSet<String> wanted, BiConsumer<Question, Report> taker)
            throws InvalidRulesException {
        HostFacts seen = hosts.with(name -> isWanted(name, wanted));
        HostFacts together = seen;
        for (HostFacts probe : tried) {
            together = Probing.together(together, probe);
        }
        HostFacts facts = together.with(laidOver);
        for (Question question : questions) {
            taker.accept(question, book.judge(question.pack()).judge(question.target(), facts));
        }
    }

    /** The facts by which a report calls the host. */
    HostFacts named() {
        HostFacts seen = hosts.with(NAMED_IN_REPORTS::contains);
        return HostFacts.of(
                seen.source(),
                seen.collectedAt(),
                seen.facts().values().stream()
                        .filter(fact -> NAMED_IN_REPORTS.contains(fact.name()))
                        .toList());
    }

    /** Is this fact wanted, or, if it is a table, an entry of it? */
    private static boolean isWanted(String name, NavigableSet<String> wanted) {
        String next = wanted.ceiling(name + ".");
        return wanted.contains(name) || (next != null && next.startsWith(name + "."));
    }
}
