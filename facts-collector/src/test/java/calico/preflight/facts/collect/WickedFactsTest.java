package calico.preflight.facts.collect;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Rows;
import calico.preflight.facts.FactValue.Table;
import calico.preflight.facts.InterfaceManagement.State;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.archive.ReportFolder;
import calico.preflight.facts.parse.WickedInterfaces;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** wicked, by the files of hosts that are laid out here. */
class WickedFactsTest {

    private static final String NETWORK = "/etc/sysconfig/network/";

    @TempDir
    Path directory;

    private Root image() {
        return new Root(directory).withDirectory("/usr/bin").withDirectory("/etc/systemd/system");
    }

    private static Map<String, Observed<FactValue>> facts(Root root) {
        return new NetworkManagersCollector()
                .collect(new Look(root.host()), CollectionOptions.none()).stream()
                        .collect(Collectors.toMap(Fact::name, Fact::observed));
    }

    private static Observed<FactValue> fact(Root root, String name) {
        return Objects.requireNonNull(facts(root).get(name), name);
    }

    private static State decision(Root root, String pattern) {
        return WickedInterfaces.of(
                        (Rows) fact(root, "wicked.interfaces").known().orElseThrow())
                .management(pattern)
                .state();
    }

    @Test
    void a_host_without_the_program_runs_no_further_manager() {
        assertThat(facts(image()))
                .containsEntry("network.managers", Observed.known(new Table(Map.of()), Origin.of("/usr/sbin/wickedd")))
                .containsEntry("wicked.interfaces", Observed.absent(Origin.of("/etc/sysconfig/network")))
                .hasSize(2);
    }

    @Test
    void a_report_that_has_no_copy_of_its_files_does_not_show_that_there_are_none() throws Exception {
        Root report = new Root(directory).withDirectory("/sos_commands").withDirectory("/etc");

        assertThat(new NetworkManagersCollector()
                        .collect(new Look(ReportFolder.open("report", directory)), CollectionOptions.none()).stream()
                                .filter(fact -> fact.name().equals("wicked.interfaces"))
                                .map(Fact::observed))
                .containsExactly(Observed.unknown(ReportFolder.NOT_COPIED, Origin.of("/etc/sysconfig/network")));
        assertThat(fact(report.with("/etc/sysconfig/network", "NETWORKING=yes\n"), "wicked.interfaces"))
                .as("a file of that name, as Red Hat has it")
                .isEqualTo(Observed.absent(Origin.of("/etc/sysconfig/network")));
    }

    @Test
    void one_that_starts_with_the_host_runs() {
        Root root = image().with("/usr/lib/systemd/system/wicked.service", "")
                .with("/etc/systemd/system/multi-user.target.wants/wicked.service", "");

        assertThat(((Table) fact(root, "network.managers").known().orElseThrow())
                        .entry("wicked")
                        .orElseThrow()
                        .origin())
                .isEqualTo("/etc/systemd/system/multi-user.target.wants/wicked.service");
    }

    @Test
    void one_of_which_cannot_be_told_whether_it_is_started_is_not_known() {
        Root root = new Root(directory).withDirectory("/usr/bin").with("/usr/sbin/wickedd", "ELF");

        assertThat(fact(root, "network.managers").isUnknown()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "ifcfg-cali12ab, STARTMODE=auto, MANAGED",
        "ifcfg-cali12ab, STARTMODE='hotplug', MANAGED",
        "ifcfg-cali12ab, STARTMODE=off, LEFT_ALONE",
        "ifcfg-cali12ab, STARTMODE=manual, LEFT_ALONE",
        "ifcfg-cali12ab, STARTMODE=sometimes, LEFT_ALONE",
        "ifcfg-cali12ab, BOOTPROTO=dhcp, LEFT_ALONE",
        "ifcfg-cali12ab~, STARTMODE=auto, LEFT_ALONE",
        "ifcfg-cali12ab.rpmsave, STARTMODE=auto, LEFT_ALONE",
        "ifcfg-cali12ab.scpmbackup, STARTMODE=auto, LEFT_ALONE",
        "ifroute-cali12ab, STARTMODE=auto, LEFT_ALONE",
        "ifcfg-eth0, STARTMODE=auto, LEFT_ALONE"
    })
    void it_takes_the_interfaces_that_have_a_file_and_start_by_themselves(String file, String text, State state) {
        assertThat(decision(image().with(NETWORK + file, "# written by hand\n" + text + "\n"), "cali*"))
                .isEqualTo(state);
    }

