package calico.preflight.facts.parse;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.facts.FactValue.Entry;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KernelConfigTest {

    static final String CONFIG = """
            #
            # Automatically generated file; DO NOT EDIT.
            # Linux/x86 6.1.119 Kernel Configuration
            #
            CONFIG_CC_VERSION_TEXT="gcc (Debian 12.2.0) 12.2.0"
            CONFIG_IP_SET=m
            CONFIG_NET=y
            # CONFIG_NET_IPIP is not set
            CONFIG_HZ=250
            CONFIG_PHYSICAL_START=0x1000000
            CONFIG_DEFAULT_HOSTNAME="(none)"
            CONFIG_LOCALVERSION=""
            # end of General setup
            """;

    @Test
    void settings_have_their_value_and_their_line() {
        KernelConfig config = KernelConfig.parse(CONFIG);

        assertThat(config.symbols())
                .containsEntry("CONFIG_CC_VERSION_TEXT", Entry.at(5, "gcc (Debian 12.2.0) 12.2.0"))
                .containsEntry("CONFIG_IP_SET", Entry.at(6, "m"))
                .containsEntry("CONFIG_NET", Entry.at(7, "y"))
                .containsEntry("CONFIG_NET_IPIP", Entry.at(8, "not set"))
                .containsEntry("CONFIG_HZ", Entry.at(9, "250"))
                .containsEntry("CONFIG_PHYSICAL_START", Entry.at(10, "0x1000000"))
                .containsEntry("CONFIG_LOCALVERSION", Entry.at(12, ""))
                .hasSize(8);
    }

    @Test
    void the_comment_at_the_top_tells_the_version() {
        assertThat(KernelConfig.parse(CONFIG).version()).contains(Entry.at(3, "6.1.119"));
        assertThat(KernelConfig.parse("# Linux/x86_64 4.18.0-553.el8_10.x86_64 Kernel Configuration\n")
                        .version())
                .contains(Entry.at(1, "4.18.0-553.el8_10.x86_64"));
        assertThat(KernelConfig.parse("#\n# Linux kernel version: 2.6.32-71.el6.x86_64\n")
                        .version())
                .contains(Entry.at(2, "2.6.32-71.el6.x86_64"));
        assertThat(KernelConfig.parse("# x86_64\nCONFIG_NET=y\n").version()).isEqualTo(Optional.empty());
    }

    @Test
    void a_configuration_is_of_the_releases_that_its_version_begins() {
        KernelConfig config = KernelConfig.parse(CONFIG);

        assertThat(config.isOf("6.1.119")).isTrue();
        assertThat(config.isOf("6.1.119-custom")).isTrue();
        assertThat(config.isOf("6.1.119+")).isTrue();
        assertThat(config.isOf("6.1.1190")).isFalse();
        assertThat(config.isOf("6.1.11")).isFalse();
        assertThat(KernelConfig.parse("CONFIG_NET=y").isOf("6.1")).isFalse();
    }

    @Test
    void what_only_looks_like_a_setting_is_none() {
        assertThat(KernelConfig.parse("""
                                CONFIG_=y
                                CONFIG_A B=y
                                CONFIG_NET
                                # CONFIG_NET is not
                                # CONFIG_ is not set
                                #CONFIG_NET is not set
                                XCONFIG_NET=y
                                """).symbols()).isEmpty();
    }

    @Test
    void off_is_off_however_it_is_written() {
        assertThat(KernelConfig.parse("CONFIG_NET=n\r\nCONFIG_IP_SET=m\r\n").symbols())
                .containsEntry("CONFIG_NET", Entry.at(1, "not set"))
                .containsEntry("CONFIG_IP_SET", Entry.at(2, "m"));
    }
}
