package calico.preflight.facts.parse;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.facts.FactValue.Entry;
import org.junit.jupiter.api.Test;

class OsReleaseTest {

    static final String OS_RELEASE = """
            # comment
            NAME="Example \\"Linux\\""
            ID=example
            VERSION_ID='22.04'
            HOME=a\\ b
            PRICE="5 \\$ \\n"
            MIXED='it'"'"'s'

            BAD NAME=1
            ID_LIKE="rhel fedora"
            """;

    @Test
    void values_are_taken_as_a_shell_takes_them() {
        assertThat(OsRelease.parse(OS_RELEASE))
                .containsEntry("NAME", Entry.at(2, "Example \"Linux\""))
                .containsEntry("ID", Entry.at(3, "example"))
                .containsEntry("VERSION_ID", Entry.at(4, "22.04"))
                .containsEntry("HOME", Entry.at(5, "a b"))
                .containsEntry("PRICE", Entry.at(6, "5 $ \\n"))
                .containsEntry("MIXED", Entry.at(7, "it's"))
                .containsEntry("ID_LIKE", Entry.at(10, "rhel fedora"))
                .hasSize(7);
    }

    @Test
    void the_last_assignment_holds() {
        assertThat(OsRelease.parse("ID=a\nID=b\n")).containsEntry("ID", Entry.at(2, "b"));
    }

    @Test
    void the_line_of_older_red_hats_is_understood() {
        assertThat(OsRelease.parseRedHat("CentOS release 6.10 (Final)\n"))
                .containsEntry("ID", Entry.at(1, "centos"))
                .containsEntry("VERSION_ID", Entry.at(1, "6.10"));
        assertThat(OsRelease.parseRedHat("Red Hat Enterprise Linux Server release 6.9 (Santiago)"))
                .containsEntry("ID", Entry.at(1, "rhel"))
                .containsEntry("VERSION_ID", Entry.at(1, "6.9"));
        assertThat(OsRelease.parseRedHat("My Linux release 3"))
                .doesNotContainKey("ID")
                .containsKey("VERSION_ID");
        assertThat(OsRelease.parseRedHat("anything else")).isEmpty();
    }
}
