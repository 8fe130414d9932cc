package calico.preflight.facts.parse;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.facts.parse.Modprobe.Directive;
import calico.preflight.facts.parse.Modprobe.How;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModprobeTest {

    static final String CONF = """
            # blacklist commented
            blacklist sctp
              blacklist	ip-vs
            install dccp /bin/false
            install \\
              tipc \\
              /bin/true
            options ipip foo=1
            blacklist
            alias x y
            """;

    static final String COMMAND_LINE =
            "BOOT_IMAGE=/vmlinuz root=/dev/vda1 module-blacklist=ipip,ip-gre modprobe.blacklist=sctp ro -- module_blacklist=not\n";

    @Test
    void blacklists_and_installs_have_their_line() {
        assertThat(Modprobe.parse(CONF))
                .containsExactly(
                        new Directive("sctp", How.BLACKLIST, true, 2),
                        new Directive("ip_vs", How.BLACKLIST, true, 3),
                        new Directive("dccp", How.INSTALL, true, 4),
                        new Directive("tipc", How.INSTALL, true, 5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/bin/false",
                "/bin/true",
                "/usr/bin/false",
                "false",
                ":",
                "exit 1",
                "exit 0",
                "echo no thanks",
                "/bin/false # why"
            })
    void a_command_that_loads_nothing_blocks(String command) {
        assertThat(Modprobe.parse("install x " + command)).containsExactly(new Directive("x", How.INSTALL, true, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sbin/modprobe --ignore-install x",
                "echo loading; modprobe -i x",
                "/usr/local/bin/load-x",
                "insmod /x.ko"
            })
    void a_command_that_may_load_it_does_not_block(String command) {
        assertThat(Modprobe.parse("install x " + command)).containsExactly(new Directive("x", How.INSTALL, false, 1));
    }

    @Test
    void the_kernel_command_line_blocks_up_to_what_is_for_init() {
        assertThat(Modprobe.parseCommandLine(COMMAND_LINE))
                .containsExactly(
                        new Directive("ipip", How.MODULE_BLACKLIST, true, 1),
                        new Directive("ip_gre", How.MODULE_BLACKLIST, true, 1),
                        new Directive("sctp", How.BLACKLIST, true, 1));
    }
}
