package calico.preflight.facts.parse;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.facts.FactValue.Entry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModulesTest {

    static final String LOADED = """
            ipip 20480 0 - Live 0x0000000000000000
            tunnel4 16384 1 ipip, Live 0x0000000000000000
            ip_tunnel 32768 1 ipip, Live 0x0000000000000000
            nf_nat 57344 2 xt_nat,nft_chain_nat, Live 0x0000000000000000 (E)
            """;

    static final String BUILTIN = """
            kernel/net/ipv4/netfilter/ip_tables.ko
            kernel/net/netfilter/xt_mark.ko
            kernel/crypto/sha256-generic.ko
            """;

    static final String ALIAS = """
            # Aliases extracted from modules themselves.
            alias ipt_set xt_set
            alias ip6t_set xt_set
            alias pci:v00008086d00001533sv*sd*bc*sc*i* igb
            alias net-pf-2-proto-132 sctp
            alias ip_conntrack nf_conntrack
            alias char-major-10-* misc
            """;

    static final String MODINFO = "nf_nat.alias=ip_nat\0nf_nat.license=GPL\0xfrm4_tunnel.alias=xfrm-type-2-4\0"
            + "usbcore.alias=usb:v*\0nf_nat.description=a.alias=b\0";

    @Test
    void loaded_modules_have_their_state_and_line() {
        assertThat(Modules.loaded(LOADED))
                .containsEntry("ipip", Entry.at(1, "Live"))
                .containsEntry("nf_nat", Entry.at(4, "Live"))
                .hasSize(4);
        assertThat(Modules.loaded("Module Size Used by\n\nx\n")).isEmpty();
    }

    @Test
    void builtin_modules_have_their_normal_name_and_their_path() {
        assertThat(Modules.builtin(BUILTIN))
                .containsEntry("sha256_generic", Entry.at(3, "kernel/crypto/sha256-generic.ko"))
                .containsEntry("ip_tables", Entry.at(1, "kernel/net/ipv4/netfilter/ip_tables.ko"))
                .hasSize(3);
    }

    @Test
    void module_files_count_however_they_are_packed() {
        assertThat(Modules.files(List.of(
                        "kernel/net/a-b.ko",
                        "kernel/net/c.ko.xz",
                        "kernel/net/d.ko.gz",
                        "kernel/net/e.ko.zst",
                        "kernel/net/f.ko.bz2",
                        "extra/g.ko",
                        "kernel/net/h.ko.txt",
                        "kernel/net/.ko",
                        "modules.dep")))
                .containsOnlyKeys("a_b", "c", "d", "e", "f", "g");
    }

    @Test
    void a_module_that_replaces_one_of_the_kernel_is_preferred() {
        assertThat(Modules.files(List.of("kernel/net/ipip.ko", "updates/ipip.ko")))
                .containsEntry("ipip", Entry.at(0, "updates/ipip.ko"));
    }

    @Test
    void aliases_are_those_that_could_be_names_of_modules() {
        assertThat(Modules.aliases(ALIAS))
                .containsEntry("ipt_set", Entry.at(2, "xt_set"))
                .containsEntry("net_pf_2_proto_132", Entry.at(5, "sctp"))
                .containsEntry("ip_conntrack", Entry.at(6, "nf_conntrack"))
                .hasSize(4);
        assertThat(Modules.builtinAliases(MODINFO))
                .isEqualTo(Map.of("ip_nat", "nf_nat", "xfrm_type_2_4", "xfrm4_tunnel"));
    }

    @Test
    void registered_names_come_once_each() {
        assertThat(Modules.registered("nat\nfilter\n\nnat\n")).containsExactly("nat", "filter");
    }
}
