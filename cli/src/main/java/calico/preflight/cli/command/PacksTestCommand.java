package calico.preflight.cli.command;

import calico.preflight.cli.console.Console;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Judges the cases that stand beside the packs. */
@Command(name = "test", description = "x")
final class PacksTestCommand implements Callable<Integer> {
    private final Console console;

    @Parameters
    private List<Path> files = new ArrayList<>();

    PacksTestCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return console.hashCode() + files.size();
    }
}
