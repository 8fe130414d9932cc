package calico.preflight.cli.command;

import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.ExitCode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the completion script of a shell. */
@Command(
        name = "completion",
        description = {
            "Prints a script that completes commands, options and values in a shell.",
            "",
            "Examples:",
            "  source <(calico-preflight completion bash)",
            "  calico-preflight completion zsh >> ~/.zshrc"
        })
final class CompletionCommand implements Callable<Integer> {

    /** The shells; one script serves both. */
    enum Shell {
        bash,
        zsh
    }

    private final Console console;

    @Parameters(paramLabel = "SHELL", description = "bash, zsh")
    private Shell shell = Shell.bash;

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        String script = AutoComplete.bash(CommandTree.PROGRAM, CommandTree.whole(console));
        // zsh reads the bash script once its own translation of bash completions is loaded, which the script sees to.
        console.result((shell == Shell.zsh ? "#compdef " + CommandTree.PROGRAM + "\n" : "") + script, Optional.empty());
        return ExitCode.OK.code();
    }
}
