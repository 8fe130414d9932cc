package calico.preflight.facts.source;

import java.util.List;

/**
 * The commands that may run on a host: a closed list with fixed arguments, none of which changes anything or makes the
 * kernel load a module.
 */
public enum HostCommand {
    KUBELET_VERSION("kubelet", "--version"),
    RPM_PACKAGES("rpm", "-qa", "--queryformat", "%{NAME} %{VERSION}-%{RELEASE}\\n");

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable, but the checker cannot see it
    private final List<String> line;

    HostCommand(String... line) {
        this.line = List.of(line);
    }

    /** The program's name and its arguments. */
    public List<String> line() {
        return line;
    }

    /** The command line as a reader would type it. */
    @Override
    public String toString() {
        return String.join(" ", line).replace("\n", "\\n");
    }
}
