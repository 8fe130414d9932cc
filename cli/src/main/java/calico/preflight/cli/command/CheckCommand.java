package calico.preflight.cli.command;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Platform;
import calico.preflight.cli.console.Console;
import calico.preflight.cli.option.GateOptions;
import calico.preflight.cli.option.OutputOptions;
import calico.preflight.cli.option.RulesOptions;
import calico.preflight.cli.option.SubjectOptions;
import calico.preflight.cli.option.TargetOptions;
import calico.preflight.cli.option.UpgradeOption;
import calico.preflight.cli.render.ReportDocument;
import calico.preflight.cli.render.TextReport;
import calico.preflight.cli.render.UpgradePage;
import calico.preflight.engine.report.Comparison;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Report;
import java.util.List;
import java.util.Optional;

/** Checks a host: the report is the result, the exit code says whether it may go on. */
final class CheckCommand extends Command {

    private final Console console;

    private final TargetOptions target = with(new TargetOptions());

    private final UpgradeOption upgrade = with(new UpgradeOption());

    private final SubjectOptions subject = with(new SubjectOptions());

    private final GateOptions gate = with(new GateOptions());

    private final RulesOptions rules = with(new RulesOptions());

    private final OutputOptions output = with(new OutputOptions());

    CheckCommand(Console console) {
        super(
                "check",
                "Checks whether a host meets the documented requirements of a Calico version.",
                "",
                "Examples:",
                "  calico-preflight check",
                "      this host, the newest Calico that the rules know",
                "  calico-preflight check --calico 3.16 --platform openstack --encapsulation ipip",
                "  calico-preflight check --source /mnt/image --allow-unknown=host,network",
                "  calico-preflight check --facts node1.json -o json --fail-on warn",
                "  calico-preflight check --etcd-endpoints https://e1:2379 --etcd-ca-cert ca.pem",
                "      asks the datastore too; --etcd-cert and --etcd-key where it asks who asks",
                "  calico-preflight check --calico 3.16 --upgrade-to 3.32",
                "      what changes for this host; the exit code is that of what changes");
        this.console = console;
    }

    @Override
    public Integer call() throws InvalidRulesException {
        RuleBook book = RuleBook.load(rules, console.environment());
        Checking checking = Checking.of(console, subject, book);
        return upgrade.version().isPresent()
                ? compare(checking, upgrade.version().get())
                : check(checking.report(target));
    }

    private int check(Report report) {
        gate.check(report);
        int exit = gate.judge(report).code();
        List<Finding> waived = gate.waived(report);
        output.give(console, ReportDocument.of(report, Version.number(), waived), look -> {
            TextReport text = new TextReport(report, look, waived, gate.spoken());
            return output.quiet() ? text.verdict() : text.whole();
        });
        return exit;
    }

    /** Says only what changes with the other version, and ends as what changes does. */
    private int compare(Checking checking, CalicoVersion version) throws InvalidRulesException {
        Platform platform = checking.platform(target.platform());
        ResolvedPack before = checking.book().resolve(target.calico(), target.nearest(), platform);
        ResolvedPack after = checking.book().resolve(Optional.of(version), target.nearest(), platform);
        List<Report> reports = checking.reports(
                List.of(new Question(before, target.on(before)), new Question(after, target.on(after, version))));
        Comparison comparison = Comparison.of(reports.get(0), reports.get(1));
        Report news = comparison.news();
        gate.check(reports.get(1));
        int exit = gate.judgeAny(news).code();
        UpgradePage page = new UpgradePage(comparison, after.removed(), gate.waived(news), gate.spoken());
        output.give(
                console,
                page.document(Version.number()),
                look -> output.quiet() ? page.verdict(look) : page.text(look));
        return exit;
    }
}
