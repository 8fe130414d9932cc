package calico.preflight.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import calico.preflight.facts.source.ProbeNamespace;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two hosts, made of network namespaces that a cable joins: what is blocked between them is found by {@code probe run}, and
 * explained by {@code check}.
 */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class ProbeBetweenHostsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HERE = "10.97.0.1";
    private static final String THERE = "10.97.0.2";
    private static final String THERE_IPV6 = "fd97::2";
    private static final String HOST = "cpp-host-" + ProcessHandle.current().pid();
    private static final String PEER = "cpp-peer-" + ProcessHandle.current().pid();
    private static final List<String> IPIP =
            List.of("--calico", "3.16", "--platform", "openstack", "--encapsulation", "ipip");
    private static final List<String> VXLAN =
            List.of("--calico", "3.27", "--platform", "kubernetes", "--encapsulation", "vxlan");
    private static final String ALL_ROLES = "=node+typha+etcd+apiserver";

    @TempDir
    static Path temp;

    private static List<Process> started = new ArrayList<>();

    @BeforeAll
    static void hosts() throws IOException, InterruptedException {
        assumeTrue(ProbeNamespace.isRoot(), "run the tests as root to see this one");
        for (String tool : List.of("ip", "nft")) {
            assumeTrue(
                    List.of("/usr/sbin/", "/usr/bin/", "/sbin/", "/bin/").stream()
                            .anyMatch(directory -> Files.isExecutable(Path.of(directory + tool))),
                    "install " + tool + " (iproute2, nftables)");
        }
        assumeTrue(ip("netns add " + HOST), "run the tests where a network namespace can be made");
        ip("netns add " + PEER);
        assumeTrue(
                ip("link add up0 netns " + HOST + " type veth peer name up0 netns " + PEER), "run a kernel with veth");
        for (String namespace : List.of(HOST, PEER)) {
            boolean host = namespace.equals(HOST);
            ip("-n " + namespace + " address add " + (host ? HERE : THERE) + "/24 dev up0");
            ip("-n " + namespace + " address add " + (host ? "fd97::1" : THERE_IPV6) + "/64 dev up0 nodad");
            ip("-n " + namespace + " link set up0 up");
            ip("-n " + namespace + " link set lo up");
        }
        assumeTrue(firewall(PEER, ""), "run a kernel with nf_tables");
        serve("--for", "8m");
    }

    @AfterAll
    static void noHosts() throws IOException, InterruptedException {
        started.forEach(Process::destroyForcibly);
        ip("netns delete " + HOST);
        ip("netns delete " + PEER);
    }

    @BeforeEach
    void everythingOpen() throws IOException, InterruptedException {
        firewall(HOST, "");
        firewall(PEER, "");
        ip("-n " + PEER + " link set up0 mtu 1500");
    }

    @Test
    void where_nothing_is_blocked_everything_passes() throws Exception {
        Probe probe = probe(IPIP, THERE + ALL_ROLES);

        assertThat(probe.exit()).as(probe.err()).isZero();
        assertThat(probe.results()).containsOnly("passed");
        assertThat(probe.path().path("out").asText()).isEqualTo("1500");
        assertThat(probe.path().path("in").asText()).isEqualTo("1500");
        Map<String, JsonNode> findings = probe.check(1500);
        for (String id : List.of("port/bgp", "port/ipip", "port/etcd", "port/kube-apiserver")) {
            assertThat(outcome(findings, id)).as(id).isEqualTo("PASS");
        }
        assertThat(reason(findings, "port/bgp")).isEqualTo("packets of TCP 179 passed from and to " + THERE);
        assertThat(outcome(findings, "mtu/ipip")).isEqualTo("PASS");
        assertThat(reason(findings, "mtu/ipip")).contains("packets of 1500 bytes pass between this host and " + THERE);
    }

    @Test
    void a_blocked_protocol_4_is_found_and_explained() throws Exception {
        firewall(PEER, "ip protocol 4 drop");

        Probe probe = probe(IPIP, THERE + ALL_ROLES);

        assertThat(probe.exit()).as(probe.err()).isEqualTo(3);
        assertThat(probe.result("port/ipip", "out")).isEqualTo("blocked");
        assertThat(probe.result("port/ipip", "in")).isEqualTo("passed");
        assertThat(probe.result("port/bgp", "out")).isEqualTo("passed");
        Map<String, JsonNode> findings = probe.check(1500);
        assertThat(outcome(findings, "port/ipip")).isEqualTo("FAIL");
        assertThat(reason(findings, "port/ipip")).contains("IP protocol 4 to " + THERE + " did not arrive");
        assertThat(outcome(findings, "port/bgp")).isEqualTo("PASS");
    }

    @Test
    void a_blocked_udp_4789_is_found_and_explained() throws Exception {
        firewall(PEER, "udp dport 4789 drop");

        Probe probe = probe(VXLAN, THERE + ALL_ROLES);

        assertThat(probe.exit()).as(probe.err()).isEqualTo(3);
        assertThat(probe.result("port/vxlan", "out")).isEqualTo("blocked");
        assertThat(probe.result("port/vxlan", "in")).isEqualTo("passed");
        Map<String, JsonNode> findings = probe.check(1500);
        assertThat(outcome(findings, "port/vxlan")).isEqualTo("FAIL");
        assertThat(reason(findings, "port/vxlan")).contains("UDP 4789 to " + THERE + " did not arrive");
        assertThat(finding(findings, "port/vxlan").path("evidence").findValuesAsText("value"))
                .anyMatch(value -> value.startsWith("UDP 4789 to " + THERE + " blocked"));
    }

    @Test
    void an_mtu_that_is_too_small_on_the_way_is_found_and_explained() throws Exception {
        ip("-n " + PEER + " link set up0 mtu 1400");

        Probe probe = probe(VXLAN, THERE + ALL_ROLES);

        assertThat(probe.exit()).as(probe.err()).isZero();
        assertThat(probe.path().path("mtu").asInt()).isEqualTo(1500);
        // A veth takes in four bytes more than its MTU, as for the tag of a VLAN (is_skb_forwardable in the kernel).
        assertThat(probe.path().path("out").asInt()).isBetween(1400, 1404);
        assertThat(probe.path().path("in").asInt()).isEqualTo(1400);
        Map<String, JsonNode> findings = probe.check(1500);
        assertThat(outcome(findings, "mtu/vxlan")).isEqualTo("WARN");
        assertThat(reason(findings, "mtu/vxlan"))
                .contains("Calico derives its MTU from the 1500 of the network, but no more than packets of 1400 bytes"
                        + " pass from " + THERE + ", which leave 1350 to workloads after a header of 50");
    }

    @Test
    void tcp_179_that_is_blocked_one_way_is_found_that_way_alone() throws Exception {
        firewall(HOST, "tcp dport 179 drop");

        Probe dropped = probe(IPIP, THERE + ALL_ROLES);
        firewall(HOST, "tcp dport 179 reject with tcp reset");
        Probe refused = probe(IPIP, THERE + ALL_ROLES);

        assertThat(dropped.exit()).as(dropped.err()).isEqualTo(3);
        assertThat(dropped.result("port/bgp", "in")).isEqualTo("blocked");
        assertThat(dropped.result("port/bgp", "out")).isEqualTo("passed");
        assertThat(dropped.detail("port/bgp", "in")).contains("no answer");
        assertThat(refused.result("port/bgp", "in")).isEqualTo("blocked");
        assertThat(refused.detail("port/bgp", "in")).contains("refused, though it was listened for");
        Map<String, JsonNode> findings = dropped.check(1500);
        assertThat(outcome(findings, "port/bgp")).isEqualTo("FAIL");
        assertThat(reason(findings, "port/bgp")).contains("TCP 179 from " + THERE + " did not arrive");
    }

    @Test
    void what_this_host_may_not_send_is_blocked_here() throws Exception {
        ip("netns exec " + HOST + " nft add chain inet probe out { type filter hook output priority 0 ; }");
        ip("netns exec " + HOST + " nft add rule inet probe out udp dport 4789 drop");

        Probe probe = probe(VXLAN, THERE + ALL_ROLES);

        assertThat(probe.result("port/vxlan", "out")).isEqualTo("blocked");
        assertThat(probe.detail("port/vxlan", "out")).contains("the firewall of this host did not let it out");
    }

    @Test
    void hosts_reach_each_other_over_ipv6() throws Exception {
        List<String> target = new ArrayList<>(VXLAN);
        target.addAll(List.of("--ip-family", "ipv6"));

        Probe probe = probe(target, THERE_IPV6 + ALL_ROLES);

        assertThat(probe.exit()).as(probe.err()).isZero();
        assertThat(probe.results()).containsOnly("passed");
        assertThat(probe.path().path("out").asText()).isEqualTo("1500");
    }

    @Test
    void a_device_of_the_kernel_that_holds_the_port_is_left_alone() throws Exception {
        assumeTrue(
                ip("-n " + PEER + " link add vxlan9 type vxlan id 4096 dstport 4789 dev up0"),
                "run a kernel with VXLAN");
        ip("-n " + PEER + " link set vxlan9 up");
        try {
            Probe open = probe(VXLAN, THERE + ALL_ROLES);
            firewall(PEER, "udp dport 4789 drop");
            Probe blocked = probe(VXLAN, THERE + ALL_ROLES);

            assertThat(open.result("port/vxlan", "out")).isEqualTo("passed");
            assertThat(blocked.result("port/vxlan", "out")).isEqualTo("blocked");
        } finally {
            ip("-n " + PEER + " link delete vxlan9");
        }
    }

    @Test
    void another_key_is_no_key() throws Exception {
        Path other = Files.writeString(temp.resolve("other.key"), "another key than theirs\n");
        Files.setPosixFilePermissions(other, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));

        Probe probe = probe(List.of(), IPIP, THERE + ALL_ROLES, other);

        assertThat(probe.exit()).as(probe.err()).isEqualTo(5);
        assertThat(probe.results()).containsOnly("not-tried");
        assertThat(probe.detail("port/bgp", "in")).contains("does not have the same key");
        Map<String, JsonNode> findings = probe.check(1500);
        assertThat(outcome(findings, "port/bgp")).isEqualTo("UNKNOWN");
        assertThat(reason(findings, "port/bgp")).contains("does not have the same key");
    }

    @Test
    void without_native_code_tcp_and_udp_are_tried_all_the_same() throws Exception {
        Probe probe = probe(List.of("-Djna.nounpack=true", "-Djna.nosys=true"), IPIP, THERE + ALL_ROLES, key());

        assertThat(probe.exit()).as(probe.err()).isEqualTo(5);
        assertThat(probe.result("port/bgp", "in")).isEqualTo("passed");
        assertThat(probe.result("port/ipip", "in")).isEqualTo("not-tried");
        assertThat(probe.detail("port/ipip", "in")).contains("native code cannot be loaded");
        assertThat(outcome(probe.check(1500), "port/ipip")).isEqualTo("UNKNOWN");
    }

    @Test
    void a_request_to_end_is_no_error() throws Exception {
        Process serve = serve("--port", "7180");

        serve.destroy();

        assertThat(serve.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(serve.exitValue()).isZero();
        assertThat(Files.readString(temp.resolve("serve-" + serve.pid())))
                .contains("Ended after 0 sessions; nothing listens any longer.");
    }

    /**
     * What a run of the probe said.
     *
     * @param target the options that name the target
     * @param file the facts that it wrote
     */
    private record Probe(int exit, String err, List<String> target, Path file) {

        List<String> results() throws IOException {
            return fact("probe.flows").findValuesAsText("result");
        }

        String result(String requirement, String direction) throws IOException {
            return flow(requirement, direction).path("result").asText();
        }

        String detail(String requirement, String direction) throws IOException {
            return flow(requirement, direction).path("detail").asText();
        }

        JsonNode path() throws IOException {
            return fact("probe.path-mtu").path(0);
        }

        private JsonNode flow(String requirement, String direction) throws IOException {
            for (JsonNode flow : fact("probe.flows")) {
                if (flow.path("requirement").asText().equals(requirement)
                        && flow.path("direction").asText().equals(direction)) {
                    return flow;
                }
            }
            throw new AssertionError("no flow " + requirement + " " + direction + " in " + Files.readString(file));
        }

        private JsonNode fact(String name) throws IOException {
            for (JsonNode fact : JSON.readTree(Files.readString(file)).path("facts")) {
                if (fact.path("fact").asText().equals(name)) {
                    return fact.path("value");
                }
            }
            throw new AssertionError("no fact " + name + "; " + err);
        }

        /** What is found on a host of which nothing else is known but its MTU. */
        Map<String, JsonNode> check(int mtu) throws IOException {
            Path facts = Files.writeString(temp.resolve("mtu.json"), """
                    {"schema": "calico-preflight/facts/1", "host": {"source": "live"}, "collectedAt": "2026-01-01T00:00:00Z",
                     "facts": [{"fact": "network.default-interface.mtu", "state": "known", "value": %d, "origin": "test"},
                               {"fact": "kubernetes.cni.mtu", "state": "absent", "origin": "test"}]}
                    """.formatted(mtu));
            List<String> words = new ArrayList<>(List.of("check", "-o", "json"));
            words.addAll(target);
            words.addAll(List.of("--facts", facts.toString(), "--probe-results", file.toString()));
            Run run = Run.of(words.toArray(String[]::new));
            Map<String, JsonNode> findings = new java.util.TreeMap<>();
            for (JsonNode finding : JSON.readTree(run.out()).path("findings")) {
                findings.put(finding.path("id").asText(), finding);
            }
            assertThat(findings).as(run.err()).isNotEmpty();
            return findings;
        }
    }

    private static JsonNode finding(Map<String, JsonNode> findings, String id) {
        return Optional.ofNullable(findings.get(id)).orElseThrow();
    }

    private static String outcome(Map<String, JsonNode> findings, String id) {
        return finding(findings, id).path("outcome").asText();
    }

    private static String reason(Map<String, JsonNode> findings, String id) {
        return finding(findings, id).path("reason").asText();
    }

    private static Path key() {
        return temp.resolve("probe.key");
    }

    private static Probe probe(List<String> target, String peers) throws IOException, InterruptedException {
        return probe(List.of(), target, peers, key());
    }

    private static Probe probe(List<String> virtualMachine, List<String> target, String peers, Path key)
            throws IOException, InterruptedException {
        Path file = Files.createTempFile(temp, "flows", ".json");
        Path err = temp.resolve("run.err");
        List<String> words = new ArrayList<>(List.of("probe", "run", "--peers", peers, "--key-file", key.toString()));
        words.addAll(target);
        words.addAll(List.of("-o", "json", "--output-file", file.toString()));
        Process run =
                program(HOST, virtualMachine, words).redirectError(err.toFile()).start();
        int exit = run.waitFor();
        return new Probe(exit, Files.readString(err), target, file);
    }

    /** Starts {@code probe serve} on the other host, and waits until it waits. */
    private static Process serve(String... options) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("probe", "serve", "--key-file", key().toString()));
        words.addAll(List.of(options));
        Path log = Files.createTempFile(temp, "serve", ".log");
        Process process =
                program(PEER, List.of(), words).redirectError(log.toFile()).start();
        started.add(process);
        while (process.isAlive() && !Files.readString(log).contains("Waiting for probe run")) {
            Thread.sleep(100);
        }
        assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
        Files.createLink(temp.resolve("serve-" + process.pid()), log);
        return process;
    }

    private static ProcessBuilder program(String namespace, List<String> virtualMachine, List<String> words) {
        List<String> command = new ArrayList<>(List.of(
                "ip",
                "netns",
                "exec",
                namespace,
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dcalico.preflight.home=" + Run.HOME));
        command.addAll(virtualMachine);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(words);
        return new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    }

    private static boolean ip(String words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(words.split(" ", -1)));
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    /** The only firewall of a namespace is now one with this rule for what comes in. */
    private static boolean firewall(String namespace, String rule) throws IOException, InterruptedException {
        Process nft = new ProcessBuilder("ip", "netns", "exec", namespace, "nft", "-f", "-")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (OutputStream in = nft.getOutputStream()) {
            in.write(("flush ruleset\nadd table inet probe\n"
                            + "add chain inet probe in { type filter hook input priority 0; }\n"
                            + (rule.isEmpty() ? "" : "add rule inet probe in " + rule + "\n"))
                    .getBytes(StandardCharsets.US_ASCII));
        }
        return nft.waitFor() == 0;
    }
}
