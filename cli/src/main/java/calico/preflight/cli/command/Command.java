package calico.preflight.cli.command;

import calico.preflight.cli.option.OptionGroup;
import calico.preflight.cli.option.Section;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** A command: what it is called, what it says of itself, its options, and what it does. It is described to picocli once. */
abstract class Command extends OptionGroup implements Callable<Integer> {

    private final CommandSpec spec;

    /**
     * A command without options as yet.
     *
     * @param description the lines of its help; an empty one, {@code Examples:} and examples are the last
     */
    Command(String name, String... description) {
        super(Section.OTHERS);
        this.spec = CommandSpec.wrapWithoutInspection(this).name(name);
        spec.usageMessage().description(description);
    }

    /** The command as picocli knows it. */
    final CommandSpec spec() {
        return spec;
    }

    /** Describes its options to picocli too, which may be done only once. */
    final CommandSpec withOptions() {
        describeTo(spec);
        return spec;
    }
}
