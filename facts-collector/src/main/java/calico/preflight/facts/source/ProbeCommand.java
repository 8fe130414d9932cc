package calico.preflight.facts.source;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What may be tried in a throw-away network namespace: a closed list of commands with fixed arguments. Unlike a
 * {@link HostCommand} each of them may make the kernel load a module. They run in this order, each after those that it
 * builds on.
 */
public enum ProbeCommand {
    SET_LIST(Kind.SUBSYSTEM, "ipset", "list", "-n"),
    SET_HASH_IP(Kind.SET, "ipset", "create", "preflight-ip", "hash:ip"),
    SET_HASH_NET(Kind.SET, "ipset", "create", "preflight-net", "hash:net"),

    TABLE_IPV4(Kind.TABLE, "iptables-legacy", "-t", "filter", "-S"),
    TABLE_IPV6(Kind.TABLE, "ip6tables-legacy", "-t", "filter", "-S"),

    MATCH_ADDRTYPE(Kind.RULE, "iptables-legacy", "-A", "INPUT", "-m", "addrtype", "--dst-type", "LOCAL"),
    MATCH_BPF(
            Kind.RULE,
            "iptables-legacy",
            "-A",
            "INPUT",
            "-m",
            "bpf",
            "--bytecode",
            "4,48 0 0 9,21 0 1 6,6 0 0 1,6 0 0 0"),
    MATCH_COMMENT(Kind.RULE, "iptables-legacy", "-A", "INPUT", "-m", "comment", "--comment", "preflight"),
    MATCH_CONNTRACK(Kind.RULE, "iptables-legacy", "-A", "INPUT", "-m", "conntrack", "--ctstate", "NEW"),
    MATCH_ICMP(Kind.RULE, "iptables-legacy", "-A", "INPUT", "-p", "icmp", "-m", "icmp", "--icmp-type", "8"),
    MATCH_ICMP6(Kind.RULE, "ip6tables-legacy", "-A", "INPUT", "-p", "icmpv6", "-m", "icmp6", "--icmpv6-type", "128"),
    MATCH_IPVS(Kind.RULE, "iptables-legacy", "-A", "INPUT", "-m", "ipvs", "--ipvs"),
    MATCH_MARK(Kind.RULE, "iptables-legacy", "-A", "INPUT", "-m", "mark", "--mark", "1"),
    MATCH_MULTIPORT(Kind.RULE, "iptables-legacy", "-A", "INPUT", "-p", "tcp", "-m", "multiport", "--dports", "1,2"),
    MATCH_RPFILTER(Kind.RULE, "iptables-legacy", "-t", "raw", "-A", "PREROUTING", "-m", "rpfilter"),
    MATCH_RPFILTER6(Kind.RULE, "ip6tables-legacy", "-t", "raw", "-A", "PREROUTING", "-m", "rpfilter"),
    MATCH_SCTP(Kind.RULE, "iptables-legacy", "-A", "INPUT", "-p", "sctp", "-m", "sctp", "--dport", "1"),
    MATCH_SET(Kind.RULE, "iptables-legacy", "-A", "INPUT", "-m", "set", "--match-set", "preflight-ip", "src"),
    MATCH_TCP(Kind.RULE, "iptables-legacy", "-A", "INPUT", "-p", "tcp", "-m", "tcp", "--dport", "1"),
    MATCH_U32(Kind.RULE, "iptables-legacy", "-A", "INPUT", "-m", "u32", "--u32", "0=0"),
    TARGET_LOG(Kind.RULE, "iptables-legacy", "-A", "INPUT", "-j", "LOG"),
    TARGET_REJECT(Kind.RULE, "iptables-legacy", "-A", "INPUT", "-j", "REJECT"),
    TARGET_REJECT6(Kind.RULE, "ip6tables-legacy", "-A", "INPUT", "-j", "REJECT"),

    DEVICE_IPIP(
            Kind.DEVICE,
            "ip",
            "link",
            "add",
            "preflight0",
            "type",
            "ipip",
            "local",
            "192.0.2.1",
            "remote",
            "192.0.2.2"),
    DEVICE_VXLAN(Kind.DEVICE, "ip", "link", "add", "preflight1", "type", "vxlan", "id", "1", "dstport", "4789"),
    DEVICE_WIREGUARD(Kind.DEVICE, "ip", "link", "add", "preflight2", "type", "wireguard"),
    WIREGUARD_SETTINGS(Kind.SETTINGS, "wg", "show", "preflight2", "listen-port"),

    CONNTRACK_NETLINK(Kind.CONNTRACK, "conntrack", "-L"),
    /** After the tries above, which make the kernel load connection tracking. */
    CONNTRACK_SCTP(Kind.CONNTRACK_SETTINGS, "ls", "/proc/sys/net/netfilter"),
    /** Asking for the sockets makes the kernel load {@code sctp_diag}, and with it {@code sctp}. */
    SCTP_SOCKETS(Kind.ASK, "ss", "--sctp", "--all"),
    SCTP_PROTOCOL(Kind.PROTOCOL, "cat", "/proc/net/protocols"),

    // the hooks of the eBPF dataplane: a queueing discipline, a classifier in it, and programs of the two types
    TC_CLSACT(Kind.TRAFFIC_CONTROL, "tc", "qdisc", "add", "dev", "lo", "clsact"),
    TC_BPF(
            Kind.TRAFFIC_CONTROL,
            "tc",
            "filter",
            "add",
            "dev",
            "lo",
            "ingress",
            "bpf",
            "bytecode",
            "1,6 0 0 4294967295"),
    BPF_CLASSIFIER(Kind.BPF_CLASSIFIER, "bpftool", "feature", "probe", "kernel"),
    BPF_XDP(Kind.BPF_XDP, "bpftool", "feature", "probe", "kernel"),