    @Test
    void what_decides_is_told_with_its_line() {
        Root root = image().with(NETWORK + "ifcfg-tunl0", "BOOTPROTO='none'\nSTARTMODE='auto'\n");

        assertThat(WickedInterfaces.of(
                                (Rows) fact(root, "wicked.interfaces").known().orElseThrow())
                        .management("tunl*"))
                .satisfies(decided -> {
                    assertThat(decided.origin()).isEqualTo(new Origin(NETWORK + "ifcfg-tunl0", 2));
                    assertThat(decided.why()).isEqualTo(NETWORK + "ifcfg-tunl0:2 configures tunl0 (start mode auto)");
                });
    }

    @Test
    void files_of_XML_name_their_interfaces_and_may_hold_several() {
        Root root = image().with("/etc/wicked/ifconfig/all.xml", """
                <?xml version="1.0"?>
                <interface><name>eth0</name></interface>
                <interface>
                  <name>cali7</name>
                  <control><mode>boot</mode></control>
                </interface>
                <interface>
                  <name>tunl0</name>
                  <control><mode>off</mode></control>
                </interface>
                """);

        assertThat(decision(root, "cali*")).isEqualTo(State.MANAGED);
        assertThat(decision(root, "tunl*")).isEqualTo(State.LEFT_ALONE);
        assertThat(((Rows) fact(root, "wicked.interfaces").known().orElseThrow())
                        .rows()
                        .get(1))
                .containsEntry("line", "4");
    }

    @Test
    void an_interface_that_is_described_by_its_address_may_be_any() {
        Root root = image().with(
                        "/etc/wicked/ifconfig/a.xml",
                        "<interface><name namespace=\"ethernet\"><permanent-address>02:00:00:00:00:01"
                                + "</permanent-address></name></interface>");

        assertThat(decision(root, "cali*")).isEqualTo(State.UNDECIDED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<interface><name>eth0</interface>",
                "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><interface><name>&e;</name></interface>",
                "<interface><name>&e;</name></interface>"
            })
    void what_is_no_plain_XML_leaves_it_open(String xml) {
        Root root = image().with("/etc/wicked/ifconfig/a.xml", xml);

        assertThat(fact(root, "wicked.interfaces"))
                .isInstanceOfSatisfying(Observed.Unknown.class, unknown -> assertThat(unknown.why())
                        .isEqualTo("it is not valid XML"));
    }

    @Test
    void XML_that_is_nested_without_end_leaves_it_open() {
        Root root = image().with("/etc/wicked/ifconfig/a.xml", "<a>".repeat(100_000));

        assertThat(fact(root, "wicked.interfaces").isUnknown()).isTrue();
    }

    @Test
    void policies_of_its_nanny_and_files_that_cannot_be_read_leave_it_open() {
        Root root = image().with(NETWORK + "ifcfg-eth0", "STARTMODE=auto\n")
                .with("/etc/wicked/nanny/all.xml", "<policy name=\"all\"/>");
        assertThat(fact(root, "wicked.interfaces").isUnknown()).isTrue();

        Root other = new Root(directory.resolve("other")).withDirectory(NETWORK + "ifcfg-cali1");
        assertThat(fact(other, "wicked.interfaces").isUnknown()).isTrue();
    }
}
