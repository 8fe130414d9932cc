package calico.preflight.cli.command;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.Problem;
import calico.preflight.cli.console.Environment;
import calico.preflight.cli.option.RulesOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The step of the build that resolves and compiles the rules that ship, so that a start need not. */
public final class Preparation {

    private Preparation() {}

    /**
     * Writes them.
     *
     * @param arguments the folder to write to
     */
    public static void main(String[] arguments) throws IOException {
        try {
            // Folders that the environment names are somebody's own, and no part of what ships.
            Environment bare = new Environment(Map.of(), Environment.ofProcess().home(), false, System.in);
            RuleBook.load(new RulesOptions(), bare).prepare(Path.of(arguments[0]));
        } catch (InvalidRulesException e) {
            for (Problem problem : e.problems()) {
                System.err.println(problem);
            }
            System.exit(2);
        }
    }
}
