package calico.preflight.benchmarks;

import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.target.Bgp;
import calico.preflight.catalog.target.Dataplane;
import calico.preflight.catalog.target.Datastore;
import calico.preflight.catalog.target.Encapsulation;
import calico.preflight.catalog.target.IpFamily;
import calico.preflight.catalog.target.Networking;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.target.Profile;
import calico.preflight.catalog.target.Role;
import calico.preflight.catalog.target.Target;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What somebody would write who needs the verdicts of one pack (calico-3.16 on OpenStack, as documented) and nothing else: a
 * parser for the facts that count, one condition after the other, and counts at the end. It is right for hosts such as {@link
 * FleetGenerator} makes, and a test holds it to what the rules conclude of these.
 */
public final class HandWritten {

    /**
     * A verdict.
     *
     * @param evidence what was seen and where, as {@code fact: value (origin)}
     */
    public record Verdict(String id, String outcome, String reason, List<String> evidence) {}

    /** A fact as the file tells it: a text, a list of texts, rows, or a table of texts. */
    private record Seen(String state, Object value, String origin) {}

    private static final JsonFactory JSON = new JsonFactory();
    private static final int WORKERS = 2;
    private static final int WAITING = 32;

    private static final Set<String> WANTED = Set.of(
            "host.name",
            "host.architecture",
            "host.machine-id",
            "host.container",
            "kernel.release",
            "kernel.config",
            "kernel.modules.files",
            "kernel.modules.builtin",
            "kernel.modules.loaded",
            "kernel.modules.blocked",
            "os.id",
            "os.version",
            "etcd.members",
            "etcd.reachable",
            "firewall.legacy.ipv4",
            "firewall.nft.ruleset",
            "network-manager.installed",
            "network-manager.active",
            "systemd-networkd.active",
            "network.managers",
            "network.default-interface",
            "network.default-interface.mtu",
            "network.sockets.tcp",
            "network.addresses",
            "network.interfaces",
            "openstack.release",
            "openstack.python",
            "privilege.init.bounding",
            "privilege.user-namespace",
            "privilege.calico.effective",
            "sysctl",
            "iptables.backend");

    /** What each documented name takes, beside x_tables for matches and targets. */
    private static final Map<String, List<String>> MODULES = new TreeMap<>(Map.ofEntries(
            Map.entry("nf_conntrack_netlink", List.of("nf_conntrack_netlink", "nf_conntrack")),
            Map.entry("ip_tables", List.of("ip_tables", "x_tables")),
            Map.entry("ip_set", List.of("ip_set")),
            Map.entry("xt_set", List.of("xt_set", "x_tables", "ip_set")),
            Map.entry("ipt_set", List.of("xt_set", "x_tables", "ip_set")),
            Map.entry("ipt_rpfilter", List.of("ipt_rpfilter", "x_tables")),
            Map.entry("ipt_REJECT", List.of("ipt_REJECT", "x_tables", "nf_reject_ipv4")),
            Map.entry("ipip", List.of("ipip", "tunnel4", "ip_tunnel")),
            Map.entry("xt_addrtype", List.of("xt_addrtype", "x_tables")),
            Map.entry("xt_conntrack", List.of("xt_conntrack", "x_tables", "nf_conntrack")),
            Map.entry("xt_icmp", List.of("ip_tables", "x_tables")),
            Map.entry("xt_ipvs", List.of("xt_ipvs", "x_tables", "ip_vs", "nf_conntrack")),
            Map.entry("xt_mark", List.of("xt_mark", "x_tables")),
            Map.entry("xt_multiport", List.of("xt_multiport", "x_tables")),
            Map.entry("xt_rpfilter", List.of("ipt_rpfilter", "x_tables")),
            Map.entry("xt_u32", List.of("xt_u32", "x_tables")),
            Map.entry("sctp", List.of("sctp")),
            Map.entry("xt_comment", List.of("xt_comment", "x_tables")),
            Map.entry("xt_sctp", List.of("xt_sctp", "x_tables"))));

    private final Map<String, Seen> facts;
    private final List<Verdict> verdicts = new ArrayList<>();

    private HandWritten(Map<String, Seen> facts) {
        this.facts = facts;
    }

