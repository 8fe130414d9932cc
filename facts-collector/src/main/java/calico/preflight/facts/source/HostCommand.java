package calico.preflight.facts.source;

import java.util.List;

/**
 * The commands that may run on a host: a closed list with fixed arguments, none of which changes anything or makes the
 * kernel load a module.
 */
public enum HostCommand {
    KUBELET_VERSION("kubelet", "--version"),
    CONTAINERD_VERSION("containerd", "--version"),
    CRIO_VERSION("crio", "--version"),
    DOCKERD_VERSION("dockerd", "--version"),
    /** These three open a socket of nfnetlink: they are asked only where the kernel has it, or it would be loaded. */
    NFT_VERSION("nft", "--version"),
    CONNTRACK_VERSION("conntrack", "--version"),
    IPTABLES_VERSION("iptables", "--version"),
    RPM_PACKAGES("rpm", "-qa", "--queryformat", "%{NAME} %{VERSION}-%{RELEASE}\\n");

    /** Where their programs are looked for, in this order; a search path given from outside is not trusted. */
    public static final List<String> DIRECTORIES =
            List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/sbin", "/usr/local/bin");

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
