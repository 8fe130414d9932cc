package calico.preflight.facts.parse;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.FactValue.Table;
import calico.preflight.facts.InterfaceManagement;
import calico.preflight.facts.InterfaceManagement.State;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.NetworkManagerConfiguration.ConfigurationFile;
import calico.preflight.facts.parse.NetworkManagerConfiguration.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterfaceManagementTest {

    private static final String SNIPPET = "/etc/NetworkManager/conf.d/calico.conf";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            interface-name:cali*;interface-name:tunl*      | cali*         | LEFT_ALONE
            interface-name:cali*;interface-name:tunl*      | tunl*         | LEFT_ALONE
            interface-name:cali*;interface-name:tunl*      | tunl0         | LEFT_ALONE
            interface-name:cali*;interface-name:tunl*      | vxlan.calico  | MANAGED
            INTERFACE-NAME:cal*                            | cali*         | LEFT_ALONE
            interface-name:cali1*                          | cali*         | MANAGED
            interface-name:cali?*                          | cali*         | MANAGED
            interface-name:cali?*,interface-name:cali      | cali*         | LEFT_ALONE
            interface-name:~cali*                          | cali*         | LEFT_ALONE
            interface-name:=cali*                          | cali*         | MANAGED
            interface-name:=vxlan.calico                   | vxlan.calico  | LEFT_ALONE
            interface-name:c[ab]li*                        | cali*         | MANAGED
            cali*                                          | cali*         | MANAGED
            tunl0                                          | tunl0         | LEFT_ALONE
            *                                              | cali*         | LEFT_ALONE
            *,except:interface-name:eth0                   | cali*         | LEFT_ALONE
            except:interface-name:eth*                     | cali*         | LEFT_ALONE
            except:interface-name:eth*                     | eth0          | MANAGED
            *,except:interface-name:cali9*                 | cali*         | MANAGED
            *,except:interface-name:cali*                  | cali*         | MANAGED
            except:cali0                                   | cali0         | LEFT_ALONE
            driver:veth                                    | cali*         | LEFT_ALONE
            driver:e1000                                   | cali*         | MANAGED
            type:veth                                      | cali*         | UNDECIDED
            type:wifi                                      | cali*         | MANAGED
            type:vxlan                                     | vxlan.calico  | LEFT_ALONE
            driver:ipip                                    | tunl0         | UNDECIDED
            type:wireguard                                 | wireguard.cali | UNDECIDED
            mac:00:11:22:33:44:55                          | cali*         | UNDECIDED
            00:11:22:33:44:55                              | cali*         | UNDECIDED
            mac:00:11:22:33:44:55;interface-name:cali*     | cali*         | LEFT_ALONE
            *,except:mac:00:11:22:33:44:55                 | cali*         | UNDECIDED
            driver:x                                       | eth0          | UNDECIDED
            ''                                             | cali*         | MANAGED
            """)
    void unmanaged_devices_decides(String list, String pattern, State state) {
        InterfaceManagement management =
                of("[keyfile]\nunmanaged-devices=" + list + "\n").management(pattern);

        assertThat(management.state()).describedAs(management.why()).isEqualTo(state);
        if (state == State.LEFT_ALONE) {
            assertThat(management.origin()).hasToString(SNIPPET + ":2");
        }
    }

    @Test
    void a_part_that_is_not_covered_is_shown_by_an_example() {
        assertThat(of("[keyfile]\nunmanaged-devices=interface-name:cali1*\n").management("cali*"))
                .isEqualTo(new InterfaceManagement(
                        State.MANAGED,
                        "only a part of cali* is left alone; an interface named cali is not: nothing in the"
                                + " configuration leaves it alone",
                        new Origin(SNIPPET, 2)));
    }

    @Test
    void the_first_device_section_that_matches_and_says_something_decides() {
        NetworkManagerConfiguration configuration = of("""
                [device-quiet]
                match-device=*
                wifi.backend=iwd
                [device-tunnels]
                match-device=interface-name:tunl*
                managed=0
                [device-calico]
                match-device=interface-name:cali*
                managed=no
                [device-too-late]
                match-device=interface-name:cali*
                managed=1
                [device]
                managed=true
                """);

        InterfaceManagement cali = configuration.management("cali*");
        assertThat(cali.state()).isEqualTo(State.LEFT_ALONE);
        assertThat(cali.origin()).isEqualTo(new Origin(SNIPPET, 9));
        assertThat(configuration.management("tunl0").state()).isEqualTo(State.LEFT_ALONE);
        assertThat(configuration.management("vxlan.calico"))
                .isEqualTo(new InterfaceManagement(
                        State.MANAGED, "[device] says that it is managed", new Origin(SNIPPET, 14)));
    }

    @Test
    void a_section_of_a_later_file_comes_before_those_of_earlier_files() {
        String leave = "[device-a]\nmatch-device=interface-name:cali*\nmanaged=0\n";
        String manage = "[device-b]\nmatch-device=interface-name:cali*\nmanaged=1\n";

        assertThat(merged(List.of(file("10.conf", leave), file("20.conf", manage)))
                        .management("cali*")
                        .state())
                .isEqualTo(State.MANAGED);
        assertThat(merged(List.of(file("20.conf", leave), file("10.conf", manage)))
                        .management("cali*")
                        .state())
                .isEqualTo(State.LEFT_ALONE);
    }

    @Test
    void stop_match_ends_the_search_and_a_value_that_is_no_yes_or_no_means_managed() {
        assertThat(of("""
                        [device-a]
                        match-device=interface-name:cali*
                        stop-match=yes
                        [device-b]
                        managed=0
                        """).management("cali*").state()).isEqualTo(State.MANAGED);
        assertThat(of("[device]\nmanaged=perhaps\n").management("cali*").state())
                .isEqualTo(State.MANAGED);
        assertThat(of("[device]\nmanaged=0\n").management("cali*").state()).isEqualTo(State.LEFT_ALONE);
    }

    @Test
    void unmanaged_devices_cannot_be_overruled_by_a_device_section() {
        assertThat(of("[keyfile]\nunmanaged-devices=interface-name:cali*\n[device]\nmanaged=1\n")
                        .management("cali*")
                        .state())
                .isEqualTo(State.LEFT_ALONE);
    }

    @Test
    void no_auto_default_leaves_nothing_alone() {
        assertThat(of("[main]\nno-auto-default=*\n").management("cali*").state())
                .isEqualTo(State.MANAGED);
    }

    @Test
    void a_later_file_adds_to_the_list_and_is_the_one_that_decided() {
        InterfaceManagement management = merged(List.of(
                        file("10.conf", "[keyfile]\nunmanaged-devices=interface-name:docker*\n"),
                        file("20.conf", "[keyfile]\n\nunmanaged-devices+=interface-name:cali*\n")))
                .management("cali*");

        assertThat(management.state()).isEqualTo(State.LEFT_ALONE);
        assertThat(management.origin()).hasToString("/etc/NetworkManager/conf.d/20.conf:3");
    }

    @Test
    void what_was_merged_can_be_taken_from_the_table_alone() {
        Table table = of("""
                        [device-z]
                        match-device=interface-name:cali*
                        managed=0
                        [device-a]
                        managed=1
                        [device.x]
                        y=1
                        [device]
                        x.y=2
                        """).toTable();

        assertThat(NetworkManagerConfiguration.of(table).management("cali*").origin())
                .isEqualTo(new Origin(SNIPPET, 3));
        assertThat(table.entry("device-z.managed")).contains(Entry.from(new Origin(SNIPPET, 3), "0"));
        assertThat(table.entry("device.x.y").map(Entry::value)).contains("2");
        assertThat(table.entry("[device.x].y").map(Entry::value)).contains("1");
    }

    @Test
    void a_table_written_by_hand_without_the_order_decides_what_does_not_depend_on_it() {
        Entry unmanaged = Entry.at(0, "interface-name:cali*");
        assertThat(NetworkManagerConfiguration.of(new Table(Map.of("keyfile.unmanaged-devices", unmanaged)))
                        .management("cali*")
                        .state())
                .isEqualTo(State.LEFT_ALONE);
        assertThat(NetworkManagerConfiguration.of(new Table(
                                Map.of("device-a.managed", Entry.at(0, "1"), "device-b.managed", Entry.at(0, "0"))))
                        .management("cali*")
                        .state())
                .isEqualTo(State.UNDECIDED);
    }

    @Test
    void a_list_of_very_many_patterns_is_left_undecided_rather_than_worked_on_for_ever() {
        StringBuilder list = new StringBuilder("[keyfile]\nunmanaged-devices=");
        for (int i = 0; i < 3000; i++) {
            list.append("interface-name:*").append(i).append("?*a*b,");
        }
        assertThat(of(list + "\n").management("cali*").state()).isEqualTo(State.UNDECIDED);
    }

    @Test
    void a_file_that_is_no_key_file_makes_the_configuration_unknown() {
        Observed<NetworkManagerConfiguration> broken = NetworkManagerConfiguration.merge(
                files(List.of(file("10.conf", "[main]\n\nthis is no setting\n"))), NetworkManagerBuild.UNKNOWN);

        assertThat(broken)
                .isEqualTo(Observed.unknown(
                        "NetworkManager refuses to start with this file: neither key=value nor [section] nor comment",
                        new Origin("/etc/NetworkManager/conf.d/10.conf", 3)));
    }

    @Test
    void a_condition_on_the_version_cannot_be_decided_without_the_version() {
        Files files = files(List.of(file("10.conf", "[.config]\nenable=nm-version-min:1.40\n[main]\ndns=none\n")));

        assertThat(NetworkManagerConfiguration.merge(files, NetworkManagerBuild.UNKNOWN)
                        .isUnknown())
                .isTrue();
        assertThat(NetworkManagerConfiguration.merge(files, NetworkManagerBuild.of("1.42.4-1.el9"))
                        .known()
                        .flatMap(configuration -> configuration.setting("main", "dns")))
                .isPresent();
        assertThat(NetworkManagerConfiguration.merge(files, NetworkManagerBuild.of("1.30.0"))
                        .known()
                        .flatMap(configuration -> configuration.setting("main", "dns")))
                .isEmpty();
    }

    private static NetworkManagerConfiguration of(String snippet) {
        return merged(List.of(file("calico.conf", snippet)));
    }

    private static ConfigurationFile file(String name, String text) {
        return new ConfigurationFile("/etc/NetworkManager/conf.d/" + name, text);
    }

    private static Files files(List<ConfigurationFile> etc) {
        return new Files(List.of(), List.of(), Optional.empty(), etc, Optional.empty());
    }

    private static NetworkManagerConfiguration merged(List<ConfigurationFile> etc) {
        return NetworkManagerConfiguration.merge(files(etc), NetworkManagerBuild.UNKNOWN)
                .known()
                .orElseThrow();
    }
}