    /** Judges the hosts of a file, one on each line, and prints how many came to what. */
    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        Map<String, Integer> outcomes = new TreeMap<>();
        Map<String, Integer> failures = new TreeMap<>();
        Map<String, Integer> groups = new HashMap<>();
        Set<String> names = new HashSet<>();
        int hosts = 0;
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        Deque<Future<List<Verdict>>> waiting = new ArrayDeque<>();
        try (BufferedReader lines = Files.newBufferedReader(Path.of(arguments[0]), StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            while (line != null || !waiting.isEmpty()) {
                if (line != null && waiting.size() < WAITING) {
                    byte[] host = line.getBytes(StandardCharsets.UTF_8);
                    waiting.add(workers.submit(() -> judge(host)));
                    line = lines.readLine();
                } else {
                    count(waiting.remove().get(), outcomes, failures, groups, names);
                    hosts++;
                }
            }
        } finally {
            workers.shutdown();
        }
        System.out.println(hosts + " hosts " + outcomes + " failures " + failures + " groups " + groups.size());
    }

    private static void count(
            List<Verdict> verdicts,
            Map<String, Integer> outcomes,
            Map<String, Integer> failures,
            Map<String, Integer> groups,
            Set<String> names) {
        StringBuilder group = new StringBuilder();
        String worst = "PASS";
        for (Verdict verdict : verdicts) {
            if (verdict.outcome().equals("FAIL")) {
                failures.merge(verdict.id(), 1, Integer::sum);
                group.append(verdict.id()).append(' ');
                worst = "FAIL";
            } else if (verdict.outcome().equals("UNKNOWN") && !worst.equals("FAIL")) {
                worst = "UNKNOWN";
            } else if (verdict.outcome().equals("WARN") && worst.equals("PASS")) {
                worst = "WARN";
            } else if (verdict.id().equals("name")) {
                names.add(verdict.reason());
            }
        }
        outcomes.merge(worst, 1, Integer::sum);
        groups.merge(group.toString(), 1, Integer::sum);
    }

    /** The verdicts on a host. */
    public static List<Verdict> judge(byte[] document) throws IOException {
        HandWritten host = new HandWritten(parse(document));
        host.all();
        return host.verdicts;
    }

    // ---- the facts ----

