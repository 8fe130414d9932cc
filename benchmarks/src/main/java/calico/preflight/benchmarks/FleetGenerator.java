package calico.preflight.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes fleets: compute hosts of OpenStack on Ubuntu as {@code collect} would see them, each with 1,500 module files, and
 * with faults here and there. The same seed gives the same bytes.
 */
public final class FleetGenerator {

    /** The modules that Calico 3.16 asks for, and what these need. */
    private static final List<String> ASKED_FOR = List.of(
            "ip_set",
            "ip_tables",
            "ip6_tables",
            "ipt_REJECT",
            "ipt_rpfilter",
            "nf_conntrack",
            "nf_conntrack_netlink",
            "nf_reject_ipv4",
            "sctp",
            "xt_addrtype",
            "xt_comment",
            "xt_conntrack",
            "xt_ipvs",
            "xt_mark",
            "xt_multiport",
            "xt_sctp",
            "xt_set",
            "xt_u32",
            "ipip",
            "ip_tunnel",
            "ip_vs",
            "tunnel4",
            "x_tables",
            "udp_tunnel");

    private static final List<String> KERNELS = List.of("4.15.0-213-generic", "5.4.0-150-generic", "5.15.0-91-generic");
    private static final int MODULES = 1_500;
    private static final JsonFactory JSON = new JsonFactory();

    private final Random random;
    private final List<String> fillers;

    /** The kernel of the host that is being written has connection tracking. */
    private boolean tracksConnections;

    /** A generator that begins at this seed. */
    public FleetGenerator(long seed) {
        this.random = new Random(seed);
        String[] folders = {"drivers/net/ethernet", "drivers/scsi", "drivers/media/usb", "sound/pci", "fs", "net/sched"
        };
        Random names = new Random(seed ^ 0x5eed);
        TreeSet<String> made = new TreeSet<>();
        while (made.size() < MODULES) {
            StringBuilder name = new StringBuilder();
            for (int i = 0; i < 5 + names.nextInt(9); i++) {
                name.append((char) ('a' + names.nextInt(26)));
            }
            made.add(name + "=" + folders[names.nextInt(folders.length)]);
        }
        this.fillers = List.copyOf(made);
    }

