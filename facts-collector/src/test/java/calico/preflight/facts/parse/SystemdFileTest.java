package calico.preflight.facts.parse;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.SystemdFile.Assignment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemdFileTest {

    @Test
    void sections_hold_assignments_and_comments_do_not_count() {
        assertThat(file("""
                        Early=1
                        # [Match]
                        [Match]
                        ; Name=eth0
                          Name = eth1  eth2\s
                        nonsense
                        [Link]
                        Unmanaged=yes
                        [Broken
                        MTUBytes=1500
                        """).assignments())
                .containsExactly(
                        new Assignment("Match", "Name", "eth1  eth2", new Origin("/f", 5)),
                        new Assignment("Link", "Unmanaged", "yes", new Origin("/f", 8)),
                        new Assignment("Link", "MTUBytes", "1500", new Origin("/f", 10)));
    }

    @Test
    void a_backslash_at_the_end_joins_the_next_line_that_is_no_comment() {
        assertThat(file("[Match]\nName=eth0 \\\n# between\n  eth1\nDriver=a\\\\\nKind=b\\")
                        .assignments())
                .containsExactly(
                        new Assignment("Match", "Name", "eth0  eth1", new Origin("/f", 2)),
                        new Assignment("Match", "Driver", "a\\\\", new Origin("/f", 5)),
                        new Assignment("Match", "Kind", "b", new Origin("/f", 6)));
    }

    @Test
    void drop_ins_are_read_after_the_file() {
        SystemdFile file = new SystemdFile(
                "/etc/systemd/networkd.conf",
                "[Network]\nManageForeignRoutes=no\nSpeedMeter=no\n",
                List.of(
                        new SystemdFile("/run/a.conf", "[Network]\nManageForeignRoutes=TRUE\n", List.of()),
                        new SystemdFile("/etc/b.conf", "[Network]\nManageForeignRoutes=perhaps\n", List.of())));

        assertThat(NetworkdConfiguration.table(file).entries())
                .isEqualTo(Map.of(
                        "Network.ManageForeignRoutes",
                        Entry.from(new Origin("/run/a.conf", 2), "yes"),
                        "Network.SpeedMeter",
                        Entry.from(new Origin("/etc/systemd/networkd.conf", 3), "no")));
    }

    @ParameterizedTest
    @CsvSource({
        "1, true",
        "Yes, true",
        "y, true",
        "t, true",
        "on, true",
        "0, false",
        "OFF, false",
        "n, false",
        "f, false"
    })
    void truth_has_many_names(String word, boolean truth) {
        assertThat(SystemdFile.truth(word)).contains(truth);
        assertThat(SystemdFile.truth(word + "?")).isEqualTo(Optional.empty());
    }

    @Test
    void the_major_version_is_the_first_number() {
        assertThat(SystemdFile.majorVersion("252.39-1~deb12u2")).isEqualTo(OptionalInt.of(252));
        assertThat(SystemdFile.majorVersion("257~rc2")).isEqualTo(OptionalInt.of(257));
        assertThat(SystemdFile.majorVersion("v252")).isEqualTo(OptionalInt.empty());
        assertThat(SystemdFile.majorVersion("99999999999")).isEqualTo(OptionalInt.empty());
    }

    private static SystemdFile file(String text) {
        return new SystemdFile("/f", text, List.of());
    }
}
