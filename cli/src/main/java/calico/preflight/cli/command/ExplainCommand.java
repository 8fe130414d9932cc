package calico.preflight.cli.command;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.Suggestion;
import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.ExitCode;
import calico.preflight.cli.console.UserException;
import calico.preflight.cli.option.OutputOptions;
import calico.preflight.cli.option.RulesOptions;
import calico.preflight.cli.option.SubjectOptions;
import calico.preflight.cli.option.TargetOptions;
import calico.preflight.cli.render.ReportDocument;
import calico.preflight.cli.render.TextReport;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Report;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Explains one finding: checks the host as {@code check} does, and shows all that led to that one outcome. */
@Command(
        name = "explain",
        description = {
            "Explains one finding: what was expected and seen, which rules led there, who asks for it.",
            "",
            "Examples:",
            "  calico-preflight explain kernel-version",
            "  calico-preflight explain port/bgp --calico 3.16 --platform openstack",
            "  calico-preflight explain kernel-module/ip_set --facts node1.json"
        })
final class ExplainCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "ID", description = "the id of a finding, as check prints it")
    private String id = "";

    @Mixin
    private final TargetOptions target = new TargetOptions();

    @Mixin
    private final SubjectOptions subject = new SubjectOptions();

    @Mixin
    private final RulesOptions rules = new RulesOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    ExplainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InvalidRulesException {
        RuleBook book = RuleBook.load(rules, console.environment());
        Report report = Checking.of(console, subject, book).report(target);
        Finding finding = report.findings().stream()
                .filter(candidate -> candidate.id().equals(id))
                .findFirst()
                .orElseThrow(() -> unknownId(report));
        output.give(console, ReportDocument.of(finding), look -> new TextReport(report, look, List.of(), "")
                .explanation(finding));
        return ExitCode.OK.code();
    }

    private UserException unknownId(Report report) {
        List<String> ids = report.findings().stream().map(Finding::id).toList();
        return new UserException("there is no requirement \"" + id + "\" in " + report.packId() + " for "
                + report.target().platform().label() + " (" + ids.size() + " ids; check -v lists them)."
                + Suggestion.didYouMean(id, ids));
    }
}