    private static Map<String, Seen> parse(byte[] document) throws IOException {
        Map<String, Seen> facts = new HashMap<>();
        try (JsonParser json = JSON.createParser(document)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean isList = json.currentName().equals("facts");
                json.nextToken();
                if (!isList) {
                    json.skipChildren();
                    continue;
                }
                while (json.nextToken() == JsonToken.START_OBJECT) {
                    fact(json, facts);
                }
            }
        }
        return facts;
    }

    private static void fact(JsonParser json, Map<String, Seen> facts) throws IOException {
        String name = "";
        String state = "";
        String origin = "";
        Object value = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String member = json.currentName();
            json.nextToken();
            switch (member) {
                case "fact" -> name = json.getText();
                case "state" -> state = json.getText();
                case "origin" -> origin = json.getText();
                case "value" -> {
                    if (WANTED.contains(name)) {
                        value = value(json);
                    } else {
                        json.skipChildren();
                    }
                }
                default -> json.skipChildren();
            }
        }
        if (WANTED.contains(name)) {
            facts.put(name, new Seen(state, value, origin));
        }
    }

    private static Object value(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            Map<String, String> table = new HashMap<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (json.nextToken() == JsonToken.START_ARRAY) {
                    json.nextToken();
                    String text = json.getText();
                    json.nextToken();
                    table.put(name, text + " at line " + json.getIntValue());
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        json.skipChildren();
                    }
                } else {
                    table.put(name, json.getText());
                }
            }
            return table;
        }
        if (json.currentToken() == JsonToken.START_ARRAY) {
            List<Object> list = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                list.add(value(json));
            }
            return list;
        }
        return json.getText();
    }

    private Seen seen(String fact) {
        return facts.getOrDefault(fact, new Seen("unknown", "", ""));
    }

    private String text(String fact) {
        return String.valueOf(seen(fact).value());
    }

    @SuppressWarnings("unchecked")
    private Map<String, String> table(String fact) {
        return seen(fact).value() instanceof Map<?, ?> table ? (Map<String, String>) table : Map.of();
    }

    private List<?> list(String fact) {
        return seen(fact).value() instanceof List<?> list ? list : List.of();
    }

    // ---- the verdicts ----

    private void say(String id, boolean met, String otherwise, String reason, String... facts) {
        say(id, met ? "PASS" : otherwise, reason, facts);
    }

    private void say(String id, String outcome, String reason, String... names) {
        List<String> evidence = new ArrayList<>();
        for (String name : names) {
            Seen seen = seen(name);
            evidence.add(name + ": " + seen.value() + " (" + seen.origin() + ")");
        }
        verdicts.add(new Verdict(id, outcome, reason, evidence));
    }

    private void all() {
        say("name", "", text("host.name"), "host.name");
        String release = text("kernel.release");
        say("kernel-version", newer(release, 3, 10), "FAIL", "kernel " + release, "kernel.release");
        String machine = text("host.architecture");
        say("architecture", machine.equals("x86_64"), "FAIL", "the machine is " + machine, "host.architecture");
        Set<String> failed = modules(release);
        boolean listed = distribution();
        say(
                "distribution-satisfies-kernel",
                listed && failed.isEmpty(),
                "NOT_APPLICABLE",
                "what is not met here: " + failed,
                "os.id");
        managers();
        ports();
        boolean tunnel = Integer.parseInt(text("network.default-interface.mtu")) - 20 >= 1440;
        say("mtu/ipip", tunnel, "WARN", "by default 1440", "network.default-interface.mtu");
        say("datastore/type", "PASS", "etcd is supported");
        say("datastore/etcd", text("etcd.reachable").equals("true"), "FAIL", "etcd answers", "etcd.reachable");
        int members = Integer.parseInt(text("etcd.members"));
        say("datastore/etcd-members", members >= 2, "WARN", "members: " + members, "etcd.members");
        String openstack = text("openstack.release");
        say("openstack/release", openstack.equals("ussuri"), "WARN", openstack + " is installed", "openstack.release");
        say("openstack/python3", list("openstack.python").contains("3"), "FAIL", "runs with", "openstack.python");
        boolean whole = list("privilege.init.bounding").contains("CAP_SYS_ADMIN")
                && text("privilege.user-namespace").equals("initial");
        say("privilege/CAP_SYS_ADMIN", whole, "FAIL", "can be given", "privilege.init.bounding", "host.container");
        say("encapsulation/ip-family", "PASS", "ipv4 is supported");
        for (String stated : List.of(
                "port/ipip-direct",
                "port/felix-health",
                "felix-default/ipip",
                "felix-default/interface-prefix",
                "felix-default/vxlan",
                "felix-default/wireguard",
                "openstack/other-releases",
                "iptables-backend")) {
            say(stated, "NOT_APPLICABLE", "stated for information");
        }
        String most = table("sysctl").getOrDefault("net.netfilter.nf_conntrack_max", "0");
        say("sysctl/conntrack-max", Long.parseLong(most) >= 1_000_000, "NOT_APPLICABLE", "it is " + most, "sysctl");
        for (String unasked : List.of(
                "port/felix-metrics",
                "port/vxlan",
                "port/typha",
                "port/flannel-vxlan",
                "failsafe-ports",
                "kernel-module/ip6_tables",
                "kernel-module/xt_icmp6",
                "mtu/vxlan",
                "mtu/wireguard",
                "openstack/ip-forward",
                "openstack/ipv6-forward",
                "interface-management/vxlan.calico")) {
            say(unasked, "NOT_APPLICABLE", "not asked for of this target");
        }
    }

    private Set<String> modules(String release) {
        Map<String, String> files = table("kernel.modules.files");
        Map<String, String> loaded = table("kernel.modules.loaded");
        Map<String, String> builtin = table("kernel.modules.builtin");
        Set<String> blocked = new HashSet<>();
        for (Object row : list("kernel.modules.blocked")) {
            blocked.add(String.valueOf(((Map<?, ?>) row).get("module")));
        }
        Set<String> failed = new HashSet<>();
        for (Map.Entry<String, List<String>> asked : MODULES.entrySet()) {
            List<String> needed = new ArrayList<>(asked.getValue());
            if (asked.getKey().equals("sctp") && newer(release, 5, 11)) {
                needed.add("udp_tunnel");
            }
            boolean met = true;
            StringBuilder reason = new StringBuilder();
            List<String> evidence = new ArrayList<>();
            boolean inUse = loaded.containsKey(needed.get(0));
            for (String module : needed) {
                boolean there = loaded.containsKey(module)
                        || builtin.containsKey(module)
                        || (files.containsKey(module) && !blocked.contains(module));
                met &= there;
                reason.append(module).append(there ? " is there; " : " is missing; ");
                evidence.add("kernel.modules.files." + module + ": " + files.get(module) + " "
                        + loaded.getOrDefault(module, "not loaded"));
            }
            String own = needed.get(0);
            boolean absent = !inUse && !builtin.containsKey(own) && (!files.containsKey(own) || blocked.contains(own));
            // Whether it can be loaded without what it needs is not certain: that may be inside the image of the
            // kernel.
            String outcome = inUse || met ? "PASS" : absent ? "FAIL" : "UNKNOWN";
            verdicts.add(new Verdict("kernel-module/" + asked.getKey(), outcome, reason.toString(), evidence));
            if (absent) {
                failed.add(asked.getKey());
            }
        }
        String sctp = table("kernel.config").getOrDefault("CONFIG_NF_CT_PROTO_SCTP", "");
        boolean conntrack = files.containsKey("nf_conntrack") || loaded.containsKey("nf_conntrack");
        String outcome = sctp.startsWith("not set") || !conntrack ? "FAIL" : sctp.isEmpty() ? "UNKNOWN" : "PASS";
        say("kernel-module/nf_conntrack_proto_sctp", outcome, "part of nf_conntrack: " + sctp, "kernel.config");
        if (outcome.equals("FAIL")) {
            failed.add("nf_conntrack_proto_sctp");
        }
        return failed;
    }

    private boolean distribution() {
        String version = text("os.version");
        boolean listed = text("os.id").equals("ubuntu") && (version.equals("16.04") || version.equals("18.04"));
        say("distribution", listed, "WARN", text("os.id") + " " + version, "os.id", "os.version");
        return listed;
    }

    private void managers() {
        boolean runs = text("network-manager.active").equals("true")
                || text("systemd-networkd.active").equals("true")
                || table("network.managers").containsKey("wicked");
        for (String id : List.of("network-manager", "interface-management/cali*", "interface-management/tunl*")) {
            say(
                    id,
                    runs ? "UNKNOWN" : "PASS",
                    runs ? "its configuration was not seen" : "does not run",
                    "network-manager.installed",
                    "network-manager.active",
                    "systemd-networkd.active",
                    "network.managers");
        }
    }

    private void ports() {
        Map<String, String> listeners = new LinkedHashMap<>();
        for (Object row : list("network.sockets.tcp")) {
            Map<?, ?> socket = (Map<?, ?>) row;
            listeners.put(String.valueOf(socket.get("port")), String.valueOf(socket.get("process")));
        }
        boolean open = seen("firewall.nft.ruleset").state().equals("absent")
                && seen("firewall.legacy.ipv4").state().equals("absent");
        boolean taken = listeners.containsKey("179");
        String bgp = taken ? "FAIL" : open ? "PASS" : "UNKNOWN";
        say("port/bgp", bgp, "listening: " + listeners.get("179"), "firewall.nft.ruleset", "firewall.legacy.ipv4");
        for (String id : List.of("port/ipip", "port/etcd", "port/kube-apiserver")) {
            say(id, open, "UNKNOWN", "let through", "firewall.nft.ruleset", "firewall.legacy.ipv4");
        }
    }

    private static boolean newer(String release, int major, int minor) {
        String[] numbers = release.split("[.-]", 3);
        int first = Integer.parseInt(numbers[0]);
        return first > major || (first == major && Integer.parseInt(numbers[1]) >= minor);
    }

    /** The target that it judges for, and no other: that of the documents for OpenStack. */
    static Target target(ResolvedPack pack) {
        return new Target(
                pack.calico(),
                Platform.OPENSTACK,
                Networking.CALICO,
                Encapsulation.IPIP,
                Set.of(Role.NODE),
                Dataplane.IPTABLES,
                Datastore.ETCD,
                IpFamily.IPV4,
                Bgp.ENABLED,
                false,
                false,
                Optional.empty(),
                Set.of(),
                Profile.DOCUMENTED);
    }
}
