package calico.preflight.cli.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that only holds other commands. */
abstract class GroupCommand implements Callable<Integer> {

    private Optional<CommandSpec> spec = Optional.empty();

    @Spec
    void spec(CommandSpec own) {
        spec = Optional.of(own);
    }

    @Override
    public Integer call() {
        var command = spec.orElseThrow().commandLine();
        throw new ParameterException(
                command,
                "a command is missing: "
                        + String.join(", ", command.getSubcommands().keySet()) + ".");
    }

    /** The program itself. */
    @Command(
            name = CommandTree.PROGRAM,
            description = {
                "Checks a host against the documented system requirements of a Calico version.",
                "",
                "Examples:",
                "  calico-preflight check",
                "  calico-preflight check --calico 3.16 --platform openstack",
                "  calico-preflight collect --output-file node1.json",
                "  calico-preflight check --facts node1.json -o json",
                "  calico-preflight matrix --facts node1.json --advise",
                "  calico-preflight explain kernel-version"
            })
    static final class Root extends GroupCommand {}

    /** What is known of facts. */
    @Command(
            name = "facts",
            description = {"Tells which facts there are.", "", "Examples:", "  calico-preflight facts list"})
    static final class Facts extends GroupCommand {}

    /** What is known of rule packs. */
    @Command(
            name = "packs",
            description = {
                "Shows and checks the rule packs.",
                "",
                "Examples:",
                "  calico-preflight packs list",
                "  calico-preflight packs show calico-3.16 --platform openstack",
                "  calico-preflight packs diff 3.16 3.32",
                "  calico-preflight packs lint --rules my-rules"
            })
    static final class Packs extends GroupCommand {}

    /** What is tried rather than looked at. */
    @Command(
            name = "probe",
            description = {
                "Tries things out for real, where looking cannot tell.",
                "",
                "Examples:",
                "  calico-preflight probe kernel",
                "  calico-preflight probe serve --key-file probe.key",
                "  calico-preflight probe run --key-file probe.key --peers 10.0.0.2"
            })
    static final class Probe extends GroupCommand {}
}
