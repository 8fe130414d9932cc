package calico.preflight.cli.command;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.ExitCode;
import calico.preflight.cli.console.UserException;
import calico.preflight.cli.matrix.Matrix;
import calico.preflight.cli.option.Flag;
import calico.preflight.cli.option.GateOptions;
import calico.preflight.cli.option.MatrixOptions;
import calico.preflight.cli.option.MatrixOutput;
import calico.preflight.cli.option.RulesOptions;
import calico.preflight.cli.option.SubjectOptions;
import calico.preflight.cli.render.MatrixDocument;
import calico.preflight.cli.render.MatrixTable;
import calico.preflight.cli.render.MatrixText;

/** Judges a host, or several, by every version in every mode. */
final class MatrixCommand extends Command {

    private final Console console;

    private final MatrixOptions target = with(new MatrixOptions());

    private final SubjectOptions subject = with(new SubjectOptions());

    private final GateOptions gate = with(new GateOptions());

    private final RulesOptions rules = with(new RulesOptions());

    private final Flag advise =
            flag("--advise", "text: only the newest version that runs, in which modes, and what hinders the next");

    private final MatrixOutput output = with(new MatrixOutput());

    MatrixCommand(Console console) {
        super(
                "matrix",
                "Shows which versions of Calico a host can run, with which encapsulation and dataplane, and what would turn "
                        + "those that it cannot. What the documents of a version rule out is not offered. Several hosts: "
                        + "--facts more than once, or a folder of facts; then the worst of them counts.",
                "",
                "Exit code: that of the best there is, as a check of it would end: 0 where one version in one mode does not "
                        + "fail and leaves nothing unknown that must be met, on every host; otherwise 5 where one does not "
                        + "fail, otherwise 3; 2 where nothing is offered.",
                "",
                "Examples:",
                "  calico-preflight matrix",
                "  calico-preflight matrix --calico 3.16..3.32 --encapsulation ipip,vxlan",
                "  calico-preflight matrix --facts node1.json --allow-unknown=network --advise",
                "  calico-preflight matrix --facts all-nodes/ --calico 3.29.. -o csv");
        this.console = console;
    }

    @Override
    public Integer call() throws InvalidRulesException {
        RuleBook book = RuleBook.load(rules, console.environment());
        MatrixMaker maker = new MatrixMaker(console, book, target, subject, gate);
        Matrix matrix = maker.matrix();
        if (matrix.exit() == ExitCode.USAGE) {
            String why = matrix.ruledOut().keySet().stream().findFirst().orElse("the rules hold no such version");
            throw new UserException("nothing of this is offered: " + why + ".");
        }
        MatrixDocument document = new MatrixDocument(matrix, maker.platform(), target.said(), gate.words());
        output.give(console, document.content(Version.number()), () -> new MatrixTable(matrix).csv(), look -> {
            MatrixText text = new MatrixText(matrix, maker.platform(), target.said(), look);
            return output.quiet() ? text.verdict() : advise.isGiven() ? text.advice() : text.whole();
        });
        return matrix.exit().code();
    }
}
