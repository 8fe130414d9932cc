package calico.preflight.facts.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Two hosts made of network namespaces with a wire between them. One has a firewall; between its rules and what real packets
 * meet the tests compare.
 */
final class TwoHosts implements AutoCloseable {

    static final String DEVICE = "uplink9";

    private static final Addresses HERE = new Addresses("10.99.0.1", "fd99::1");
    private static final Addresses THERE = new Addresses("10.99.0.2", "fd99::2");
    private static final String MAC_HERE = "02:00:00:00:99:01";
    private static final String MAC_THERE = "02:00:00:00:99:02";

    private static int opened;

    /** The addresses of a host, one of each family. */
    private record Addresses(String ipv4, String ipv6) {
        String of(IpFamily family) {
            return family == IpFamily.IPV4 ? ipv4 : ipv6;
        }
    }

    private final String host = "cpf-host-" + ProcessHandle.current().pid() + "-" + opened;
    private final String peer = "cpf-peer-" + ProcessHandle.current().pid() + "-" + opened;
    private final List<Peer> peers = new ArrayList<>();
    private boolean legacy;

    private TwoHosts() {
        opened++;
    }

    /** A {@link NamespacePeer} in its namespace. */
    private record Peer(Process process, BufferedReader answers) {
        static Peer in(String namespace, String here, String there) throws IOException {
            Process process = new ProcessBuilder(
                            "ip",
                            "netns",
                            "exec",
                            namespace,
                            ProcessHandle.current().info().command().orElse("java"),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            NamespacePeer.class.getName(),
                            here,
                            there)
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

    /** What a command printed, and whether it ended well. */
    record Answer(boolean ok, String output) {
        List<String> lines() {
            return output.lines().toList();
        }
    }

    /** Makes them; where that cannot be done here, the test is left out, and says what it would take. */
    static TwoHosts open() throws IOException, InterruptedException {
        assumeTrue(ProbeNamespace.isRoot(), "run the tests as root to see this one");
        for (String tool : List.of("ip", "nsenter", "nft", "iptables-nft-restore", "iptables-nft-save")) {
            assumeTrue(has(tool), "install " + tool + " (iproute2, util-linux, nftables, iptables)");
        }
        TwoHosts hosts = new TwoHosts();
        try {
            hosts.make();
        } catch (IOException | InterruptedException | RuntimeException e) {
            hosts.close();
            throw e;
        }
        return hosts;
    }

    /** Is there a program of this name? */
    static boolean has(String tool) {
        return List.of("/usr/sbin/", "/usr/bin/", "/sbin/", "/bin/").stream()
                .anyMatch(directory -> Files.isExecutable(Path.of(directory + tool)));
    }

    private void make() throws IOException, InterruptedException {
        assumeTrue(run("", "ip", "netns", "add", host).ok(), "run the tests where a network namespace can be made");
        run("", "ip", "netns", "add", peer);
        assumeTrue(
                run(
                                "", "ip", "link", "add", DEVICE, "netns", host, "type", "veth", "peer", "name", DEVICE,
                                "netns", peer)
                        .ok(),
                "run a kernel with veth");
        connect(host, HERE, MAC_HERE);
        connect(peer, THERE, MAC_THERE);
        // Rules that drop everything would drop the questions for the other's hardware address too.
        for (IpFamily family : IpFamily.values()) {
            neighbour(host, THERE.of(family), MAC_THERE);
            neighbour(peer, HERE.of(family), MAC_HERE);
        }
        legacy = inside("*filter\nCOMMIT\n", "iptables-legacy-restore").ok()
                && inside("*filter\nCOMMIT\n", "ip6tables-legacy-restore").ok();
        assumeTrue(
                inside("*filter\nCOMMIT\n", "iptables-nft-restore").ok(), "run a kernel with nf_tables and nft_compat");
        peers.add(Peer.in(host, HERE.ipv4(), THERE.ipv4()));
        peers.add(Peer.in(peer, THERE.ipv4(), HERE.ipv4()));
    }

    private static void connect(String namespace, Addresses addresses, String mac)
            throws IOException, InterruptedException {
        run("", "ip", "-n", namespace, "link", "set", DEVICE, "address", mac);
        run("", "ip", "-n", namespace, "address", "add", addresses.ipv4() + "/24", "dev", DEVICE);
        run("", "ip", "-n", namespace, "address", "add", addresses.ipv6() + "/64", "dev", DEVICE, "nodad");
        run("", "ip", "-n", namespace, "link", "set", DEVICE, "up");
        run("", "ip", "-n", namespace, "link", "set", "lo", "up");
    }

    private static void neighbour(String namespace, String address, String mac)
            throws IOException, InterruptedException {
        run(
                "",
                "ip",
                "-n",
                namespace,
                "neighbour",
                "replace",
                address,
                "lladdr",
                mac,
                "dev",
                DEVICE,
                "nud",
                "permanent");
    }

    /** Do the tools of the legacy kind work here? */
    boolean legacy() {
        return legacy;
    }

    /** Runs a command in the network of the host with the firewall. */
    Answer inside(String input, String... command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + host));
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

