package calico.preflight.facts.parse;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.facts.FactValue.Rows;
import calico.preflight.facts.InterfaceManagement;
import calico.preflight.facts.InterfaceManagement.State;
import calico.preflight.facts.Origin;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkdNetworksTest {

    private static final OptionalInt TODAY = OptionalInt.of(252);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Name=*                                    | cali*          | MANAGED
            Name=cali*                                | cali*          | MANAGED
            Name=cali12*                              | cali*          | MANAGED
            Name=c?li* eth0                           | cali*          | MANAGED
            Name=cali[0-9a-f]*                        | cali*          | MANAGED
            Name=[!e]*                                | cali*          | MANAGED
            Name=vxlan\\.calico                       | vxlan.calico   | MANAGED
            Name=eth0 en*                             | cali*          | LEFT_ALONE
            Name=[ew]*                                | cali*          | LEFT_ALONE
            Name=cali?????????????                    | cali*          | LEFT_ALONE
            Name=!eth0 lo                             | cali*          | MANAGED
            Name=!cali* tunl*                         | cali*          | LEFT_ALONE
            Name=!cali1*                              | cali*          | MANAGED
            Name=*;Name=!cali*                        | cali*          | LEFT_ALONE
            Name=*;Name=;Name=eth0                    | cali*          | LEFT_ALONE
            OriginalName=eth0                         | cali*          | LEFT_ALONE
            Driver=veth                               | cali*          | MANAGED
            Driver="virtio_net" vmxnet3               | cali*          | LEFT_ALONE
            Driver=!veth                              | cali*          | LEFT_ALONE
            Driver=!veth dummy                        | vxlan.calico   | MANAGED
            Driver=ipip                               | tunl0          | UNDECIDED
            Driver=!ipip                              | tunl0          | UNDECIDED
            Type=ether                                | cali*          | MANAGED
            Type=ether                                | vxlan.calico   | LEFT_ALONE
            Type=wlan                                 | cali*          | LEFT_ALONE
            Type=!ether                               | tunl0          | MANAGED
            Type=!loopback tunnel vxlan wireguard     | tunl0          | LEFT_ALONE
            Type=!loopback tunnel vxlan wireguard     | wireguard.cali | LEFT_ALONE
            Kind=veth                                 | cali*          | MANAGED
            Kind=!*;Type=ether                        | cali*          | LEFT_ALONE
            Kind=wireguard                            | wg-v6.cali     | MANAGED
            MACAddress=00:11:22:33:44:55              | cali*          | LEFT_ALONE
            MACAddress=EE-EE-EE-EE-EE-EE              | cali*          | UNDECIDED
            PermanentMACAddress=00:11:22:33:44:55     | vxlan.calico   | LEFT_ALONE
            Path=pci-*                                | cali*          | LEFT_ALONE
            Path=!pci-*                               | cali*          | MANAGED
            SSID=home                                 | cali*          | LEFT_ALONE
            Property=ID_BUS=usb                       | cali*          | UNDECIDED
            Name=eth*;Property=ID_BUS=usb             | cali*          | LEFT_ALONE
            Virtualization=vmware                     | cali*          | UNDECIDED
            Host=node1;Name=*                         | cali*          | UNDECIDED
            Host=node1;Host=;Name=*                   | cali*          | MANAGED
            Host=node1;Name=eth0                      | cali*          | LEFT_ALONE
            Nonsense=eth0                             | cali*          | LEFT_ALONE
            Driver=tun                                | tap*           | UNDECIDED
            Type=!loopback dummy;Driver=!e1000        | tap*           | MANAGED
            MACAddress=00:11:22:33:44:55              | tap*           | UNDECIDED
            Driver=veth                               | eth1           | UNDECIDED
            """)
    void the_match_section_decides_by_what_the_device_will_be_like(String match, String pattern, State state) {
        InterfaceManagement management =
                networks(row("10-a.network", match, "no")).management(pattern, TODAY, HostConditions.UNKNOWN);

        assertThat(management.state()).describedAs(management.why()).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''              | 244 | MANAGED
            ''              | 245 | LEFT_ALONE
            ''              |     | UNDECIDED
            Kind=!veth      | 249 | LEFT_ALONE
            Kind=!*;Name=*  | 249 | MANAGED
            Kind=!*;Name=*  | 251 | LEFT_ALONE
            Kind=!*;Name=*  |     | UNDECIDED
            Type=ether      | 241 | LEFT_ALONE
            Type=ether      | 245 | MANAGED
            Type=ether      |     | UNDECIDED
            Name=cali*      |     | MANAGED
            Name=eth0       |     | LEFT_ALONE
            """)
    void versions_of_systemd_read_the_section_differently(String match, Integer version, State state) {
        InterfaceManagement management = networks(row("10-a.network", match, "no"))
                .management(
                        "cali*",
                        version == null ? OptionalInt.empty() : OptionalInt.of(version),
                        HostConditions.UNKNOWN);

        assertThat(management.state()).describedAs(management.why()).isEqualTo(state);
    }

    @Test
    void what_is_managed_is_shown_with_the_file_and_the_line() {
        assertThat(networks(row("10-all.network", "Name=*;Driver=!dummy", "no"))
                        .management("cali*", TODAY, HostConditions.UNKNOWN))
                .isEqualTo(new InterfaceManagement(
                        State.MANAGED,
                        "/etc/systemd/network/10-all.network:2 (Name=*, Driver=!dummy) matches it, and no file before"
                                + " it says Unmanaged=yes",
                        new Origin("/etc/systemd/network/10-all.network", 2)));
        assertThat(networks(row("10-part.network", "Name=cali1*", "no"))
                        .management("cali*", TODAY, HostConditions.UNKNOWN)
                        .why())
                .contains("matches an interface named cali1,");
    }

    @Test
    void a_file_that_comes_first_and_says_unmanaged_leaves_it_alone() {
        NetworkdNetworks networks =
                networks(row("05-calico.network", "Name=cali* tunl*", "yes"), row("10-all.network", "Name=*", "no"));

        assertThat(networks.management("cali*", TODAY, HostConditions.UNKNOWN))
                .isEqualTo(new InterfaceManagement(
                        State.LEFT_ALONE,
                        "/etc/systemd/network/05-calico.network:2 (Name=cali* tunl*) matches it and says"
                                + " Unmanaged=yes",
                        new Origin("/etc/systemd/network/05-calico.network", 2)));
        assertThat(networks.management("vxlan.calico", TODAY, HostConditions.UNKNOWN)
                        .state())
                .isEqualTo(State.MANAGED);
    }

    @Test
    void a_file_that_leaves_a_part_alone_leaves_the_rest_to_the_next() {
        assertThat(networks(row("05-calico.network", "Name=cali?*", "yes"), row("10-all.network", "Name=*", "no"))
                        .management("cali*", TODAY, HostConditions.UNKNOWN)
                        .origin())
                .isEqualTo(new Origin("/etc/systemd/network/10-all.network", 2));
        assertThat(networks(row("05-calico.network", "Name=cali1*", "yes"))
                        .management("cali*", TODAY, HostConditions.UNKNOWN))
                .isEqualTo(new InterfaceManagement(
                        State.LEFT_ALONE,
                        "/etc/systemd/network/05-calico.network:2 (Name=cali1*) matches an interface named cali1 and"
                                + " says Unmanaged=yes",
                        new Origin("/etc/systemd/network/05-calico.network", 2)));
    }

    @Test
    void a_condition_that_cannot_be_told_leaves_open_only_what_depends_on_it() {
        assertThat(networks(row("10-a.network", "Virtualization=vmware", "no"))
                        .management("cali*", TODAY, HostConditions.UNKNOWN))
                .isEqualTo(new InterfaceManagement(
                        State.UNDECIDED,
                        "/etc/systemd/network/10-a.network:2 (Virtualization=vmware) depends on"
                                + " Virtualization=vmware",
                        new Origin("/etc/systemd/network/10-a.network", 2)));
        // Whether it applies or not, the interface is left alone, or configured.
        assertThat(networks(row("10-a.network", "Host=a", "yes"))
                        .management("cali*", TODAY, HostConditions.UNKNOWN)
                        .state())
                .isEqualTo(State.LEFT_ALONE);
        assertThat(networks(row("10-a.network", "Host=a", "no"), row("20-b.network", "Name=*", "no"))
                        .management("cali*", TODAY, HostConditions.UNKNOWN)
                        .state())
                .isEqualTo(State.MANAGED);
        assertThat(networks(row("10-a.network", "Host=a", "yes"), row("20-b.network", "Name=*", "no"))
                        .management("cali*", TODAY, HostConditions.UNKNOWN)
                        .state())
                .isEqualTo(State.UNDECIDED);
    }

    @Test
    void what_is_known_of_the_host_settles_a_condition() {
        HostConditions vmware = new HostConditions(Set.of("Virtualization=vmware"), Set.of());
        HostConditions metal = new HostConditions(Set.of(), Set.of("Virtualization=vmware"));
        NetworkdNetworks on = networks(row("10-a.network", "Virtualization=vmware", "no"));
        NetworkdNetworks off = networks(row("10-a.network", "Virtualization=!vmware", "no"));

        assertThat(on.management("cali*", TODAY, vmware).state()).isEqualTo(State.MANAGED);
        assertThat(on.management("cali*", TODAY, metal).state()).isEqualTo(State.LEFT_ALONE);
        assertThat(off.management("cali*", TODAY, vmware).state()).isEqualTo(State.LEFT_ALONE);
        assertThat(off.management("cali*", TODAY, metal).state()).isEqualTo(State.MANAGED);
    }

    @Test
    void without_a_file_nothing_is_configured() {
        assertThat(networks().management("cali*", OptionalInt.empty(), HostConditions.UNKNOWN))
                .isEqualTo(new InterfaceManagement(
                        State.LEFT_ALONE, "no .network file matches it", Origin.of("/etc/systemd/network")));
    }

    @Test
    void very_many_patterns_are_left_undecided_rather_than_worked_on_for_ever() {
        StringBuilder names = new StringBuilder("Name=");
        for (int i = 0; i < 3000; i++) {
            names.append("*").append(i).append("?*a*[b-y]* ");
        }
        assertThat(networks(row("10-a.network", names.toString(), "no"))
                        .management("cali*", TODAY, HostConditions.UNKNOWN)
                        .state())
                .isEqualTo(State.UNDECIDED);
    }

    @Test
    void files_are_told_in_the_order_of_their_names_with_what_their_drop_ins_change() {
        SystemdFile last = file("/etc/systemd/network/zz-default.network", "[Network]\nDHCP=yes\n\n[Match]\nName=*\n");
        SystemdFile calico = new SystemdFile(
                "/usr/lib/systemd/network/20-calico.network",
                "[Match]\nName=vxlan.calico\n[Link]\nUnmanaged=perhaps\n",
                List.of(file(
                        "/etc/systemd/network/20-calico.network.d/a.conf",
                        "[Match]\nName=cali*\n[Link]\nUnmanaged=On")));

        assertThat(NetworkdNetworks.rows(List.of(last, calico)))
                .isEqualTo(new Rows(List.of(
                        Map.of(
                                "file", "/usr/lib/systemd/network/20-calico.network",
                                "line", "1",
                                "match", "Name=vxlan.calico\nName=cali*",
                                "unmanaged", "yes"),
                        Map.of(
                                "file", "/etc/systemd/network/zz-default.network",
                                "line", "4",
                                "match", "Name=*",
                                "unmanaged", "no"))));
    }

    private static SystemdFile file(String path, String text) {
        return new SystemdFile(path, text, List.of());
    }

    private record Row(String name, String match, String unmanaged) {
        Map<String, String> columns() {
            return Map.of(
                    "file",
                    "/etc/systemd/network/" + name,
                    "line",
                    "2",
                    "match",
                    match.replace(';', '\n'),
                    "unmanaged",
                    unmanaged);
        }
    }

    private static Row row(String name, String match, String unmanaged) {
        return new Row(name, match, unmanaged);
    }

    private static NetworkdNetworks networks(Row... rows) {
        return NetworkdNetworks.of(
                new Rows(Arrays.stream(rows).map(Row::columns).toList()));
    }
}
