package calico.preflight.facts.parse;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.FactValue.Table;
import calico.preflight.facts.parse.NetworkManagerConfiguration.ConfigurationFile;
import calico.preflight.facts.parse.NetworkManagerConfiguration.Files;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
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
            "{\"plugins\": [{\"type\": \"calico\", \"mtu\": 1440}]}",
            "fd000000000000000000000000000000 40 00000000000000000000000000000000 00 fe800000000000000000000000000001"
                    + " 00000100 00000001 00000000 00000003     eth0\n",
            "bpf /sys/fs/a\\040b bpf ro,nosuid 0 0\n",
            "nodev\tbpf\n\text4\n",
            "P:nftables\nV:1.0.9-r0\n\n",
            "mode: \"ipvs\"\nclusterCIDR: [10.0.0.0/8, 'fd00::/64']\nkube-proxy-arg:\n  - proxy-mode=ipvs\n",
            "[plugins.\"io.containerd.grpc.v1.cri\".cni]\n  conf_dir = '/a' # b\n  bin_dirs = [\n \"/b\",\n]\n",
            "ExecStart=/usr/local/bin/k3s \\\n  server \\\n  '--cluster-cidr=10.0.0.0/8'\n",
            "    - --service-cluster-ip-range=10.96.0.0/12\n--proxy-mode=ipvs\n",
            "FELIX_IPINIPMTU=1440\0CALICO_TOKEN=x\0IP=autodetect\0",
            "[global]\nLogSeverityScreen = Info\n",
            "iptables v1.8.9 (nf_tables)\n",
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
            ProcNet.networks6(text).forEach(network -> assertThat(text).contains(network.device()));
            MountTable.parse(text).forEach(mount -> assertThat(text).contains(mount.type()));
            MountTable.known(text).forEach(name -> assertThat(text).contains(name));
            InstalledPackages.apk(text)
                    .forEach(installed -> assertThat(text).contains(installed.name(), installed.version()));
            assertToldBy(text, TopLevelYaml.parse(text).values());
            assertToldBy(text, TomlSettings.parse(text).values());
            assertToldBy(text, List.of(KubernetesFiles.manifestFlags(text), KubernetesFiles.flagLines(text)));
            KubernetesFiles.execStart(text)
                    .ifPresent(command -> assertThat(command.line()).isPositive());
            assertThat(KubernetesFiles.calicoMtu(text).orElse(0)).isNotNegative();
            ProgramVersion.of(text).ifPresent(version -> assertThat(text).contains(version));
            ProgramVersion.iptablesBackend(text)
                    .ifPresent(backend -> assertThat(backend).isIn("nft", "legacy"));
            assertThat(FelixSettings.environment(text)).doesNotContainKey("CALICO_TOKEN");
            assertThat(FelixSettings.environmentFile(text)).doesNotContainKey("CALICO_TOKEN");
            FelixSettings.file(text).values().forEach(setting -> assertThat(text)
                    .contains(setting.value()));
            assertThat(Lines.memory(text)).isNotNull();
            Lines.assignment(text, "A")
                    .ifPresent(line -> assertThat(line.number()).isPositive());
        }
    }

    private static void assertToldBy(String text, Collection<List<Setting>> settings) {
        settings.forEach(values -> values.forEach(value -> {
            assertThat(text).contains(value.value());
            assertThat(value.line()).isPositive();
        }));
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
