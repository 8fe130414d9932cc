package calico.preflight.facts.collect;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Flag;
import calico.preflight.facts.FactValue.Rows;
import calico.preflight.facts.FactValue.Table;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.archive.ReportFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images with netplan, which makes the files of network managers only when the host starts. */
class NetplanFactsTest {

    private static final String ALL = """
            network:
              version: 2
              ethernets:
                nics:
                  match: {name: "*"}
                  dhcp4: true
            """;

    @TempDir
    Path directory;

    private Root image() {
        return new Root(directory)
                .withDirectory("/usr/bin")
                .withDirectory("/etc/systemd/system")
                .with("/usr/lib/systemd/system/systemd-networkd.service", "")
                .with("/usr/lib/systemd/system-generators/netplan", "ELF");
    }

    private static Observed<FactValue> fact(Root root, String name) {
        return Stream.of(new SystemdCollector(), new NetworkManagementCollector())
                .flatMap(collector -> collector.collect(new Look(root.host()), CollectionOptions.none()).stream())
                .filter(fact -> fact.name().equals(name))
                .map(Fact::observed)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_definition_is_a_file_of_systemd_networkd_that_starts_with_the_host() {
        Root root = image().with("/etc/netplan/50-cloud-init.yaml", ALL);

        assertThat(((Rows) fact(root, "systemd-networkd.networks").known().orElseThrow()).rows())
                .containsExactly(Map.of(
                        "file", "/etc/netplan/50-cloud-init.yaml", "line", "4", "match", "Name=*", "unmanaged", "no"));
        assertThat(fact(root, "systemd-networkd.active"))
                .isEqualTo(Observed.known(new Flag(true), new Origin("/etc/netplan/50-cloud-init.yaml", 4)));
    }

    @Test
    void without_its_generator_the_files_mean_nothing() {
        Root bare = new Root(directory)
                .withDirectory("/etc")
                .withDirectory("/usr/lib")
                .with("/etc/netplan/50-cloud-init.yaml", ALL);

        assertThat(fact(bare, "systemd-networkd.networks").known()).contains(new Rows(List.of()));

        Root masked = image().with("/etc/netplan/50-cloud-init.yaml", ALL)
                .withLink("/etc/systemd/system-generators/netplan", "/dev/null");
        assertThat(fact(masked, "systemd-networkd.networks").known()).contains(new Rows(List.of()));
    }

    @Test
    void what_netplan_made_when_the_host_ran_starts_systemd_networkd() {
        Root root = image().with("/run/systemd/network/10-netplan-eth0.link", "[Link]\nName=eth0\n");
        assertThat(fact(root, "systemd-networkd.active").known())
                .as("udev reads .link files, whoever has the interfaces")
                .contains(new Flag(false));

        root.with("/run/systemd/network/10-netplan-eth0.network", "[Match]\nName=eth0\n");
        assertThat(fact(root, "systemd-networkd.active"))
                .isEqualTo(Observed.known(new Flag(true), Origin.of("/run/systemd/network/10-netplan-eth0.network")));
    }

    @Test
    void where_nothing_shows_what_generators_made_it_is_open_whether_systemd_networkd_starts() throws Exception {
        image().withDirectory("/sos_commands");

        assertThat(new NetworkManagementCollector()
                        .collect(new Look(ReportFolder.open("report", directory)), CollectionOptions.none()).stream()
                                .filter(fact -> fact.name().equals("systemd-networkd.active"))
                                .map(Fact::observed))
                .containsExactly(Observed.unknown(ReportFolder.NOT_COPIED, Origin.of("/run/systemd/network")));
    }

    @Test
    void a_mask_of_systemd_networkd_holds_for_netplan_too() {
        Root root = image().with("/etc/netplan/50-cloud-init.yaml", ALL)
                .withLink("/etc/systemd/system/systemd-networkd.service", "/dev/null");

        assertThat(fact(root, "systemd-networkd.active").known()).contains(new Flag(false));
    }

    @Test
    void a_file_of_the_administrator_and_its_drop_ins_count_over_what_netplan_makes() {
        Root root = image().with("/etc/netplan/50-cloud-init.yaml", ALL)
                .with("/etc/systemd/network/10-netplan-nics.network.d/calico.conf", "[Link]\nUnmanaged=yes\n");
        assertThat(((Rows) fact(root, "systemd-networkd.networks").known().orElseThrow()).rows())
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("unmanaged", "yes"));

        root.with("/etc/systemd/network/10-netplan-nics.network", "[Match]\nName=lan0\n");
        assertThat(((Rows) fact(root, "systemd-networkd.networks").known().orElseThrow()).rows())
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("match", "Name=lan0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "network: [",
                "network:\n  ethernets: []\n",
                "network:\n  ethernets:\n    \"cali*\": {}\n",
                "network:\n  renderer: ifupdown\n",
                "network:\n  hyperlinks:\n    h0: {}\n",
                "network:\n  version: 2\n  version: 2\n",
                "- network\n"
            })
    void what_netplan_may_refuse_or_is_not_known_leaves_everything_open(String yaml) {
        Root root = image().with("/etc/netplan/01-a.yaml", yaml).with("/usr/sbin/NetworkManager", "ELF");

        for (String name : List.of("systemd-networkd.networks", "systemd-networkd.active", "network-manager.config")) {
            assertThat(fact(root, name))
                    .describedAs(name)
                    .isInstanceOfSatisfying(
                            Observed.Unknown.class,
                            unknown -> assertThat(unknown.origin().where()).isEqualTo("/etc/netplan/01-a.yaml"));
        }
    }

    @Test
    void a_file_that_cannot_be_read_leaves_everything_open() {
        Root root = image().withDirectory("/etc/netplan/01-a.yaml");

        assertThat(fact(root, "systemd-networkd.networks").isUnknown()).isTrue();
        assertThat(fact(root, "systemd-networkd.active").isUnknown()).isTrue();
    }

    @Test
    void the_renderer_NetworkManager_gives_it_the_wired_interfaces_that_the_distribution_took_from_it() {
        String kept = "[keyfile]\nunmanaged-devices=*,except:type:wifi\n";
        Root root = image().with("/usr/sbin/NetworkManager", "ELF")
                .with("/usr/lib/NetworkManager/conf.d/10-globally-managed-devices.conf", kept);
        assertThat(((Table) fact(root, "network-manager.config").known().orElseThrow())
                        .entry("keyfile.unmanaged-devices"))
                .isPresent();

        root.with("/etc/netplan/01-network-manager-all.yaml", "network:\n  renderer: NetworkManager\n");
        assertThat(((Table) fact(root, "network-manager.config").known().orElseThrow())
                        .entry("keyfile.unmanaged-devices"))
                .isEmpty();
        assertThat(fact(root, "systemd-networkd.active").known()).contains(new Flag(false));
    }

    private Root withCloudInit() {
        return image().with("/usr/lib/systemd/system/cloud-init-local.service", "")
                .with("/etc/cloud/cloud.cfg", "# users and packages\nusers: [default]\n");
    }

    @Test
    void what_tells_cloud_init_of_the_network_becomes_its_file_of_netplan() {
        Root root = withCloudInit()
                .with("/etc/netplan/50-cloud-init.yaml", "network:\n  ethernets: {eth0: {dhcp4: true}}\n")
                .with("/etc/cloud/cloud.cfg.d/90-network.cfg", ALL);

        assertThat(((Rows) fact(root, "systemd-networkd.networks").known().orElseThrow()).rows())
                .containsExactly(Map.of(
                        "file",
                        "/etc/cloud/cloud.cfg.d/90-network.cfg",
                        "line",
                        "4",
                        "match",
                        "Name=*",
                        "unmanaged",
                        "no"));
    }

    @Test
    void its_version_1_names_devices() {
        Root root = withCloudInit().with("/etc/cloud/cloud.cfg.d/90-network.cfg", """
                network:
                  version: 1
                  config:
                    - {type: nameserver, address: 192.0.2.1}
                    - type: physical
                      name: cali7
                    - type: physical
                      name: lan0
                      mac_address: "02:00:00:00:00:01"
                """);

        assertThat(((Rows) fact(root, "systemd-networkd.networks").known().orElseThrow()).rows())
                .extracting(row -> row.getOrDefault("line", "") + " " + row.getOrDefault("match", ""))
                .containsExactly("6 Name=cali7", "8 PermanentMACAddress=02:00:00:00:00:01\nName=lan0");
    }

    @Test
    void a_cloud_init_that_is_switched_off_or_told_to_leave_the_network_alone_writes_nothing() {
        Root told = withCloudInit()
                .with("/etc/cloud/cloud.cfg.d/10-network.cfg", ALL)
                .with("/etc/cloud/cloud.cfg.d/99-disable.cfg", "network: {config: disabled}\n");
        assertThat(fact(told, "systemd-networkd.networks").known()).contains(new Rows(List.of()));

        Root off = new Root(directory)
                .with("/etc/cloud/cloud.cfg.d/99-disable.cfg", ALL)
                .with("/etc/cloud/cloud-init.disabled", "");
        assertThat(fact(off, "systemd-networkd.networks").known()).contains(new Rows(List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"network: [", "network:\n  ethernets: {eth1: {}}\n"})
    void what_cannot_be_read_or_adds_up_leaves_it_open(String other) {
        Root root = withCloudInit()
                .with("/etc/cloud/cloud.cfg.d/10-network.cfg", ALL)
                .with("/etc/cloud/cloud.cfg.d/20-network.cfg", other);

        assertThat(fact(root, "systemd-networkd.networks").isUnknown()).isTrue();
    }
}
