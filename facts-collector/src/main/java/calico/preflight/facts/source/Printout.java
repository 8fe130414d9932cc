package calico.preflight.facts.source;

/**
 * What reports of other tools keep of the output of commands. None of them is ever run here: where a host is looked at
 * itself, its {@code /proc} and {@code /sys} say the same, and some of these would make the kernel load modules.
 */
public enum Printout {
    ADDRESSES("ip -d address"),
    ROUTES("ip route show table all"),
    IPV6_ROUTES("ip -6 route show table all"),
    SOCKETS("ss -peaonmi"),
    CONNECTIONS("netstat -W -neopa"),
    SETTINGS("sysctl -a"),
    UNITS("systemctl list-units"),
    UNIT_FILES("systemctl list-unit-files"),
    DEBIAN_PACKAGES("dpkg -l"),
    /** Of whichever of the two kinds of iptables the host has under that name. */
    IPTABLES_RULES("iptables-save"),
    IP6TABLES_RULES("ip6tables-save");

    private final String line;

    Printout(String line) {
        this.line = line;
    }

    /**
     * Such an output.
     *
     * @param place where the report keeps it
     */
    public record Kept(String place, String text) {}

    /** The command line as a reader would type it. */
    @Override
    public String toString() {
        return line;
    }
}
