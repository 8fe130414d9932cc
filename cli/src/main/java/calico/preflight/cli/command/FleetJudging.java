package calico.preflight.cli.command;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.fleet.FleetRules;
import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.ExitCode;
import calico.preflight.cli.console.Progress;
import calico.preflight.cli.console.ResultStream;
import calico.preflight.cli.console.UserException;
import calico.preflight.cli.fleet.FleetInputs;
import calico.preflight.cli.fleet.FleetRun;
import calico.preflight.cli.fleet.HostEvidence;
import calico.preflight.cli.fleet.UnreadableHostException;
import calico.preflight.cli.option.GateOptions;
import calico.preflight.cli.render.Documents;
import calico.preflight.cli.render.FleetDocument;
import calico.preflight.cli.render.ReportDocument;
import calico.preflight.engine.FleetJudge;
import calico.preflight.engine.ReusingJudge;
import calico.preflight.engine.RuleException;
import calico.preflight.engine.fleet.Comparisons;
import calico.preflight.engine.fleet.FleetFinding;
import calico.preflight.engine.fleet.FleetLedger;
import calico.preflight.engine.fleet.FleetReport;
import calico.preflight.engine.fleet.HostRef;
import calico.preflight.engine.fleet.HostValues;
import calico.preflight.engine.fleet.Unreadable;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Report;
import calico.preflight.facts.FactSelection;
import calico.preflight.facts.HostFacts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** Judges the hosts of a fleet as they are read, and keeps of each what the summary needs. */
final class FleetJudging {

    private static final byte[] NOTHING = {};
    private static final long BETWEEN_SHOWN = 200_000_000;

    /** How bad an exit is, the worst last. */
    private static final List<ExitCode> BY_WORTH =
            List.of(ExitCode.OK, ExitCode.WARNED, ExitCode.UNKNOWN, ExitCode.FAILED);

    private final Question question;
    private final GateOptions gate;
    private final Progress progress;
    private final ReusingJudge judge;
    private final FleetJudge across;
    private final Comparisons comparisons;
    private final FactSelection wanted;
    private final FleetLedger ledger;
    private ExitCode exit = ExitCode.OK;

    FleetJudging(Console console, RuleBook book, Question question, FleetRules rules, GateOptions gate)
            throws InvalidRulesException {
        this.question = question;
        this.gate = gate;
        this.progress = new Progress(console);
        this.judge = book.judge(question.pack()).reusing(question.target());
        this.across = book.judge(rules);
        this.comparisons = book.comparisons(rules, question.target());
        Set<String> names = new TreeSet<>(Checking.NAMED_IN_REPORTS);
        names.addAll(comparisons.facts());
        this.wanted = judge.selection(names);
        this.ledger = new FleetLedger(question.target(), question.pack(), comparisons);
    }

    /**
     * What became of one host.
     *
     * @param exit as a check of it alone would end
     * @param line its report as a line of JSON, where that is wanted
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Judged(HostRef host, Optional<Of> judged, String unreadable, ExitCode exit, byte[] line) {

        record Of(Report report, HostValues values) {}

        Unreadable asUnreadable() {
            return new Unreadable(host, unreadable);
        }
    }

    /** How the run ends, once it has: as the worst host. */
    ExitCode exit() {
        return exit;
    }

    /** Judges all hosts. */
    FleetReport judge(FleetInputs inputs) {
        return judge(inputs, any -> {}, any -> {});
    }

    /** Judges all hosts, and shows the report of each, or why there is none, in the order of the input. */
    FleetReport judge(FleetInputs inputs, Consumer<Report> reports, Consumer<Unreadable> unreadable) {
        run(inputs, any -> NOTHING, any -> NOTHING, host -> {
            host.judged()
                    .ifPresentOrElse(
                            judged -> reports.accept(judged.report()), () -> unreadable.accept(host.asUnreadable()));
            return true;
        });
        return close();
    }

    /** Judges all hosts, and gives the report of each as it comes, and the summary at the end. */
    void stream(FleetInputs inputs, Console console, Optional<Path> file) {
        try (ResultStream stream = console.stream(file)) {
            boolean toTheEnd = run(
                    inputs,
                    report -> Documents.line(ReportDocument.of(report, Version.number(), gate.waived(report))),
                    host -> Documents.line(
                            ReportDocument.ofUnreadable(host, question.target(), question.pack(), Version.number())),
                    host -> stream.give(host.line()));
            if (toTheEnd) {
                stream.give(Documents.line(new FleetDocument(close(), Version.number()).content()));
                stream.complete();
            }
        }
    }

    private boolean run(
            FleetInputs inputs,
            Function<Report, byte[]> ofReport,
            Function<Unreadable, byte[]> ofUnreadable,
            Predicate<Judged> taker) {
        long begin = System.nanoTime();
        long[] shown = {begin};
        boolean[] wantsMore = {true};
        new FleetRun<Judged>(evidence -> judge(evidence, ofReport, ofUnreadable)).over(inputs, host -> {
            wantsMore[0] = taker.test(host);
            enter(host);
            long now = System.nanoTime();
            if (now - shown[0] > BETWEEN_SHOWN) {
                shown[0] = now;
                progress.show(ledger.hosts() + " hosts judged, " + ledger.hosts() * 1_000_000_000L / (now - begin)
                        + " a second");
            }
            return wantsMore[0];
        });
        progress.end();
        if (ledger.hosts() == 0) {
            throw new UserException("there is nothing to check: no host was found in the input.");
        }
        return wantsMore[0];
    }

    private void enter(Judged host) {
        worsen(host.exit());
        host.judged()
                .ifPresentOrElse(
                        judged -> ledger.add(host.host(), judged.report(), judged.values()),
                        () -> ledger.addUnreadable(host.asUnreadable()));
    }

    private void worsen(ExitCode other) {
        if (BY_WORTH.indexOf(other) > BY_WORTH.indexOf(exit)) {
            exit = other;
        }
    }

    private FleetReport close() {
        FleetReport report = ledger.close(counted -> across.judge(comparisons.requirements(), counted));
        List<Finding> findings =
                report.findings().stream().map(FleetFinding::finding).toList();
        worsen(gate.judge(findings));
        return report;
    }

    private Judged judge(
            HostEvidence evidence, Function<Report, byte[]> ofReport, Function<Unreadable, byte[]> ofUnreadable) {
        String why;
        try {
            HostFacts facts = evidence.read(wanted);
            Report report = judge.judge(facts);
            String name = facts.get("host.name").known().map(Object::toString).orElse(evidence.place());
            return new Judged(
                    new HostRef(name, evidence.place()),
                    Optional.of(new Judged.Of(report, comparisons.of(facts))),
                    "",
                    gate.judgeAny(report),
                    ofReport.apply(report));
        } catch (UnreadableHostException | RuleException e) {
            why = String.valueOf(e.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            // Whatever is wrong with one host, or with us on meeting it: the others are judged.
            why = "an error in the program itself: " + e;
        }
        Unreadable host = new Unreadable(new HostRef(evidence.place(), evidence.place()), why);
        return new Judged(host.host(), Optional.empty(), why, gate.judgeUnreadable(), ofUnreadable.apply(host));
    }
}
