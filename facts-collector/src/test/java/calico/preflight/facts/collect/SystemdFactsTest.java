package calico.preflight.facts.collect;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.FactValue.Flag;
import calico.preflight.facts.FactValue.Rows;
import calico.preflight.facts.FactValue.Table;
import calico.preflight.facts.FactValue.Text;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.source.HostCommand;
import calico.preflight.facts.source.HostSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** systemd-networkd and udev, by the files of hosts that are laid out here. */
class SystemdFactsTest {

    private static final String ALL = "[Match]\nName=*\n[Network]\nDHCP=yes\n";
    private static final String PERSISTENT = "[Match]\nOriginalName=*\n[Link]\nMACAddressPolicy=persistent\n";

    @TempDir
    Path directory;

    private Root image() {
        return new Root(directory)
                .withDirectory("/etc")
                .withDirectory("/usr/lib")
                .withDirectory("/usr/bin");
    }

    private static Map<String, Observed<FactValue>> facts(HostSource host) {
        return new SystemdCollector()
                .collect(new Look(host), CollectionOptions.none()).stream()
                        .collect(Collectors.toMap(Fact::name, Fact::observed));
    }

    private static Observed<FactValue> fact(HostSource host, String name) {
        return Objects.requireNonNull(facts(host).get(name), name);
    }

    private static List<String> column(HostSource host, String name, String column) {
        Rows rows = (Rows) fact(host, name).known().orElseThrow();
        return rows.rows().stream().map(row -> row.getOrDefault(column, "")).toList();
    }

    @Nested
    class Networks {

        @Test
        void files_of_all_places_count_in_the_order_of_their_names() {
            Root root = image().with("/usr/lib/systemd/network/80-c.network", ALL)
                    .with("/run/systemd/network/10-netplan-eth0.network", "[Match]\nName=eth0\n")
                    .with("/usr/local/lib/systemd/network/70-b.network", ALL)
                    .with("/etc/systemd/network/Z.network", ALL)
                    .with("/etc/systemd/network/90-d.network", ALL)
                    .with("/etc/systemd/network/95-e.netdev", ALL)
                    .with("/etc/systemd/network/96-f.network.example", ALL);

            assertThat(column(root.host(), "systemd-networkd.networks", "file"))
                    .containsExactly(
                            "/run/systemd/network/10-netplan-eth0.network",
                            "/usr/local/lib/systemd/network/70-b.network",
                            "/usr/lib/systemd/network/80-c.network",
                            "/etc/systemd/network/90-d.network",
                            "/etc/systemd/network/Z.network");
        }

        @Test
        void a_file_of_the_administrator_takes_the_place_of_the_one_with_the_same_name() {
            Root root = image().with("/usr/lib/systemd/network/50-a.network", ALL)
                    .with("/run/systemd/network/50-a.network", ALL)
                    .with("/etc/systemd/network/50-a.network", "\n[Match]\nName=eth0\n[Link]\nUnmanaged=yes\n");

            assertThat(fact(root.host(), "systemd-networkd.networks"))
                    .isEqualTo(Observed.known(
                            new Rows(List.of(Map.of(
                                    "file", "/etc/systemd/network/50-a.network",
                                    "line", "2",
                                    "match", "Name=eth0",
                                    "unmanaged", "yes"))),
                            Origin.of("/etc/systemd/network")));
        }

        @Test
        void an_empty_file_or_a_link_to_nothing_masks_and_a_link_that_leads_nowhere_does_not() throws Exception {
            Root root = image().with("/usr/lib/systemd/network/50-a.network", ALL)
                    .with("/usr/lib/systemd/network/60-b.network", ALL)
                    .with("/usr/lib/systemd/network/70-c.network", ALL)
                    .with("/etc/systemd/network/50-a.network", "")
                    .withLink("/etc/systemd/network/60-b.network", "/dev/null")
                    .withLink("/etc/systemd/network/70-c.network", "/etc/nowhere");

            assertThat(column(root.host(), "systemd-networkd.networks", "file"))
                    .containsExactly("/usr/lib/systemd/network/70-c.network");
            // JUnit warns of links that lead out of its folder.
            Files.delete(directory.resolve("etc/systemd/network/60-b.network"));
            Files.delete(directory.resolve("etc/systemd/network/70-c.network"));
        }

