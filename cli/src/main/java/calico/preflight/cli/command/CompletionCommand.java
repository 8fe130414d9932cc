package calico.preflight.cli.command;

import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.ExitCode;
import calico.preflight.cli.option.Single;
import java.util.Optional;
import picocli.AutoComplete;

/** Prints the completion script of a shell. */
final class CompletionCommand extends Command {

    /** The shells; one script serves both. */
    enum Shell {
        bash,
        zsh
    }

    private final Console console;

    private final Single<Shell> shell = argument(Shell.class, 0, "SHELL", "bash, zsh");

    CompletionCommand(Console console) {
        super(
                "completion",
                "Prints a script that completes commands, options and values in a shell.",
                "",
                "Examples:",
                "  source <(calico-preflight completion bash)",
                "  calico-preflight completion zsh >> ~/.zshrc");
        this.console = console;
    }

    @Override
    public Integer call() {
        String script = AutoComplete.bash(CommandTree.PROGRAM, CommandTree.whole(console));
        // zsh reads the bash script once its own translation of bash completions is loaded, which the script sees to.
        console.result(
                (shell.or(Shell.bash) == Shell.zsh ? "#compdef " + CommandTree.PROGRAM + "\n" : "") + script,
                Optional.empty());
        return ExitCode.OK.code();
    }
}
