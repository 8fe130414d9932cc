package calico.preflight.cli.option;

import calico.preflight.catalog.RulesFolder;
import calico.preflight.cli.console.Environment;
import calico.preflight.cli.console.UserException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which rules are used. */
public final class RulesOptions extends OptionGroup {

    /** The environment variable with further rules folders, separated as in {@code PATH}. */
    public static final String VARIABLE = "CALICO_PREFLIGHT_RULES";

    private final Several<Path> folders = several(
            Path.class,
            option(
                    "--rules",
                    "DIR",
                    "a folder of rules over those that ship with the program (repeatable; also "
                            + "CALICO_PREFLIGHT_RULES, separated by colons)"));

    private final Flag only = flag("--only-rules", "leave out the rules that ship with the program");

    private final Flag allowDrl = flag(
            "--allow-drl",
            "allow inference rules (DRL) from --rules folders; they are code of a kind, if a bounded one");

    /** None is given yet. */
    public RulesOptions() {
        super(Section.RULES);
    }

    /** May inference rules from outside the installation run? */
    public boolean allowDrl() {
        return allowDrl.isGiven();
    }

    /** The first folder of the command line, which is where new rules go. */
    public Optional<Path> firstFolder() {
        return folders.values().stream().findFirst();
    }

    /** The folders from the bottom up: the installation's own, those of the environment, those of the command line. */
    public List<RulesFolder> folders(Environment environment) {
        List<RulesFolder> all = new ArrayList<>();
        if (!only.isGiven()) {
            Path shipped = environment
                    .home()
                    .orElseThrow(() -> new UserException("it is not known where the program is installed;"
                            + " start it with the launcher, or give --only-rules and --rules DIR."))
                    .resolve("rules");
            all.add(new RulesFolder(readable(shipped), true));
        }
        for (String path : environment.variable(VARIABLE).split(File.pathSeparator, -1)) {
            if (!path.isBlank()) {
                all.add(new RulesFolder(readable(Path.of(path)), false));
            }
        }
        for (Path path : folders.values()) {
            all.add(new RulesFolder(readable(path), false));
        }
        if (all.isEmpty()) {
            throw new UserException("--only-rules leaves no rules: give at least one --rules DIR.");
        }
        return all;
    }

    private static Path readable(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new UserException(folder + ": there is no such folder of rules.");
        }
        if (!Files.isReadable(folder)) {
            throw new UserException(folder + ": this folder of rules cannot be read: permission denied.");
        }
        return folder;
    }
}