    /** No rules any more, of either kind. */
    void clear() throws IOException, InterruptedException {
        inside("flush ruleset\n", "nft", "-f", "-");
        if (legacy) {
            inside("*raw\nCOMMIT\n*filter\nCOMMIT\n", "iptables-legacy-restore");
            inside("*raw\nCOMMIT\n*filter\nCOMMIT\n", "ip6tables-legacy-restore");
        }
    }

    /** The rules that the kernel has now, as the tools list them. */
    Firewall firewall() throws IOException, InterruptedException, MalformedRulesException {
        return Firewall.of(new Listings(
                legacy ? inside("", "iptables-legacy-save").lines() : List.of(),
                legacy ? inside("", "ip6tables-legacy-save").lines() : List.of(),
                Listings.nftObjects(inside("", "nft", "-j", "list", "ruleset").output()),
                inside("", "iptables-nft-save").lines(),
                inside("", "ip6tables-nft-save").lines()));
    }

    /**
     * Sends a packet or opens a connection for every flow, both ways, and tells which came about.
     *
     * @param round a name that no other round has
     * @param patience how long to wait for what may not come, in milliseconds
     */
    Map<Flow, Boolean> send(String round, int patience) throws IOException, InterruptedException {
        Peer here = peers.get(0);
        Peer there = peers.get(1);
        there.say("send " + round + "i " + patience + " " + HERE.ipv4() + " " + HERE.ipv6());
        here.say("send " + round + "o " + patience + " " + THERE.ipv4() + " " + THERE.ipv6());
        String connectedIn = there.answer();
        String connectedOut = here.answer();
        here.say("arrived " + round + "i " + patience / 3);
        there.say("arrived " + round + "o " + patience / 3);
        Map<Way, Set<String>> connected = Map.of(Way.IN, words(connectedIn), Way.OUT, words(connectedOut));
        Map<Way, Set<String>> arrived = Map.of(Way.IN, words(here.answer()), Way.OUT, words(there.answer()));
        Map<Flow, Boolean> passed = new LinkedHashMap<>();
        if (has("conntrack")) {
            passed.put(tunnel(Way.IN), tunnelled(there, here, round + "ti", patience));
            passed.put(tunnel(Way.OUT), tunnelled(here, there, round + "to", patience));
        }
        for (Way way : Way.values()) {
            for (IpFamily family : IpFamily.values()) {
                NamespacePeer.TCP_PORTS.forEach(port -> passed.put(
                        new Flow(family, Flow.TCP, port, way, Optional.of(DEVICE)),
                        connected.getOrDefault(way, Set.of()).contains(family + "/" + port)));
                NamespacePeer.UDP_PORTS.forEach(port -> passed.put(
                        new Flow(family, Flow.UDP, port, way, Optional.of(DEVICE)),
                        arrived.getOrDefault(way, Set.of()).contains(family + "/" + port)));
            }
        }
        return passed;
    }

    private static Flow tunnel(Way way) {
        return new Flow(IpFamily.IPV4, 4, 0, way, Optional.of(DEVICE));
    }

    /** A packet of IP protocol 4 has no port: one that goes the other way would count as the answer to it. */
    private boolean tunnelled(Peer from, Peer to, String round, int patience) throws IOException, InterruptedException {
        inside("", "conntrack", "-F");
        from.say("tunnel " + round);
        from.answer();
        to.say("arrived-tunnel " + round + " " + patience / 3);
        return to.answer().contains("tunnel");
    }

    private static Set<String> words(String answer) {
        return Set.of(answer.replaceAll("[\\[\\]]", "").split(", ", -1));
    }

    @Override
    public void close() throws IOException {
        peers.forEach(any -> any.process().destroyForcibly());
        try {
            run("", "ip", "netns", "delete", host);
            run("", "ip", "netns", "delete", peer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
