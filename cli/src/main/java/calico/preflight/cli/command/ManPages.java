package calico.preflight.cli.command;

import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.Environment;
import calico.preflight.cli.render.ManPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;

/** A step of making an image: writes the pages of all commands for {@code man}. */
final class ManPages {

    private ManPages() {}

    /**
     * Writes the pages.
     *
     * @param arguments the folder that they go to
     */
    public static void main(String[] arguments) throws IOException {
        write(CommandTree.whole(new Console(Environment.ofProcess(), System.out, System.err)), Path.of(arguments[0]));
    }

    /** Writes the page of a command and those of its own commands, {@code NAME.1} each. */
    static void write(CommandLine command, Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve(ManPage.name(command.getCommandSpec()) + ".1"),
                ManPage.of(command.getCommandSpec(), Version.number()));
        for (CommandLine sub : command.getSubcommands().values()) {
            write(sub, folder);
        }
    }
}