        @Test
        void drop_ins_of_all_places_change_a_file() {
            Root root = image().with("/usr/lib/systemd/network/50-a.network", ALL)
                    .with("/usr/lib/systemd/network/50-a.network.d/10-x.conf", "[Match]\nDriver=veth\n")
                    .with("/run/systemd/network/50-a.network.d/20-y.conf", "[Link]\nUnmanaged=no\n")
                    .with("/etc/systemd/network/50-a.network.d/20-y.conf", "[Link]\nUnmanaged=yes\n")
                    .with("/etc/systemd/network/50-a.network.d/10-x.conf", "");

            assertThat(column(root.host(), "systemd-networkd.networks", "match"))
                    .containsExactly("Name=*");
            assertThat(column(root.host(), "systemd-networkd.networks", "unmanaged"))
                    .containsExactly("yes");
        }

        @Test
        void a_host_without_such_files_has_none() {
            assertThat(fact(image().host(), "systemd-networkd.networks"))
                    .isEqualTo(Observed.known(new Rows(List.of()), Origin.of("/etc/systemd/network")));
        }

        @Test
        void a_copy_of_etc_alone_does_not_tell_what_came_with_the_system() {
            Root root = new Root(directory).with("/etc/systemd/network/50-a.network", ALL);

            assertThat(fact(root.host(), "systemd-networkd.networks"))
                    .isEqualTo(Observed.unknown("there is no /usr/lib to look at", Origin.of("/etc/systemd/network")));
        }
    }

    @Nested
    class Active {

        private Observed<FactValue> active(HostSource host) {
            return new NetworkManagementCollector()
                    .collect(new Look(host), CollectionOptions.none()).stream()
                            .filter(fact -> fact.name().equals("systemd-networkd.active"))
                            .findFirst()
                            .orElseThrow()
                            .observed();
        }

        @Test
        void a_host_that_does_not_have_the_program_does_not_run_it() {
            assertThat(active(image().host()))
                    .isEqualTo(Observed.known(new Flag(false), Origin.of("/usr/lib/systemd/systemd-networkd")));
        }

        @Test
        void a_program_that_nothing_is_known_to_start_may_run() {
            Root root = image().with("/usr/lib/systemd/systemd-networkd", "ELF");

            assertThat(active(root.host()).isUnknown()).isTrue();
        }

        @Test
        void links_of_the_administrator_alone_do_not_tell_what_the_system_starts_itself() {
            Root copied = new Root(directory).withDirectory("/etc/systemd/system/multi-user.target.wants");
            assertThat(active(copied.host()).isUnknown()).isTrue();

            Root whole = copied.withDirectory("/usr/lib/systemd/system");
            assertThat(active(whole.host()).known()).contains(new Flag(false));

            Root started = whole.with("/usr/lib/systemd/system/systemd-networkd.service", "")
                    .with("/usr/lib/systemd/system/multi-user.target.wants/systemd-networkd.service", "");
            assertThat(active(started.host()).known()).contains(new Flag(true));
        }

        @Test
        void a_unit_that_only_its_link_tells_of_may_be_there() {
            Root root = new Root(directory)
                    .with("/etc/systemd/system/multi-user.target.wants/systemd-networkd.service", "");

            assertThat(active(root.host()).isUnknown()).isTrue();
            assertThat(active(root.with("/usr/lib/systemd/system/systemd-networkd.service", "")
                                    .host())
                            .known())
                    .contains(new Flag(true));
        }
    }

    @Nested
    class Configuration {

        @Test
        void drop_ins_count_over_the_first_main_file() {
            Root root = image().with(
                            "/etc/systemd/networkd.conf", "[Network]\n#ManageForeignRoutes=no\nSpeedMeter=yes\n")
                    .with("/usr/lib/systemd/networkd.conf", "[Network]\nManageForeignNextHops=no\n")
                    .with(
                            "/usr/lib/systemd/networkd.conf.d/10-cni.conf",
                            "[Network]\nManageForeignRoutes=no\nManageForeignRoutingPolicyRules=0\n")
                    .with("/etc/systemd/networkd.conf.d/50-own.conf", "[Network]\nManageForeignRoutes=yes\n");

            assertThat(((Table) fact(root.host(), "systemd-networkd.config")
                                    .known()
                                    .orElseThrow())
                            .entries())
                    .isEqualTo(Map.of(
                            "Network.SpeedMeter",
                            Entry.from(new Origin("/etc/systemd/networkd.conf", 3), "yes"),
                            "Network.ManageForeignRoutes",
                            Entry.from(new Origin("/etc/systemd/networkd.conf.d/50-own.conf", 2), "yes"),
                            "Network.ManageForeignRoutingPolicyRules",
                            Entry.from(new Origin("/usr/lib/systemd/networkd.conf.d/10-cni.conf", 3), "no")));
        }

