package calico.preflight.facts.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import calico.preflight.facts.firewall.Decision.Dropped;
import calico.preflight.facts.firewall.Decision.NotUnderstood;
import calico.preflight.facts.firewall.Decision.Passes;
import calico.preflight.facts.firewall.Flow.IpFamily;
import calico.preflight.facts.firewall.Flow.Way;
import calico.preflight.facts.source.ProbeNamespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Rules drawn at random are given to the kernel with the tools themselves, real packets are sent between two network
 * namespaces, and what became of them is compared with what {@link Firewall} says of the listing.
 *
 * <p>More than the build takes: {@code -Dfirewall.rounds=2000 -Dfirewall.seed=7}.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class FirewallDifferentialTest {

    private static final String HERE = "10.99.0.1";
    private static final String THERE = "10.99.0.2";
    private static final int ROUNDS = Integer.getInteger("firewall.rounds", 45);
    private static final long SEED = Long.getLong("firewall.seed", 20180L);
    private static final int PATIENCE = 40;
    private static final int MORE_PATIENCE = 1000;

    private static final String HOST = "cpf-host-" + ProcessHandle.current().pid();
    private static final String PEER = "cpf-peer-" + ProcessHandle.current().pid();

    private static Optional<Peer> host = Optional.empty();
    private static Optional<Peer> peer = Optional.empty();
    private static boolean legacy;

    private int decided;
    private int open;
    private int openOfUnderstood;
    private int ofUnderstood;
    private final List<String> disagreements = new ArrayList<>();

    /** A {@link NamespacePeer} in its namespace. */
    private record Peer(Process process, BufferedReader answers) {
        static Peer in(String namespace) throws IOException {
            Process process = new ProcessBuilder(
                            "ip",
                            "netns",
                            "exec",
                            namespace,
                            ProcessHandle.current().info().command().orElse("java"),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Djava.net.preferIPv4Stack=true",
                            "-cp",
                            System.getProperty("java.class.path"),
                            NamespacePeer.class.getName())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Peer peer = new Peer(
                    process,
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII)));
            assertThat(peer.answer()).isEqualTo("ready");
            return peer;
        }

        void say(String line) throws IOException {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
        }

        String answer() throws IOException {
            return String.valueOf(answers.readLine());
        }
    }

    @BeforeAll
    static void namespaces() throws IOException, InterruptedException {
        assumeTrue(ProbeNamespace.isRoot(), "run the tests as root to see this one");
        for (String tool : List.of("ip", "nsenter", "nft", "iptables-nft-restore", "iptables-nft-save")) {
            assumeTrue(
                    List.of("/usr/sbin/", "/usr/bin/", "/sbin/", "/bin/").stream()
                            .anyMatch(directory -> Files.isExecutable(Path.of(directory + tool))),
                    "install " + tool + " (iproute2, util-linux, nftables, iptables)");
        }
        assumeTrue(run("", "ip", "netns", "add", HOST).ok(), "run the tests where a network namespace can be made");
        run("", "ip", "netns", "add", PEER);
        assumeTrue(
                run(
                                "", "ip", "link", "add", "uplink9", "netns", HOST, "type", "veth", "peer", "name",
                                "uplink9", "netns", PEER)
                        .ok(),
                "run a kernel with veth");
        for (String namespace : List.of(HOST, PEER)) {
            String address = namespace.equals(HOST) ? HERE : THERE;
            run("", "ip", "-n", namespace, "address", "add", address + "/24", "dev", "uplink9");
            run("", "ip", "-n", namespace, "link", "set", "uplink9", "up");
            run("", "ip", "-n", namespace, "link", "set", "lo", "up");
        }
        legacy = inside("*filter\nCOMMIT\n", "iptables-legacy-restore").ok();
        assumeTrue(
                inside("*filter\nCOMMIT\n", "iptables-nft-restore").ok(), "run a kernel with nf_tables and nft_compat");
        host = Optional.of(Peer.in(HOST));
        peer = Optional.of(Peer.in(PEER));
    }

    @AfterAll
    static void noNamespaces() throws IOException, InterruptedException {
        host.ifPresent(any -> any.process().destroyForcibly());
        peer.ifPresent(any -> any.process().destroyForcibly());
        run("", "ip", "netns", "delete", HOST);
        run("", "ip", "netns", "delete", PEER);
    }

    private record Answer(boolean ok, String output) {
        List<String> lines() {
            return output.lines().toList();
        }
    }

    private static Answer inside(String input, String... command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + HOST));
        line.addAll(List.of(command));
        return run(input, line.toArray(String[]::new));
    }

    private static Answer run(String input, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("XTABLES_LOCKFILE", "/dev/null");
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return new Answer(false, "");
        }
        try (OutputStream out = process.getOutputStream()) {
            out.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It did not want all of it; its status tells.
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor() == 0, output);
    }

    @Test
    void what_is_said_of_a_rule_set_is_what_the_kernel_does_with_packets() throws Exception {
        int compared = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (String tool : List.of("legacy", "iptables-nft", "nft")) {
                if (tool.equals("legacy") && !legacy) {
                    continue;
                }
                boolean strange = round % 3 == 0;
                GeneratedRules rules = new GeneratedRules(SEED + 31L * round + tool.hashCode(), strange);
                String text = tool.equals("nft") ? rules.nft() : rules.iptables();
                // Now and then there are rules of the other kind beside them.
                String beside = legacy && !tool.equals("legacy") && round % 5 == 0 ? rules.iptables() : "";
                if (load(tool, text, beside)) {
                    compare(tool + "-" + round, strange, text + beside);
                    compared++;
                }
            }
        }
        System.out.printf(
                "%d rule sets, %d flows decided, %d open; of understood constructs %d of %d open; %d disagreements%n",
                compared, decided, open, openOfUnderstood, ofUnderstood, disagreements.size());

        assertThat(disagreements).isEmpty();
        assertThat(compared).as("rule sets that the tools took").isGreaterThan(ROUNDS);
        assertThat(openOfUnderstood * 100 / Math.max(1, ofUnderstood))
                .as("percent of flows left open among rules that are understood")
                .isLessThan(10);
    }

    private static boolean load(String tool, String text, String beside) throws IOException, InterruptedException {
        inside("flush ruleset\n", "nft", "-f", "-");
        if (legacy) {
            inside(beside.isEmpty() ? "*raw\nCOMMIT\n*filter\nCOMMIT\n" : beside, "iptables-legacy-restore");
        }
        return switch (tool) {
            case "legacy" -> inside(text, "iptables-legacy-restore").ok();
            case "nft" -> inside(text, "nft", "-f", "-").ok();
            default -> inside(text, "iptables-nft-restore").ok();
        };
    }

    private void compare(String round, boolean strange, String rules) throws Exception {
        Firewall firewall = Firewall.of(new Listings(
                legacy ? inside("", "iptables-legacy-save").lines() : List.of(),
                List.of(),
                Listings.nftObjects(inside("", "nft", "-j", "list", "ruleset").output()),
                inside("", "iptables-nft-save").lines(),
                List.of()));
        Set<String> wrong = wrong(firewall, round, PATIENCE, strange, true);
        if (!wrong.isEmpty()) {
            // A packet may have been slow; what is wrong stays wrong.
            wrong.retainAll(wrong(firewall, round + "b", MORE_PATIENCE, strange, false));
        }
        if (!wrong.isEmpty()) {
            disagreements.add(round + " " + wrong + "\n" + rules);
        }
    }

    private Set<String> wrong(Firewall firewall, String round, int patience, boolean strange, boolean counted)
            throws IOException {
        Peer here = host.orElseThrow();
        Peer there = peer.orElseThrow();
        there.say("send " + round + "i " + HERE + " " + patience);
        here.say("send " + round + "o " + THERE + " " + patience);
        String connectedIn = there.answer();
        String connectedOut = here.answer();
        here.say("arrived " + round + "i " + patience / 3);
        there.say("arrived " + round + "o " + patience / 3);
        String arrivedIn = here.answer();
        String arrivedOut = there.answer();
        Set<String> wrong = new HashSet<>();
        for (Way way : Way.values()) {
            boolean in = way == Way.IN;
            for (int port : NamespacePeer.TCP_PORTS) {
                check(
                        firewall,
                        new Flow(IpFamily.IPV4, 6, port, way, Optional.of("uplink9")),
                        has(in ? connectedIn : connectedOut, port),
                        strange,
                        counted,
                        wrong);
            }
            for (int port : NamespacePeer.UDP_PORTS) {
                check(
                        firewall,
                        new Flow(IpFamily.IPV4, 17, port, way, Optional.of("uplink9")),
                        has(in ? arrivedIn : arrivedOut, port),
                        strange,
                        counted,
                        wrong);
            }
        }
        return wrong;
    }

    private static boolean has(String answer, int port) {
        return List.of(answer.replaceAll("[\\[\\]]", "").split(", ")).contains(Integer.toString(port));
    }

    private void check(
            Firewall firewall, Flow flow, boolean passed, boolean strange, boolean counted, Set<String> wrong) {
        Decision decision = firewall.decide(flow);
        Decision blind =
                firewall.decide(new Flow(flow.family(), flow.protocol(), flow.port(), flow.way(), Optional.empty()));
        if (counted) {
            boolean isOpen = decision instanceof NotUnderstood;
            open += isOpen ? 1 : 0;
            decided += isOpen ? 0 : 1;
            ofUnderstood += strange ? 0 : 1;
            openOfUnderstood += (isOpen && !strange) ? 1 : 0;
        }
        for (Decision one : List.of(decision, blind)) {
            if ((one instanceof Passes && !passed) || (one instanceof Dropped && passed)) {
                wrong.add(flow.way() + " " + flow.protocol() + "/" + flow.port() + " "
                        + (passed ? "passed" : "did not pass") + ", but " + one);
            }
        }
    }
}
