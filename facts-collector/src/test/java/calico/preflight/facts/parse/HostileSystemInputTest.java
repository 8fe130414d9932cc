package calico.preflight.facts.parse;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.FactValue.Table;
import calico.preflight.facts.parse.NetworkManagerConfiguration.ConfigurationFile;
import calico.preflight.facts.parse.NetworkManagerConfiguration.Files;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Files that were cut, mixed up or made up: no parser throws, and none tells what does not stand in them. */
class HostileSystemInputTest {

    private static final List<String> SEEDS = List.of(
            "  0: 0100007F:0016 00000000:0000 0A 0:0 00:0 0 0 0 4711 1 0\n",
            "eth0\t00000000\t0100000A\t0003\t0\t0\t100\t00000000\t0\t0\t0\n",
            "   |-- 10.0.0.7\n      /32 host LOCAL\n",
            "fe80000000000000000000fffe000001 02 40 20 80     eth0\n",
            "[keyfile]\nunmanaged-devices+=interface-name:cali*;except:mac:00:11:22:33:44:55\n[device-a]\nmanaged=0\n",
            "[.config]\nenable=nm-version-min:1.40,except:nm-version:1.42.4\n[main]\nplugins-=a\\,b\n",
            "[main]\n.set.dns=none\n.was.dns=x\n[.intern.a]\nb=c\n",
            "Package: nova\nStatus: install ok installed\nVersion: 1:2-3\n\n",
            "nova-21.2.4-py3.6.egg-info",
            "{\"plugins\": [{\"type\": \"calico\"}]}",
            "A=\"b\\\"c\" # d\nMemTotal: 16 kB\nCapEff:\t000001ffffffffff\n0-3,5\n");

    @Test
    void mutated_input_never_makes_a_parser_throw() {
        Random random = new Random(20260101);
        for (int i = 0; i < 20_000; i++) {
            String text = mutated(random);
            for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
                List<ProcNet.Route> routes = ProcNet.routes(text, order);
                ProcNet.defaultDevice(routes)
                        .ifPresent(device -> assertThat(text).contains(device));
                ProcNet.localAddresses(text).forEach(address -> assertThat(text).contains(address));
                assertThat(ProcNet.deviceOf(text, routes)).isNotNull();
                ProcNet.listeningTcp(text, order)
                        .forEach(socket -> assertThat(text).contains(Long.toString(socket.inode())));
                ProcNet.boundUdp(text, order)
                        .forEach(socket -> assertThat(socket.port()).isBetween(0, 65535));
            }
            ProcNet.inet6Addresses(text).forEach(address -> assertThat(text).contains(address.device()));
            ProcNet.defaultDevice6(text).ifPresent(device -> assertThat(text).contains(device));
            InstalledPackages.dpkg(text)
                    .forEach(installed -> assertThat(text).contains(installed.name(), installed.version()));
            InstalledPackages.rpm(text).forEach(installed -> assertThat(text).contains(installed.version()));
            InstalledPackages.python(text)
                    .ifPresent(installed -> assertThat(text).contains(installed.version()));
            InstalledPackages.upstream(text)
                    .ifPresent(version -> assertThat(text).contains(version));
            KubernetesFiles.cniTypes(text).ifPresent(types -> assertThat(types).isNotEmpty());
            assertThat(KubernetesFiles.flags(KubernetesFiles.arguments(text))).isNotNull();
            KubernetesFiles.version(text).ifPresent(version -> assertThat(text).contains(version));
            for (String line : text.split("\n", -1)) {
                assertThat(Capabilities.names(line)).isNotNull();
                assertThat(Lines.cpus(line)).isNotNull();
            }
            assertThat(Lines.memory(text)).isNotNull();
            Lines.assignment(text, "A")
                    .ifPresent(line -> assertThat(line.number()).isPositive());
        }
    }

    @Test
    void mutated_configurations_are_merged_or_refused_and_survive_the_table() {
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            Files files = new Files(
                    List.of(new ConfigurationFile("/usr/lib/a.conf", mutated(random))),
                    List.of(new ConfigurationFile("/run/a.conf", mutated(random))),
                    Optional.of(new ConfigurationFile("/etc/main.conf", mutated(random))),
                    List.of(new ConfigurationFile("/etc/b.conf", mutated(random))),
                    Optional.of(new ConfigurationFile("/var/intern.conf", mutated(random))));
            Optional<NetworkManagerConfiguration> merged = NetworkManagerConfiguration.merge(
                            files, NetworkManagerBuild.of("1.42.4"))
                    .known();
            merged.ifPresent(configuration -> {
                NetworkManagerConfiguration again = NetworkManagerConfiguration.of(configuration.toTable());
                assertThat(again.toPrintConfig()).isEqualTo(configuration.toPrintConfig());
                assertThat(again.management("cali*")).isEqualTo(configuration.management("cali*"));
            });
        }
    }

    @Test
    void a_table_of_a_stranger_is_decided_without_trust() {
        Random random = new Random(8);
        for (int i = 0; i < 2_000; i++) {
            Table table = new Table(Map.of(
                    NetworkManagerConfiguration.STRUCTURE,
                    Entry.at(0, mutated(random)),
                    "keyfile.unmanaged-devices",
                    new Entry(mutated(random), "", 3),
                    "device-a.managed",
                    Entry.at(0, mutated(random))));
            assertThat(NetworkManagerConfiguration.of(table)
                            .management(mutated(random))
                            .why())
                    .isNotEmpty();
        }
    }

    private static String mutated(Random random) {
        byte[] bytes = (pick(random) + (random.nextBoolean() ? pick(random) : "")).getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(4); i > 0 && bytes.length > 1; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = bytes[random.nextInt(bytes.length)];
                case 2 -> bytes = java.util.Arrays.copyOf(bytes, Math.max(1, at));
                default -> bytes[at] = (byte) "\n\t =[]\\;,*:0F".charAt(random.nextInt(13));
            }
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String pick(Random random) {
        return SEEDS.get(random.nextInt(SEEDS.size()));
    }
}
