package calico.preflight.cli.command;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.requirement.Check;
import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.target.Profile;
import calico.preflight.catalog.target.Target;
import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.UserException;
import calico.preflight.cli.matrix.Answer;
import calico.preflight.cli.matrix.Matrix;
import calico.preflight.cli.matrix.Mode;
import calico.preflight.cli.matrix.Row;
import calico.preflight.cli.matrix.Spot;
import calico.preflight.cli.option.GateOptions;
import calico.preflight.cli.option.MatrixOptions;
import calico.preflight.cli.option.SubjectOptions;
import calico.preflight.cli.option.VersionSelection;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Outcome;
import calico.preflight.engine.report.Report;
import calico.preflight.facts.Fact;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes a matrix: each version is resolved once, and each host looked at once for all versions and modes. */
final class MatrixMaker {

    private final Console console;
    private final RuleBook book;
    private final MatrixOptions target;
    private final SubjectOptions subject;
    private final GateOptions gate;
    private final List<Question> questions = new ArrayList<>();
    private final IdentityHashMap<Question, Spot> spots = new IdentityHashMap<>();
    private final Map<Spot, Answer.NotOffered> notOffered = new LinkedHashMap<>();
    private final NavigableSet<String> wanted = new TreeSet<>();
    private final List<Row> rows = new ArrayList<>();
    private final List<Mode> modes;
    private final List<Fact> laidOver = new ArrayList<>();
    private Optional<Platform> platform = Optional.empty();

    MatrixMaker(Console console, RuleBook book, MatrixOptions target, SubjectOptions subject, GateOptions gate) {
        this.console = console;
        this.book = book;
        this.target = target;
        this.subject = subject;
        this.gate = gate;
        this.modes = target.modes();
    }

    /** The matrix that the options describe. */
    Matrix matrix() throws InvalidRulesException {
        selectRows();
        List<String> files = Hosts.files(subject.host());
        List<Matrix.OfHost> hosts = new ArrayList<>();
        if (files.isEmpty()) {
            hosts.add(judge(Checking.of(console, subject, book)));
        } else if (files.size() == 1) {
            Hosts one = new Hosts(subject.host(), Optional.of(files.get(0)), console);
            hosts.add(judge(Checking.of(console, subject, one, book)));
        } else {
            if (subject.probe().probe() || !subject.probe().results().isEmpty()) {
                throw new UserException("a probe is of one host, but these are the facts of " + files.size() + ".");
            }
            laidOver.addAll(Checking.laidOver(subject));
            for (String file : files) {
                Hosts one = new Hosts(subject.host(), Optional.of(file), console);
                hosts.add(judge(new Checking(one, laidOver, List.of(), book)));
            }
        }
        return new Matrix(rows, modes, notOffered, hosts);
    }

    /** The platform of all hosts, once the matrix is made. */
    Platform platform() {
        return platform.orElseThrow();
    }

    private void selectRows() throws InvalidRulesException {
        Map<CalicoVersion, Row> selected = new TreeMap<>();
        for (VersionSelection selection : target.versions()) {
            for (CalicoVersion named : selection.named()) {
                book.judgedAs(named, target.nearest());
            }
            for (CalicoVersion version : selection.among(book.versions())) {
                selected.put(version, new Row(version, book.judgedAs(version, target.nearest())));
            }
        }
        rows.addAll(selected.values());
    }

    private Matrix.OfHost judge(Checking checking) throws InvalidRulesException {
        Platform shown = checking.platform(target.platform());
        if (platform.isEmpty()) {
            platform = Optional.of(shown);
            ask(shown);
            wanted.addAll(checking.wanted(questions));
        } else if (platform.get() != shown) {
            throw new UserException("the hosts are of different platforms, "
                    + platform.get().label() + " and " + shown.label() + "; say which is meant: --platform.");
        }
        Map<Spot, Answer> answers = new LinkedHashMap<>();
        checking.answer(questions, wanted, (question, report) -> answers.put(spots.get(question), answer(report)));
        return new Matrix.OfHost(checking.named(), answers);
    }

    /** What there is to judge, and what the documents rule out. */
    private void ask(Platform shown) throws InvalidRulesException {
        List<Requirement> requirements = new ArrayList<>();
        for (Row row : rows) {
            RuleBook.Served served = book.served(row.judgedAs(), shown);
            for (Mode mode : modes) {
                Spot spot = new Spot(row, mode);
                if (served.pack().isEmpty()) {
                    notOffered.put(spot, new Answer.NotOffered(served.why()));
                } else {
                    ask(spot, served.pack().get());
                }
            }
            served.pack().ifPresent(pack -> requirements.addAll(pack.requirements(Profile.PRACTICAL)));
        }
        gate.check(requirements, "these versions");
    }

    private void ask(Spot spot, ResolvedPack pack) {
        Target asked = target.on(pack, spot.row().version(), spot.mode());
        List<ResolvedPack.NotOffered> unknown = pack.notOffered(asked);
        if (unknown.isEmpty()) {
            Question question = new Question(pack, asked);
            questions.add(question);
            spots.put(question, spot);
        } else {
            // A dataplane that is not there is the better reason: with it goes every encapsulation.
            ResolvedPack.NotOffered first = unknown.stream()
                    .filter(one -> one.option().equals("dataplane"))
                    .findFirst()
                    .orElse(unknown.get(0));
            notOffered.put(spot, new Answer.NotOffered(first.reason()));
        }
    }

    /** A demand on the target itself that is not met rules the target out, on every host. */
    private Answer answer(Report report) {
        Optional<Finding> ruledOut = report.findings().stream()
                .filter(finding -> finding.outcome() == Outcome.FAIL)
                .filter(finding -> finding.requirement().check() instanceof Check.TargetOption)
                .findFirst();
        if (ruledOut.isPresent()) {
            return new Answer.NotOffered(
                    ruledOut.get().requirement().title() + ": " + ruledOut.get().reason());
        }
        if (GateOptions.isEmpty(report)) {
            return new Answer.NotOffered("no requirement of " + report.packId() + " applies");
        }
        return Answer.Judged.of(report, gate.waived(report), gate.judgeAny(report));
    }
}
