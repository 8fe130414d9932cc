package calico.preflight.facts.parse;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.FactValue.Rows;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class UdevLinksTest {

    private static final OptionalInt TODAY = OptionalInt.of(252);
    private static final SystemdFile DEFAULT = file(
            "/usr/lib/systemd/network/99-default.link",
            "# comes with systemd\n[Match]\nOriginalName=*\n\n[Link]\nNamePolicy=keep\nMACAddressPolicy=persistent\n");

    @Test
    void the_default_of_systemd_rewrites_the_addresses_of_all_devices() {
        assertThat(policies(DEFAULT))
                .containsOnlyKeys("vxlan", "veth", "ipip", "wireguard", "flannel")
                .allSatisfy((kind, policy) -> assertThat(policy)
                        .isEqualTo(known("persistent", "/usr/lib/systemd/network/99-default.link", 2)));
    }

    @Test
    void the_first_file_that_matches_counts_and_no_other() {
        SystemdFile veth =
                file("/usr/lib/systemd/network/50-veth.link", "[Match]\nDriver=veth\n[Link]\nMACAddressPolicy=none\n");
        SystemdFile calico =
                file("/etc/systemd/network/10-calico.link", "[Match]\nOriginalName=vxlan*\n[Link]\nMTUBytes=1450\n");

        Map<String, Observed<Entry>> policies = policies(DEFAULT, veth, calico);

        assertThat(policies)
                .containsEntry("veth", known("none", "/usr/lib/systemd/network/50-veth.link", 1))
                .containsEntry("vxlan", known("none", "/etc/systemd/network/10-calico.link", 1))
                .containsEntry("ipip", known("persistent", "/usr/lib/systemd/network/99-default.link", 2));
    }

    @Test
    void the_vxlan_of_flannel_has_a_name_of_its_own_and_the_driver_of_every_vxlan() {
        SystemdFile flannel = file(
                "/usr/lib/systemd/network/50-flannel.link",
                "[Match]\nOriginalName=flannel*\n[Link]\nMACAddressPolicy=none\n");
        SystemdFile card = file(
                "/run/systemd/network/10-netplan-eth0.link",
                "[Match]\nMACAddress=00:11:22:33:44:55\n[Link]\nName=eth0\n");

        assertThat(policies(DEFAULT, flannel, card))
                .containsEntry("flannel", known("none", "/usr/lib/systemd/network/50-flannel.link", 1))
                .containsEntry("vxlan", known("persistent", "/usr/lib/systemd/network/99-default.link", 2));
        assertThat(policies(
                        DEFAULT,
                        file(
                                "/etc/systemd/network/10-a.link",
                                "[Match]\nDriver=vxlan\n[Link]\nMACAddressPolicy=none\n")))
                .containsEntry("flannel", known("none", "/etc/systemd/network/10-a.link", 1));
    }

    @Test
    void the_name_in_a_link_file_is_what_the_device_is_to_be_called_and_matches_nothing() {
        assertThat(policies(
                        file("/etc/systemd/network/10-a.link", "[Match]\nName=*\n[Link]\nMACAddressPolicy=random\n")))
                .containsEntry("vxlan", Observed.absent(Origin.of("/etc/systemd/network")));
    }

    @Test
    void without_a_file_that_matches_there_is_no_policy() {
        assertThat(policies(file("/etc/systemd/network/10-eth.link", "[Match]\nMACAddress=00:11:22:33:44:55\n")))
                .allSatisfy((kind, policy) ->
                        assertThat(policy).isEqualTo(Observed.absent(Origin.of("/etc/systemd/network"))));
    }

    @Test
    void a_file_for_some_hosts_leaves_the_policy_open_where_the_next_one_differs() {
        SystemdFile some =
                file("/etc/systemd/network/10-a.link", "[Match]\nHost=node1\n[Link]\nMACAddressPolicy=none\n");

        assertThat(policies(DEFAULT, some))
                .containsEntry(
                        "vxlan",
                        Observed.unknown(
                                "/etc/systemd/network/10-a.link:1 (Host=node1) depends on Host=node1",
                                new Origin("/etc/systemd/network/10-a.link", 1)));
        assertThat(policies(some)).containsEntry("vxlan", Observed.absent(Origin.of("/etc/systemd/network")));
    }

    @Test
    void names_of_one_pattern_that_differ_leave_the_policy_open() {
        SystemdFile some =
                file("/etc/systemd/network/10-a.link", "[Match]\nOriginalName=cali1*\n[Link]\nMACAddressPolicy=none\n");

        assertThat(Objects.requireNonNull(policies(DEFAULT, some).get("veth")).isUnknown())
                .isTrue();
    }

    @Test
    void an_empty_policy_means_none_and_one_that_is_none_of_the_three_is_passed_over() {
        assertThat(UdevLinks.rows(List.of(
                                file("/e/10-a.link", "[Link]\nMACAddressPolicy=persistent\nMACAddressPolicy=\n"),
                                file("/e/20-b.link", "[Link]\nMACAddressPolicy=random\nMACAddressPolicy=often\n"),
                                file("/e/30-c.link", "[Link]\nMTUBytes=1500\n")))
                        .rows())
                .extracting(row -> row.get("mac-address-policy"))
                .containsExactly("none", "random", "none");
    }

    private static Map<String, Observed<Entry>> policies(SystemdFile... files) {
        Rows rows = UdevLinks.rows(List.of(files));
        return UdevLinks.of(rows).policies(TODAY);
    }

    private static Observed<Entry> known(String policy, String file, int line) {
        return Observed.known(Entry.from(new Origin(file, line), policy), new Origin(file, line));
    }

    private static SystemdFile file(String path, String text) {
        return new SystemdFile(path, text, List.of());
    }
}
