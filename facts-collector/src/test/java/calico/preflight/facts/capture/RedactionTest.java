package calico.preflight.facts.capture;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.facts.Cidr;
import calico.preflight.facts.capture.Capture.Manifest;
import calico.preflight.facts.parse.ProcNet;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RedactionTest {

    private static final String ROUTE = """
            Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
            eth0\t00000000\t0105410A\t0003\t0\t0\t100\t00000000\t0\t0\t0
            eth0\t0005410A\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0
            """;

    private static final String TRIE = """
            Main:
              +-- 0.0.0.0/0 3 0 5
                 +-- 10.65.5.0/24 2 0 2
                    |-- 10.65.5.0
                       /24 link UNICAST
                    |-- 10.65.5.7
                       /32 host LOCAL
            """;

    private static final String CONFIGURATION = """
            apiServer: https://Master1.corp.example:6443
            node-name: node7.corp.example
            hosts: node7 and node7.corp.example, not node77
            etcd: https://10.65.5.9:2379,https://[2a00:1450:4001::9]:2379
            mac: 52:54:00:aa:bb:cc
            path: /home/alice/kube
            version: v1.28.3 image pause:3.9
            cluster-cidr: 10.65.64.0/18
            listen: 0.0.0.0:80 127.0.0.1 192.0.2.5 255.255.255.0
            """;

    private static Capture capture() {
        Map<String, byte[]> files = new TreeMap<>();
        files.put("/proc/sys/kernel/hostname", bytes("node7.corp.example\n"));
        files.put("/proc/sys/kernel/arch", bytes("x86_64\n"));
        files.put("/proc/net/route", bytes(ROUTE));
        files.put("/proc/net/fib_trie", bytes(TRIE));
        files.put("/proc/net/tcp", bytes("""
                  sl  local_address rem_address   st
                   0: 0705410A:0050 0905410A:C350 01
                   1: 0100007F:0016 00000000:0000 0A
                """));
        files.put("/proc/net/if_inet6", bytes("2a001450400100000000000000000007 02 40 00 80     eth0\n"));
        files.put("/proc/1/mounts", bytes("nas1.corp.example:/export /mnt nfs4 rw,addr=10.65.5.200 0 0\n"));
        files.put("/etc/rancher/k3s/config.yaml", bytes(CONFIGURATION));
        files.put("/etc/machine-id", bytes("derived 6c6e1f03f4a8f21bd99eabddf642c4b3\n"));
        files.put("/var/lib/dpkg/status", bytes("Package: x\nVersion: 10.65.5.7\n"));
        Map<String, byte[]> commands = Map.of(
                "nft-ruleset",
                bytes("{\"prefix\": {\"addr\": \"10.65.0.0\", \"len\": 16}} {\"right\": \"10.65.5.7\"} \"@blocked\""));
        return new Capture(
                new Manifest(
                        "collect.sh 1",
                        "node7.corp.example",
                        "ssh://node7.corp.example",
                        "2026-01-01T00:00:00Z",
                        false),
                "",
                files,
                commands);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Capture capture, String path) {
        return new String(capture.files().get(path), StandardCharsets.UTF_8);
    }

    private final Capture redacted = Redaction.withKey(new byte[] {9, 9, 9}).of(capture());

    @Test
    void noAddressHostOrUserIsLeft() {
        String all = redacted.files().entrySet().stream()
                        .filter(file -> !file.getKey().startsWith("/var/lib/dpkg/"))
                        .map(file -> new String(file.getValue(), StandardCharsets.UTF_8))
                        .reduce("", String::concat)
                + new String(redacted.commands().get("nft-ruleset"), StandardCharsets.UTF_8)
                + redacted.manifest();
        assertThat(all)
                .doesNotContain(
                        "10.65.5",
                        "2a00:1450",
                        "2a001450",
                        "05410A",
                        "alice",
                        "corp.example",
                        "node7 ",
                        "Master1",
                        "nas1")
                .doesNotContain("aa:bb:cc");
        assertThat(redacted.manifest().redacted()).isTrue();
    }

    @Test
    void whatIsNoAddressStays() {
        assertThat(text(redacted, "/etc/rancher/k3s/config.yaml"))
                .contains("node77", "v1.28.3 image pause:3.9", "mac: 52:54:00:", "/home/user-", ":6443")
                .contains("listen: 0.0.0.0:80 127.0.0.1 192.0.2.5 255.255.255.0")
                .hasLineCount(CONFIGURATION.split("\n", -1).length - 1);
        assertThat(text(redacted, "/var/lib/dpkg/status")).contains("10.65.5.7");
        assertThat(text(redacted, "/etc/machine-id"))
                .as("by which a fleet tells machines that have the same id")
                .isEqualTo("derived 6c6e1f03f4a8f21bd99eabddf642c4b3\n");
        assertThat(new String(redacted.commands().get("nft-ruleset"), StandardCharsets.UTF_8))
                .contains("\"@blocked\"");
        assertThat(text(redacted, "/proc/net/tcp"))
                .contains("0100007F:0016 00000000:0000 0A")
                .contains(":0050 ");
    }

    @Test
    void theSameHostIsTheSameAllOver() {
        String name = text(redacted, "/proc/sys/kernel/hostname").strip();
        assertThat(name).startsWith("host-");
        assertThat(redacted.manifest().host()).isEqualTo(name);
        assertThat(redacted.manifest().source()).startsWith("ssh://host-");
        assertThat(text(redacted, "/etc/rancher/k3s/config.yaml"))
                .contains("node-name: " + name, "hosts: " + name + " and " + name + ",");
    }

    @Test
    void routesAddressesAndSocketsStillFitTogether() {
        List<ProcNet.Route> routes = ProcNet.routes(text(redacted, "/proc/net/route"), ByteOrder.LITTLE_ENDIAN);
        List<ProcNet.Network> networks = ProcNet.networks(routes);
        Cidr subnet = networks.get(networks.size() - 1).destination();
        String own =
                ProcNet.localAddresses(text(redacted, "/proc/net/fib_trie")).get(0);
        assertThat(subnet.length()).isEqualTo(24);
        assertThat(subnet.contains(Cidr.of(own).orElseThrow())).isTrue();
        assertThat(subnet.contains(Cidr.of(networks.get(0).gateway()).orElseThrow()))
                .isTrue();
        assertThat(text(redacted, "/proc/net/fib_trie")).contains("+-- " + subnet, "|-- " + subnet.address() + "\n");
        assertThat(ProcNet.deviceOf(own, routes)).contains("eth0");
        assertThat(new String(redacted.commands().get("nft-ruleset"), StandardCharsets.UTF_8))
                .contains("\"right\": \"" + own + "\"");
    }
}
