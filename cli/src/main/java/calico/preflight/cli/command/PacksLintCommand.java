package calico.preflight.cli.command;

import calico.preflight.catalog.Problem;
import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.ExitCode;
import calico.preflight.cli.console.Plain;
import calico.preflight.cli.option.RulesOptions;
import java.util.List;
import java.util.Optional;

/** Prints everything that is wrong with the rules. */
final class PacksLintCommand extends Command {

    private final Console console;

    private final RulesOptions rules = with(new RulesOptions());

    PacksLintCommand(Console console) {
        super(
                "lint",
                "Prints all that is wrong with the rules, each mistake with its file, line and column.",
                "",
                "Examples:",
                "  calico-preflight packs lint",
                "  calico-preflight packs lint --rules my-rules");
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Problem> problems = RuleBook.lint(rules, console.environment());
        StringBuilder text = new StringBuilder();
        problems.forEach(problem -> text.append(Plain.line(problem.toString())).append('\n'));
        text.append(
                        problems.isEmpty()
                                ? "nothing is wrong with the rules"
                                : problems.size() + (problems.size() == 1 ? " problem" : " problems"))
                .append('\n');
        console.result(text.toString(), Optional.empty());
        return problems.isEmpty() ? ExitCode.OK.code() : ExitCode.USAGE.code();
    }
}
