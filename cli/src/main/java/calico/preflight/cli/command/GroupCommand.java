package calico.preflight.cli.command;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** A command that only holds other commands. */
final class GroupCommand extends Command {

    private GroupCommand(String name, String... description) {
        super(name, description);
    }

    @Override
    public Integer call() {
        CommandLine command = spec().commandLine();
        throw new ParameterException(
                command,
                "a command is missing: "
                        + String.join(", ", command.getSubcommands().keySet()) + ".");
    }

    /** The program itself. */
    static GroupCommand root() {
        return new GroupCommand(
                CommandTree.PROGRAM,
                "Checks a host against the documented system requirements of a Calico version.",
                "",
                "Examples:",
                "  calico-preflight check",
                "  calico-preflight check --calico 3.16 --platform openstack",
                "  calico-preflight collect --output-file node1.json",
                "  calico-preflight check --facts node1.json -o json",
                "  calico-preflight matrix --facts node1.json --advise",
                "  calico-preflight explain kernel-version");
    }

    /** What is known of facts. */
    static GroupCommand facts() {
        return new GroupCommand(
                "facts", "Tells which facts there are.", "", "Examples:", "  calico-preflight facts list");
    }

    /** What is known of rule packs. */
    static GroupCommand packs() {
        return new GroupCommand(
                "packs",
                "Shows and checks the rule packs.",
                "",
                "Examples:",
                "  calico-preflight packs list",
                "  calico-preflight packs show calico-3.16 --platform openstack",
                "  calico-preflight packs diff 3.16 3.32",
                "  calico-preflight packs lint --rules my-rules");
    }

    /** What is tried rather than looked at. */
    static GroupCommand probe() {
        return new GroupCommand(
                "probe",
                "Tries things out for real, where looking cannot tell.",
                "",
                "Examples:",
                "  calico-preflight probe kernel",
                "  calico-preflight probe serve --key-file probe.key",
                "  calico-preflight probe run --key-file probe.key --peers 10.0.0.2");
    }
}
