package calico.preflight.facts.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Rows;
import calico.preflight.facts.FactValue.Table;
import calico.preflight.facts.InterfaceManagement;
import calico.preflight.facts.Observed;
import calico.preflight.facts.parse.HostConditions;
import calico.preflight.facts.parse.NetworkManagerConfiguration;
import calico.preflight.facts.parse.NetworkdNetworks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generated YAML files: what they are taken to become, and what netplan itself makes of them. */
class NetplanDifferentialTest {

    private static final int SETS = 48;
    private static final Path GENERATE = Path.of("/lib/netplan/generate");
    private static final List<String> PATTERNS = List.of("cali*", "tunl0", "vxlan.calico", "eth0", "tap*");

    @TempDir
    private Path directory = Path.of("");

    @BeforeAll
    static void ask_whether_it_is_there() {
        assumeTrue(Files.isExecutable(GENERATE), "netplan is not installed; install Debian's package netplan.io");
    }

    @Test
    void what_netplan_will_make_is_judged_as_what_it_made() throws Exception {
        Map<InterfaceManagement.State, Integer> counts = new TreeMap<>();
        int made = 0;
        for (int seed = 0; seed < SETS; seed++) {
            Root root = new Root(directory.resolve("set" + seed))
                    .withDirectory("/usr/bin")
                    .with("/usr/lib/systemd/system-generators/netplan", "ELF")
                    .with("/usr/lib/systemd/system/systemd-networkd.service", "")
                    .with("/usr/sbin/NetworkManager", "ELF")
                    .with(
                            "/usr/lib/NetworkManager/conf.d/10-globally-managed-devices.conf",
                            "[keyfile]\nunmanaged-devices=*,except:type:wifi\n")
                    .withDirectory("/etc/systemd/system");
            Map<String, String> files = new Generator(seed).files();
            files.forEach(root::with);
            Map<String, Observed<FactValue>> before = facts(root);
            boolean works = generate(root.path());
            if (!works) {
                continue;
            }
            made++;
            // Read as what is there: netplan's own files must not be made a second time.
            Files.delete(root.path().resolve("usr/lib/systemd/system-generators/netplan"));
            Map<String, Observed<FactValue>> after = facts(root);
            for (String pattern : PATTERNS) {
                InterfaceManagement.State networkd = networkd(before, pattern);
                counts.merge(networkd, 1, Integer::sum);
                assertThat(networkd)
                        .describedAs("systemd-networkd, seed %s, %s: %s", seed, pattern, files)
                        .isEqualTo(networkd(after, pattern));
                assertThat(networkManager(before, pattern))
                        .describedAs("NetworkManager, seed %s, %s: %s", seed, pattern, files)
                        .isEqualTo(networkManager(after, pattern));
            }
            assertThat(Objects.requireNonNull(before.get("systemd-networkd.active"))
                            .known())
                    .describedAs("seed %s: %s", seed, files)
                    .contains(new FactValue.Flag(hasNetworks(root.path())));
        }
        assertThat(made).describedAs("sets that netplan takes").isGreaterThan(SETS / 2);
        assertThat(counts).hasSize(3).allSatisfy((state, count) -> assertThat(count)
                .isGreaterThan(SETS / 20));
    }

    private static boolean hasNetworks(Path root) throws IOException {
        Path networks = root.resolve("run/systemd/network");
        if (!Files.exists(networks)) {
            return false;
        }
        try (Stream<Path> files = Files.list(networks)) {
            return files.anyMatch(file -> file.toString().endsWith(".network"));
        }
    }

    private static Map<String, Observed<FactValue>> facts(Root root) {
        return Stream.of(new SystemdCollector(), new NetworkManagementCollector())
                .flatMap(collector -> collector.collect(new Look(root.host()), CollectionOptions.none()).stream())
                .collect(Collectors.toMap(Fact::name, Fact::observed));
    }