    // the nft backend; that its rules work is no evidence on the modules of the legacy one
    NFT_TABLE(Kind.NFT, "nft", "add", "table", "ip", "preflight"),
    NFT_TABLE6(Kind.NFT, "nft", "add", "table", "ip6", "preflight"),
    NFT_CHAIN(Kind.NFT, "nft", "add chain ip preflight early { type filter hook prerouting priority 0 ; }"),
    NFT_CHAIN6(Kind.NFT, "nft", "add chain ip6 preflight early { type filter hook prerouting priority 0 ; }"),
    NFT_FIB(Kind.NFT_RULE, "nft", "add rule ip preflight early fib saddr . iif oif missing drop"),
    NFT_FIB6(Kind.NFT_RULE, "nft", "add rule ip6 preflight early fib saddr . iif oif missing drop"),
    NFT_MATCH_ADDRTYPE(Kind.NFT_RULE, MATCH_ADDRTYPE),
    NFT_MATCH_BPF(Kind.NFT_RULE, MATCH_BPF),
    NFT_MATCH_COMMENT(Kind.NFT_RULE, MATCH_COMMENT),
    NFT_MATCH_CONNTRACK(Kind.NFT_RULE, MATCH_CONNTRACK),
    NFT_MATCH_ICMP(Kind.NFT_RULE, MATCH_ICMP),
    NFT_MATCH_ICMP6(Kind.NFT_RULE, MATCH_ICMP6),
    NFT_MATCH_IPVS(Kind.NFT_RULE, MATCH_IPVS),
    NFT_MATCH_MARK(Kind.NFT_RULE, MATCH_MARK),
    NFT_MATCH_MULTIPORT(Kind.NFT_RULE, MATCH_MULTIPORT),
    NFT_MATCH_RPFILTER(Kind.NFT_RULE, MATCH_RPFILTER),
    NFT_MATCH_RPFILTER6(Kind.NFT_RULE, MATCH_RPFILTER6),
    NFT_MATCH_SCTP(Kind.NFT_RULE, MATCH_SCTP),
    NFT_MATCH_SET(Kind.NFT_RULE, MATCH_SET),
    NFT_MATCH_U32(Kind.NFT_RULE, MATCH_U32),
    NFT_TARGET_REJECT(Kind.NFT_RULE, TARGET_REJECT),
    NFT_TARGET_REJECT6(Kind.NFT_RULE, TARGET_REJECT6);

    /** The sorts of tries, each with its own way to say that the kernel refused. */
    public enum Kind {
        /** Talks to the IP sets of the kernel. */
        SUBSYSTEM,
        /** Makes an IP set of a type. */
        SET,
        /** Lists a legacy table, which makes it. */
        TABLE,
        /** Adds a rule to a legacy table. */
        RULE,
        /** Makes a network device of a type. */
        DEVICE,
        /** Lists tracked connections through netlink. */
        CONNTRACK,
        /** Lists the settings of connection tracking. */
        CONNTRACK_SETTINGS,
        /** Makes the kernel load something; what comes of it does not matter. */
        ASK,
        /** Lists the protocols that have sockets. */
        PROTOCOL,
        /** Reads what a device made before has for settings. */
        SETTINGS,
        /** Adds a queueing discipline or a classifier. */
        TRAFFIC_CONTROL,
        /** Loads eBPF programs of all types; read is what became of those for classifiers. */
        BPF_CLASSIFIER,
        /** The same; read is what became of those for XDP. */
        BPF_XDP,
        /** Adds a table or a chain with nft. */
        NFT,
        /** Adds a rule with nft, or with the iptables that speaks nft. */
        NFT_RULE
    }

    private final Kind kind;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable, but the checker cannot see it
    private final List<String> line;

    ProbeCommand(Kind kind, String... line) {
        this.kind = kind;
        this.line = List.of(line);
    }

    ProbeCommand(Kind kind, ProbeCommand legacy) {
        this(
                kind,
                legacy.line.stream()
                        .map(word -> word.replace("-legacy", "-nft"))
                        .toArray(String[]::new));
    }

    /** What sort of try it is. */
    public Kind kind() {
        return kind;
    }

    /** The program's name and its arguments. */
    public List<String> line() {
        return line;
    }

    /** How knowledge and facts name it, such as {@code match-u32}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The try that has to work before this one says anything. */
    public Optional<ProbeCommand> buildsOn() {
        return switch (this) {
            case MATCH_SET, NFT_MATCH_SET -> Optional.of(SET_HASH_IP);
            case SCTP_PROTOCOL -> Optional.of(SCTP_SOCKETS);
            case WIREGUARD_SETTINGS -> Optional.of(DEVICE_WIREGUARD);
            case TC_BPF -> Optional.of(TC_CLSACT);
            case NFT_CHAIN -> Optional.of(NFT_TABLE);
            case NFT_CHAIN6 -> Optional.of(NFT_TABLE6);
            case NFT_FIB -> Optional.of(NFT_CHAIN);
            case NFT_FIB6 -> Optional.of(NFT_CHAIN6);
            default -> kind == Kind.SET ? Optional.of(SET_LIST) : Optional.empty();
        };
    }

    /** The command line as a reader would type it. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (String word : line) {
            text.append(text.length() == 0 ? "" : " ").append(word.contains(" ") ? '"' + word + '"' : word);
        }
        return text.toString();
    }
}
