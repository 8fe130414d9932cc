package calico.preflight.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Hosts for the tests of fleets, and runs over them. */
final class FleetHosts {

    private static final ObjectMapper JSON = new ObjectMapper();

    private FleetHosts() {}

    /** A document as collect writes it, on one line. */
    static String host(String name, String address, String kernel, String... further) {
        List<String> facts = new ArrayList<>(List.of(
                text("host.architecture", "x86_64"),
                text("host.name", name),
                text("kernel.release", kernel),
                known(
                        "network.addresses",
                        "[{\"address\":\"172.17.0.1\",\"interface\":\"docker0\"},{\"address\":\"" + address
                                + "\",\"interface\":\"eth0\"},{\"address\":\"fe80::1\",\"interface\":\"eth0\"}]"),
                text("network.default-interface", "eth0"),
                text("os.id", "debian"),
                text("os.version", "12")));
        facts.addAll(List.of(further));
        return "{\"schema\":\"calico-preflight/facts/1\",\"host\":{\"source\":\"live\"},"
                + "\"collectedAt\":\"2026-01-01T00:00:00Z\",\"facts\":[" + String.join(",", facts) + "]}";
    }

    static String text(String fact, String text) {
        return known(fact, "\"" + text + "\"");
    }

    static String known(String fact, String value) {
        return "{\"fact\":\"" + fact + "\",\"state\":\"known\",\"value\":" + value + ",\"origin\":\"/proc/" + fact
                + ":7\"}";
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /** A run for Calico 3.16 on OpenStack. */
    static Run fleet(String input, String... args) {
        String[] all = Stream.concat(
                        Stream.of("fleet", "--calico", "3.16", "--platform", "openstack"), Arrays.stream(args))
                .toArray(String[]::new);
        return Run.in(Map.of(), input, all);
    }

    /** Four hosts that are sound, two with one name, and four that are damaged, each in another way. */
    static Path mixedFleet() throws IOException {
        // Of a fixed name, for paths are part of what is printed.
        Path folder = Files.createDirectories(Path.of("target/mixed-fleet"));
        String first = host("node1", "10.0.0.1", "6.1.0-50-amd64");
        Files.writeString(
                folder.resolve("a.ndjson"),
                first + "\n"
                        + host("node2", "10.0.0.2", "6.1.0-50-amd64") + "\n"
                        + first.substring(0, 300) + "\n"
                        + "no facts at all\n\n"
                        + host("node3", "10.0.0.3", "5.10.0-1-amd64") + "\n");
        Files.writeString(
                folder.resolve("b.json"),
                JSON.writerWithDefaultPrettyPrinter()
                        .writeValueAsString(JSON.readTree(host("node2", "10.0.0.4", "6.1.0-50-amd64"))));
        byte[] whole = packed(host("node5", "10.0.0.5", "2.6.32", text("host.container", "lxc")) + "\n"
                + host("node6", "10.0.0.6", "6.1.0-50-amd64") + "\n");
        Files.write(folder.resolve("c.ndjson.gz"), Arrays.copyOf(whole, whole.length - 20));
        Files.createDirectories(folder.resolve("deep/er"));
        Files.writeString(folder.resolve("deep/er/d.json"), first.replace("facts/1", "facts/9"));
        Files.writeString(folder.resolve("deep/README.txt"), "not a host");
        return folder;
    }
}