    private static InterfaceManagement.State networkd(Map<String, Observed<FactValue>> facts, String pattern) {
        Rows rows = (Rows) Objects.requireNonNull(facts.get("systemd-networkd.networks"))
                .known()
                .orElseThrow();
        return NetworkdNetworks.of(rows)
                .management(pattern, OptionalInt.of(252), HostConditions.UNKNOWN)
                .state();
    }

    private static InterfaceManagement.State networkManager(Map<String, Observed<FactValue>> facts, String pattern) {
        Table table = (Table) Objects.requireNonNull(facts.get("network-manager.config"))
                .known()
                .orElseThrow();
        return NetworkManagerConfiguration.of(table).management(pattern).state();
    }

    private static boolean generate(Path root) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(GENERATE.toString(), "--root-dir", root.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor() == 0;
    }

    /** Makes files that differ in all that decides which interfaces are taken. */
    private static final class Generator {
        private static final List<String> PLACES = List.of("/lib/netplan/", "/etc/netplan/", "/run/netplan/");
        private static final List<String> IDS = List.of("eth0", "eth1", "all", "tunl0", "nics");
        private static final List<String> GLOBS =
                List.of("cali*", "\"*\"", "en*", "\"[a-d]*\"", "tunl0", "vxlan.calico", "eth0", "\"t*\"");
        private static final List<String> DRIVERS =
                List.of("veth", "vxlan", "virtio_net", "\"[veth, ixgbe]\"", "[veth, ixgbe]", "\"v*\"");
        private static final List<String> RENDERERS = List.of("networkd", "NetworkManager");

        private final Random random;

        Generator(int seed) {
            this.random = new Random(seed);
        }

        Map<String, String> files() {
            Map<String, String> files = new TreeMap<>();
            int count = 1 + random.nextInt(3);
            for (int i = 0; i < count; i++) {
                String name = random.nextInt(3) == 0 ? "50-cloud-init.yaml" : "0" + random.nextInt(3) + "-a.yaml";
                files.put(one(PLACES) + name, file());
            }
            return files;
        }

        private String file() {
            StringBuilder text = new StringBuilder("# made for a test\nnetwork:\n  version: 2\n");
            renderer(text, "  ", 4);
            text.append("  ethernets:\n");
            renderer(text, "    ", 8);
            for (String id : some(IDS)) {
                text.append("    ").append(id).append(":\n      dhcp4: true\n");
                renderer(text, "      ", 6);
                if (random.nextInt(3) > 0) {
                    match(text);
                }
            }
            if (random.nextInt(3) == 0) {
                text.append("  bridges:\n    br0: {}\n");
            }
            if (random.nextInt(6) == 0) {
                text.append("  tunnels:\n    cali7: {mode: ipip, local: 192.0.2.1, remote: 192.0.2.2}\n");
            }
            return text.toString();
        }

        private void match(StringBuilder text) {
            int kinds = random.nextInt(8);
            if (kinds == 0) {
                text.append("      match: {}\n");
                return;
            }
            text.append("      match:\n");
            if ((kinds & 1) != 0) {
                text.append("        name: ").append(one(GLOBS)).append('\n');
            }
            if ((kinds & 2) != 0) {
                text.append("        driver: ").append(one(DRIVERS)).append('\n');
            }
            if ((kinds & 4) != 0) {
                text.append("        macaddress: 02:00:00:00:00:0")
                        .append(random.nextInt(9))
                        .append('\n');
                if (random.nextInt(2) == 0) {
                    text.append("      set-name: ")
                            .append(random.nextInt(2) == 0 ? "cali9" : "lan")
                            .append('\n');
                }
            }
        }

        private void renderer(StringBuilder text, String indent, int rarely) {
            if (random.nextInt(rarely) == 0) {
                text.append(indent).append("renderer: ").append(one(RENDERERS)).append('\n');
            }
        }

        private String one(List<String> list) {
            return list.get(random.nextInt(list.size()));
        }

        private List<String> some(List<String> list) {
            List<String> chosen = new ArrayList<>(list.stream()
                    .filter(item -> random.nextInt(list.size()) < 2)
                    .toList());
            return chosen.isEmpty() ? List.of(one(list)) : chosen;
        }
    }
}
