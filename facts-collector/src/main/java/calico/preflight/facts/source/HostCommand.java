package calico.preflight.facts.source;

import java.util.List;
import java.util.Locale;

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
    /** Asked only where the kernel has nf_tables; listing loads nothing more. */
    NFT_RULESET("nft", "-j", "list", "ruleset"),
    /** Asked only where the kernel has tables of the legacy kind, of which it prints those that are there. */
    IPTABLES_LEGACY_SAVE("iptables-legacy-save"),
    IP6TABLES_LEGACY_SAVE("ip6tables-legacy-save"),
    /** The same, of an iptables that knows no other kind than the legacy one. */
    IPTABLES_SAVE("iptables-save"),
    IP6TABLES_SAVE("ip6tables-save"),
    /** Asked only where nft shows rules with extensions of iptables: whoever made those had the kernel load them. */
    IPTABLES_NFT_SAVE("iptables-nft-save"),
    IP6TABLES_NFT_SAVE("ip6tables-nft-save"),
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

    /** How a capture names it, such as {@code nft-ruleset}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The command line as a reader would type it. */
    @Override
    public String toString() {
        return String.join(" ", line).replace("\n", "\\n");
    }
}
