package calico.preflight.facts.probe;

import calico.preflight.facts.source.ProbeCommand.Kind;
import java.util.List;
import java.util.Optional;

/**
 * Tells from what a tool says whether the kernel did what it was asked for, refused it, or was not the one to blame: an
 * extension that is missing on disk, a right that is missing, an option that an old tool does not know.
 *
 * @param loadable could the kernel have loaded what it lacks: does it have modules at all?
 * @param tree does the tool find the modules of this kernel? Legacy iptables asks modprobe itself for its table
 */
record TrialReading(boolean loadable, boolean tree) {

    private static final List<String> TABLE_REFUSALS =
            List.of("Table does not exist", "iptables who?", "ip6tables who?");
    private static final String FROM_MODPROBE = "modprobe: ";
    private static final List<String> NO_EXTENSION = List.of("Couldn't load match", "Couldn't load target");

    /**
     * Reads one answer.
     *
     * @param status the exit status of the tool
     * @param output all that it said
     */
    Trial read(Kind kind, int status, String output) {
        return switch (kind) {
            case CONNTRACK_SETTINGS -> status == 0 ? settings(output) : Trial.open(summary(output));
            case PROTOCOL -> status == 0 ? protocols(output) : Trial.open(summary(output));
            case ASK -> Trial.WORKS;
            case BPF_CLASSIFIER -> status == 0 ? program("sched_cls", output) : Trial.open(summary(output));
            case BPF_XDP -> status == 0 ? program("xdp", output) : Trial.open(summary(output));
            case TABLE -> status == 0 ? Trial.WORKS : table(output);
            default -> status == 0 ? Trial.WORKS : refused(kind, output);
        };
    }

    private static Trial refused(Kind kind, String output) {
        for (String words : NO_EXTENSION) {
            if (output.contains(words)) {
                return Trial.open(
                        "this iptables lacks the extension, which says nothing of the kernel: " + summary(output));
            }
        }
        Optional<String> refusal =
                refusals(kind).stream().filter(output::contains).findFirst();
        return refusal.map(words -> Trial.fails(lineWith(output, words))).orElseGet(() -> Trial.open(summary(output)));
    }

    /** How the tools word the kernel's own no. */
    private static List<String> refusals(Kind kind) {
        return switch (kind) {
            // nfnetlink answers EINVAL for a subsystem that it does not have (net/netfilter/nfnetlink.c)
            case SUBSYSTEM -> List.of("Kernel error received: Invalid argument");
            case SET -> List.of("Kernel error received: set type not supported");
            case RULE -> List.of("No chain/target/match by that name");
            case DEVICE -> List.of("Unknown device type", "RTNETLINK answers: Operation not supported");
            case CONNTRACK -> List.of("Operation failed: invalid parameters");
            // An unknown kind of either is answered so (net/sched/sch_api.c, cls_api.c); older kernels say no more than
            // that there is no such thing.
            case TRAFFIC_CONTROL ->
                List.of(
                        "Specified qdisc kind is unknown",
                        "Specified qdisc not found",
                        "TC classifier not found",
                        "RTNETLINK answers: No such file or directory");
            case NFT -> List.of("Operation not supported", "Protocol not supported", "Invalid argument");
            case NFT_RULE ->
                List.of(
                        "missing kernel module?",
                        "No chain/target/match by that name",
                        "(No such file or directory)",
                        "Could not process rule: No such file or directory");
            default -> List.of();
        };
    }

    /**
     * That there is no such table at all (ENOENT, iptables says "Table does not exist") is said by a kernel that has
     * ip_tables; "iptables who?" (ENOPROTOOPT) by one that lacks it.
     */
    private Trial table(String output) {
        Optional<String> refusal =
                TABLE_REFUSALS.stream().filter(output::contains).findFirst();
        if (refusal.isEmpty()) {
            return Trial.open(summary(output));
        }
        String line = lineWith(output, refusal.get());
        return loadable && !tree
                ? Trial.open("not loaded, and without modprobe and the module directory of this kernel iptables cannot"
                        + " have it loaded: " + line)
                : Trial.fails(line);
    }

    private static Trial settings(String output) {
        List<String> names = output.lines().map(String::strip).toList();
        if (names.contains("nf_conntrack_sctp_timeout_established")) {
            return Trial.WORKS;
        }
        return names.contains("nf_conntrack_tcp_timeout_established")
                ? Trial.fails("connection tracking has settings for TCP, but none for SCTP")
                : Trial.open("connection tracking shows no settings");
    }

    private Trial protocols(String output) {
        if (output.lines().anyMatch(line -> line.startsWith("SCTP"))) {
            return Trial.WORKS;
        }
        return loadable
                ? Trial.open("SCTP is not loaded, and no tool here can open such a socket for certain")
                : Trial.fails("SCTP is not among the protocols, and this kernel loads no modules");
    }

    /** bpftool loads a small program of each type, and says of each what became of it. */
    private static Trial program(String type, String output) {
        String line = "eBPF program_type " + type + " is ";
        return output.lines()
                .filter(said -> said.startsWith(line))
                .findFirst()
                .map(said -> said.equals(line + "available") ? Trial.WORKS : Trial.fails(said))
                .orElseGet(() -> Trial.open("bpftool says nothing of programs of the type " + type));
    }

    private static String lineWith(String output, String words) {
        return output.lines()
                .filter(line -> line.contains(words))
                .findFirst()
                .orElse(words)
                .strip();
    }

    /** The first line that says something; what modprobe says only if nothing else does. */
    private static String summary(String output) {
        List<String> lines = output.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        return lines.stream()
                .filter(line -> !line.startsWith(FROM_MODPROBE))
                .findFirst()
                .or(() -> lines.stream().findFirst())
                .orElse("it failed without a word");
    }
}