        @Test
        void drop_ins_alone_are_enough_and_nothing_at_all_is_an_empty_table() {
            assertThat(fact(image().host(), "systemd-networkd.config").known()).contains(new Table(Map.of()));
            Root root = image().with("/run/systemd/networkd.conf.d/a.conf", "[Network]\nManageForeignRoutes=off\n");
            assertThat(((Table) fact(root.host(), "systemd-networkd.config")
                                    .known()
                                    .orElseThrow())
                            .entry("Network.ManageForeignRoutes"))
                    .contains(Entry.from(new Origin("/run/systemd/networkd.conf.d/a.conf", 2), "no"));
        }
    }

    @Nested
    class SystemdVersion {

        @Test
        void its_own_library_has_the_version_in_its_name() {
            Root root = image().with("/usr/lib/x86_64-linux-gnu/systemd/libsystemd-shared-257.so", "ELF");
            assertThat(fact(root.host(), "systemd.version"))
                    .isEqualTo(Observed.known(
                            new Text("257"), Origin.of("/usr/lib/x86_64-linux-gnu/systemd/libsystemd-shared-257.so")));
        }

        @Test
        void what_a_package_adds_to_the_version_is_left_out() {
            Root root = image().with("/usr/lib/systemd/libsystemd-shared-254.10-1.fc39.so", "ELF");
            assertThat(fact(root.host(), "systemd.version").known()).contains(new Text("254.10"));
        }

        @Test
        void where_no_library_or_more_than_one_tells_the_package_does_and_no_program_is_run() {
            Root root = image().with("/usr/lib/systemd/libsystemd-shared-247.so", "ELF")
                    .with("/usr/lib/systemd/libsystemd-shared-252.so", "ELF")
                    .with("/usr/lib/systemd/systemd", "ELF")
                    .with(
                            "/var/lib/dpkg/status",
                            "Package: systemd\nStatus: install ok installed\nVersion: 252.39-1~deb12u2\n");
            RunningRoot running = RunningRoot.of(root, Map.of(HostCommand.RPM_PACKAGES, ""));

            assertThat(fact(running, "systemd.version"))
                    .isEqualTo(Observed.known(new Text("252.39"), new Origin("/var/lib/dpkg/status", 1)));
            assertThat(running.asked()).isEmpty();
        }

        @Test
        void a_host_without_systemd_has_no_version_and_one_that_does_not_tell_an_unknown_one() {
            assertThat(fact(image().host(), "systemd.version"))
                    .isEqualTo(Observed.absent(Origin.of("/usr/lib/systemd/systemd")));
            assertThat(fact(image().with("/lib/systemd/systemd", "ELF").host(), "systemd.version"))
                    .isEqualTo(Observed.unknown(
                            "neither a library nor a package tells", Origin.of("/lib/systemd/systemd")));
        }
    }

    @Nested
    class Links {

        @Test
        void the_first_link_file_that_matches_tells_the_policy_for_devices_of_calico() {
            Root root = image().with("/usr/lib/systemd/network/99-default.link", PERSISTENT)
                    .with("/etc/systemd/network/50-veth.link", "[Match]\nDriver=veth\n[Link]\nMACAddressPolicy=none\n");
            Origin byDefault = new Origin("/usr/lib/systemd/network/99-default.link", 1);

            assertThat(column(root.host(), "udev.links", "mac-address-policy")).containsExactly("none", "persistent");
            assertThat(((Table) fact(root.host(), "udev.mac-address-policy")
                                    .known()
                                    .orElseThrow())
                            .entries())
                    .isEqualTo(Map.of(
                            "veth", Entry.from(new Origin("/etc/systemd/network/50-veth.link", 1), "none"),
                            "vxlan", Entry.from(byDefault, "persistent"),
                            "ipip", Entry.from(byDefault, "persistent"),
                            "wireguard", Entry.from(byDefault, "persistent"),
                            "flannel", Entry.from(byDefault, "persistent")));
        }

        @Test
        void a_policy_that_cannot_be_told_is_an_unknown_fact_of_its_own() {
            Root root = image().with("/usr/lib/systemd/network/99-default.link", PERSISTENT)
                    .with(
                            "/etc/systemd/network/10-a.link",
                            "[Match]\nHost=a\nOriginalName=vxlan*\n[Link]\nMACAddressPolicy=none\n");

            assertThat(fact(root.host(), "udev.mac-address-policy.vxlan").isUnknown())
                    .isTrue();
            assertThat(((Table) fact(root.host(), "udev.mac-address-policy")
                                    .known()
                                    .orElseThrow())
                            .entries())
                    .containsOnlyKeys("veth", "ipip", "wireguard", "flannel");
        }
    }
}
