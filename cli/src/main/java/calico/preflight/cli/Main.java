package calico.preflight.cli;

import calico.preflight.cli.command.CommandTree;
import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.Environment;
import calico.preflight.cli.console.ExitCode;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The command line. */
public final class Main {

    private Main() {}

    /** Runs the process and ends it with the {@link ExitCode}. */
    public static void main(String[] args) {
        System.exit(run(args, new FileOutputStream(FileDescriptor.out), System.err, Environment.ofProcess()));
    }

    /**
     * One run, which prints nowhere else and ends no process.
     *
     * @param out where results go
     * @param err where everything else goes
     * @return the status of the {@link ExitCode}
     */
    public static int run(String[] args, OutputStream out, PrintStream err, Environment environment) {
        Console console = new Console(environment, out, new PrintStream(err, true, StandardCharsets.UTF_8));
        boolean debug = Arrays.asList(args).contains("--debug");
        try {
            return CommandTree.execute(console, args, debug);
        } catch (RuntimeException | Error e) {
            return CommandTree.internalError(console, e, debug);
        }
    }
}
