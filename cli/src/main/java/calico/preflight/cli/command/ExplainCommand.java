package calico.preflight.cli.command;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.Suggestion;
import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.ExitCode;
import calico.preflight.cli.console.UserException;
import calico.preflight.cli.option.OutputOptions;
import calico.preflight.cli.option.RulesOptions;
import calico.preflight.cli.option.Single;
import calico.preflight.cli.option.SubjectOptions;
import calico.preflight.cli.option.TargetOptions;
import calico.preflight.cli.render.ReportDocument;
import calico.preflight.cli.render.TextReport;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Report;
import java.util.List;

/** Explains one finding: checks the host as {@code check} does, and shows all that led to that one outcome. */
final class ExplainCommand extends Command {

    private final Console console;

    private final Single<String> id = argument(String.class, 0, "ID", "the id of a finding, as check prints it");

    private final TargetOptions target = with(new TargetOptions());

    private final SubjectOptions subject = with(new SubjectOptions());

    private final RulesOptions rules = with(new RulesOptions());

    private final OutputOptions output = with(new OutputOptions());

    ExplainCommand(Console console) {
        super(
                "explain",
                "Explains one finding: what was expected and seen, which rules led there, who asks for it.",
                "",
                "Examples:",
                "  calico-preflight explain kernel-version",
                "  calico-preflight explain port/bgp --calico 3.16 --platform openstack",
                "  calico-preflight explain kernel-module/ip_set --facts node1.json");
        this.console = console;
    }

    @Override
    public Integer call() throws InvalidRulesException {
        RuleBook book = RuleBook.load(rules, console.environment());
        Report report = Checking.of(console, subject, book).report(target);
        Finding finding = report.findings().stream()
                .filter(candidate -> candidate.id().equals(id.certain()))
                .findFirst()
                .orElseThrow(() -> unknownId(report));
        output.give(console, ReportDocument.of(finding), look -> new TextReport(report, look, List.of(), "")
                .explanation(finding));
        return ExitCode.OK.code();
    }

    private UserException unknownId(Report report) {
        List<String> ids = report.findings().stream().map(Finding::id).toList();
        return new UserException("there is no requirement \"" + id.certain() + "\" in " + report.packId() + " for "
                + report.target().platform().label() + " (" + ids.size() + " ids; check -v lists them)."
                + Suggestion.didYouMean(id.certain(), ids));
    }
}