    /** Writes a fleet to standard output: how many hosts, and the seed. */
    public static void main(String[] arguments) throws IOException {
        int hosts = Integer.parseInt(arguments[0]);
        FleetGenerator generator = new FleetGenerator(arguments.length > 1 ? Long.parseLong(arguments[1]) : 1);
        try (OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 20)) {
            for (int i = 0; i < hosts; i++) {
                generator.write(i, out);
            }
        }
    }

    /** Writes the next host, on a line. */
    public void write(int number, OutputStream out) throws IOException {
        JsonGenerator json = JSON.createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
        host(json, number);
        json.writeRaw('\n');
        json.close();
    }

    private boolean rarely(int percent) {
        return random.nextInt(100) < percent;
    }

    private void host(JsonGenerator json, int number) throws IOException {
        String name = String.format(Locale.ROOT, "compute-%06d", number);
        String release = rarely(2) ? KERNELS.get(random.nextInt(KERNELS.size())) : KERNELS.get(1);
        json.writeStartObject();
        json.writeStringField("schema", "calico-preflight/facts/1");
        json.writeObjectFieldStart("host");
        json.writeStringField("name", name);
        json.writeStringField("source", "live");
        json.writeEndObject();
        json.writeStringField("collectedAt", "2026-01-01T00:00:00Z");
        json.writeArrayFieldStart("facts");
        known(json, "etcd.members", "--etcd-endpoints", () -> json.writeNumber(rarely(1) ? 1 : 3));
        known(json, "etcd.reachable", "--etcd-endpoints", () -> json.writeBoolean(!rarely(1)));
        absent(json, "firewall.legacy.ipv4", "/proc/net/ip_tables_names");
        absent(json, "firewall.legacy.ipv6", "/proc/net/ip6_tables_names");
        absent(json, "firewall.nft.ipv4", "nft -j list ruleset");
        absent(json, "firewall.nft.ipv6", "nft -j list ruleset");
        absent(json, "firewall.nft.ruleset", "nft -j list ruleset");
        text(json, "host.architecture", rarely(1) ? "aarch64" : "x86_64", "/proc/sys/kernel/arch");
        absent(json, "host.container", "/proc/1/environ");
        text(json, "host.machine-id", String.format(Locale.ROOT, "%032x", random.nextLong() >>> 1), "/etc/machine-id");
        text(json, "host.name", name, "/proc/sys/kernel/hostname");
        text(json, "iptables.backend", rarely(3) ? "nft" : "legacy", "/usr/sbin/iptables");
        kernel(json, release);
        text(json, "kernel.release", release, "/proc/sys/kernel/osrelease");
        absent(json, "kubernetes.cni.mtu", "/etc/cni/net.d");
        boolean manager = rarely(3);
        known(json, "network-manager.active", "/proc/*/comm", () -> json.writeBoolean(manager));
        known(json, "network-manager.installed", "/usr/sbin/NetworkManager", () -> json.writeBoolean(manager));
        network(json, number);
        packages(json);
        text(json, "os.id", "ubuntu", "/etc/os-release:3");
        text(json, "os.version", rarely(5) ? "20.04" : "18.04", "/etc/os-release:5");
        absent(json, "privilege.calico.effective", "/proc/*/comm");
        texts(json, "privilege.init.bounding", "/proc/1/status:24", List.of("CAP_NET_ADMIN", "CAP_SYS_ADMIN"));
        text(json, "privilege.user-namespace", "initial", "/proc/self/uid_map");
        sysctl(json);
        known(json, "systemd-networkd.active", "/proc/*/comm", () -> json.writeBoolean(false));
        json.writeEndArray();
        json.writeEndObject();
    }

    private void kernel(JsonGenerator json, String release) throws IOException {
        String directory = "/lib/modules/" + release;
        Map<String, String> files = new TreeMap<>();
        for (String module : ASKED_FOR) {
            if (!rarely(1)) {
                files.put(module, "kernel/net/netfilter/" + module + ".ko");
            }
        }
        for (int i = random.nextInt(20); files.size() < MODULES; i++) {
            String filler = fillers.get(i % fillers.size());
            int equals = filler.indexOf('=');
            String module = filler.substring(0, equals);
            files.put(module, "kernel/" + filler.substring(equals + 1) + "/" + module + ".ko");
        }
        tracksConnections = files.containsKey("nf_conntrack");
        table(json, "kernel.config", "/boot/config-" + release, () -> {
            entry(json, "CONFIG_MODULES", "y", 711);
            if (!rarely(2)) {
                entry(json, "CONFIG_NF_CT_PROTO_SCTP", rarely(2) ? "not set" : "y", 1234);
            }
        });
        known(json, "kernel.modules.blocked", "/etc/modprobe.d", () -> {
            json.writeStartArray();
            if (rarely(5)) {
                json.writeStartObject();
                json.writeStringField("module", "sctp");
                json.writeStringField("how", "install");
                json.writeStringField("origin", "/etc/modprobe.d/cis.conf:12");
                json.writeEndObject();
            }
            json.writeEndArray();
        });
        table(json, "kernel.modules.builtin", directory + "/modules.builtin", () -> {
            entry(json, "unix", "kernel/net/unix/unix.ko", 3);
            entry(json, "xfrm_user", "kernel/net/xfrm/xfrm_user.ko", 4);
        });
        known(json, "kernel.modules.disabled", "/proc/sys/kernel/modules_disabled", () -> json.writeBoolean(false));
        table(json, "kernel.modules.files", directory, () -> {
            for (Map.Entry<String, String> file : files.entrySet()) {
                json.writeStringField(file.getKey(), file.getValue());
            }
        });
        table(json, "kernel.modules.loaded", "/proc/modules", () -> {
            int line = 1;
            for (String module : files.keySet()) {
                if (random.nextInt(20) == 0) {
                    entry(json, module, "Live", line++);
                }
            }
        });
        texts(json, "kernel.modules.releases", "/lib/modules", List.of(release));
    }

    private void network(JsonGenerator json, int number) throws IOException {
        String address = "10." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
        List<List<String>> addresses = new ArrayList<>();
        addresses.add(List.of("address", "127.0.0.1", "interface", "lo"));
        addresses.add(List.of("address", address, "interface", "ens3"));
        addresses.add(List.of("address", "172.17.0.1", "interface", "docker0"));
        rows(json, "network.addresses", "/proc/net/fib_trie", addresses);
        text(json, "network.default-interface", "ens3", "/proc/net/route");
        int mtu = rarely(2) ? 1500 : 9000;
        known(json, "network.default-interface.mtu", "/sys/class/net/ens3/mtu", () -> json.writeNumber(mtu));
        String mac = String.format(
                Locale.ROOT, "fa:16:3e:%02x:%02x:%02x", number >> 16 & 255, number >> 8 & 255, number & 255);
        rows(
                json,
                "network.interfaces",
                "/sys/class/net",
                List.of(
                        List.of("name", "lo", "mtu", "65536", "state", "unknown", "mac", "00:00:00:00:00:00"),
                        List.of("name", "ens3", "mtu", Integer.toString(mtu), "state", "up", "mac", mac),
                        List.of("name", "docker0", "mtu", "1500", "state", "down", "mac", "02:42:ac:11:00:01")));
        table(json, "network.managers", "/proc/*/comm", () -> {});
        rows(
                json,
                "network.routes",
                "/proc/net/route",
                List.of(
                        List.of("destination", "0.0.0.0/0", "gateway", "10.0.0.1", "interface", "ens3"),
                        List.of("destination", "10.0.0.0/8", "gateway", "", "interface", "ens3")));
        List<List<String>> sockets = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sockets.add(List.of("address", "0.0.0.0", "port", Integer.toString(8000 + 7 * i), "process", "nova-api"));
        }
        if (rarely(1)) {
            sockets.add(List.of("address", "0.0.0.0", "port", "179", "process", "zebra"));
        }
        rows(json, "network.sockets.tcp", "/proc/net/tcp", sockets);
    }

    private void packages(JsonGenerator json) throws IOException {
        table(json, "openstack.packages", "/var/lib/dpkg/status", () -> {
            entry(json, "neutron-common", "2:16.4.2-0ubuntu6", 4711);
            entry(json, "nova-common", "3:21.2.4-0ubuntu2", 5012);
        });
        texts(json, "openstack.python", "/var/lib/dpkg/status", List.of(rarely(2) ? "2" : "3"));
        text(json, "openstack.release", rarely(3) ? "train" : "ussuri", "/var/lib/dpkg/status:5012");
    }

    private void sysctl(JsonGenerator json) throws IOException {
        table(json, "sysctl", "/proc/sys", () -> {
            for (int i = 0; i < 40; i++) {
                json.writeStringField("net.ipv4.conf.eth" + i + ".rp_filter", "1");
            }
            String most = rarely(10) ? "65536" : "1048576";
            if (tracksConnections) {
                json.writeStringField("net.netfilter.nf_conntrack_max", most);
            }
        });
    }

    /** Writes a value. */
    private interface Value {
        void write() throws IOException;
    }

    private static void known(JsonGenerator json, String fact, String origin, Value value) throws IOException {
        json.writeStartObject();
        json.writeStringField("fact", fact);
        json.writeStringField("state", "known");
        json.writeFieldName("value");
        value.write();
        json.writeStringField("origin", origin);
        json.writeEndObject();
    }

    private static void absent(JsonGenerator json, String fact, String origin) throws IOException {
        json.writeStartObject();
        json.writeStringField("fact", fact);
        json.writeStringField("state", "absent");
        json.writeStringField("origin", origin);
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String fact, String text, String origin) throws IOException {
        known(json, fact, origin, () -> json.writeString(text));
    }

    private static void texts(JsonGenerator json, String fact, String origin, List<String> texts) throws IOException {
        known(json, fact, origin, () -> {
            json.writeStartArray();
            for (String text : texts) {
                json.writeString(text);
            }
            json.writeEndArray();
        });
    }

    private static void table(JsonGenerator json, String fact, String origin, Value entries) throws IOException {
        known(json, fact, origin, () -> {
            json.writeStartObject();
            entries.write();
            json.writeEndObject();
        });
    }

    private static void entry(JsonGenerator json, String name, String value, int line) throws IOException {
        json.writeFieldName(name);
        json.writeStartArray();
        json.writeString(value);
        json.writeNumber(line);
        json.writeEndArray();
    }

    private static void rows(JsonGenerator json, String fact, String origin, List<List<String>> rows)
            throws IOException {
        known(json, fact, origin, () -> {
            json.writeStartArray();
            for (List<String> row : rows) {
                json.writeStartObject();
                for (int i = 0; i < row.size(); i += 2) {
                    json.writeStringField(row.get(i), row.get(i + 1));
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
