package calico.preflight.engine;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.catalog.target.IpFamily;
import calico.preflight.engine.report.Evidence;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Outcome;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The steps of kernel evidence, best first; on each, what it is worth and what takes it away. */
class KernelLadderTest {

    private static final String KERNEL = "6.1.0-50-amd64";
    private static final Map<String, String> NOTHING = Map.of();
    private static final Map<String, String> X_TABLES = Map.of("x_tables", "kernel/net/netfilter/x_tables.ko");

    @Test
    void what_worked_when_it_was_tried_is_there_whatever_the_configuration_says() {
        TestHost host = TestHost.withKernel(KERNEL)
                .completeConfig(Map.of("CONFIG_NET_IPIP", "not set"))
                .table("kernel.probe", "probe kernel", Map.of("device-ipip", "works"));

        Finding finding = judge("ipip", host);

        assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
        assertThat(finding.evidence()).contains(new Evidence("kernel.probe.device-ipip", "works", "probe kernel:1"));
        assertThat(finding.derivation()).contains("kernel code that worked when it was tried can be used");
        assertThat(finding.notes()).contains("Stands on step 1 of 5: it was tried for real.");
    }

    @Test
    void what_the_kernel_refused_when_it_was_tried_is_not_there_though_its_file_is() {
        TestHost host = TestHost.withKernel(KERNEL)
                .tree(Map.of("ipip", "kernel/net/ipv4/ipip.ko"), NOTHING)
                .table("kernel.probe", "probe kernel", Map.of("device-ipip", "fails: Error: Unknown device type."));

        Finding finding = judge("ipip", host);

        assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(finding.reason()).isEqualTo("ipip was tried, in vain: Error: Unknown device type. (probe kernel:1)");
    }

    @Test
    void one_refusal_outweighs_what_else_worked() {
        TestHost host = TestHost.withKernel("6.12.1")
                .table("kernel.probe", "probe kernel", Map.of("match-tcp", "works", "match-icmp", "fails: no"));

        assertThat(judge("xt_icmp", host).outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void a_try_that_a_missing_tool_prevented_changes_nothing() {
        TestHost seen = TestHost.withKernel(KERNEL)
                .config(Map.of("CONFIG_IP_SET", "y"))
                .table("kernel.probe", "probe kernel", Map.of("set-list", "open: ipset is not installed"));
        TestHost unseen = TestHost.withKernel(KERNEL)
                .table("kernel.probe", "probe kernel", Map.of("set-list", "open: ipset is not installed"));

        assertThat(judge("ip_set", seen).outcome()).isEqualTo(Outcome.PASS);
        assertThat(judge("ip_set", unseen).outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void a_blacklisted_module_that_the_kernel_did_not_load_by_itself_may_still_be_loaded_by_name() {
        TestHost host = TestHost.withKernel(KERNEL)
                .tree(Map.of("ipip", "kernel/net/ipv4/ipip.ko"), NOTHING)
                .blocked("ipip", "blacklist", "/etc/modprobe.d/tunnels.conf:1")
                .table("kernel.probe", "probe kernel", Map.of("device-ipip", "fails: Error: Unknown device type."));

        assertThat(judge("ipip", host).outcome()).isEqualTo(Outcome.WARN);
    }

    @Test
    void a_loaded_module_is_there() {
        Finding finding = judge(
                "ip_set",
                TestHost.withKernel(KERNEL).table("kernel.modules.loaded", "/proc/modules", Map.of("ip_set", "")));

        assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
        assertThat(finding.evidence())
                .containsExactly(new Evidence("kernel.modules.loaded.ip_set", "loaded", "/proc/modules:1"));
        assertThat(finding.derivation())
                .containsExactly(
                        "kernel code that is in use now can be used", "the kernel provides what the requirement names");
        assertThat(finding.notes()).anyMatch(note -> note.startsWith("Stands on step 2 of 5"));
    }

    @Test
    void a_builtin_that_shows_in_sysfs_is_there() {
        Finding finding =
                judge("ip_set", TestHost.withKernel(KERNEL).texts("kernel.modules.sysfs", "/sys/module", "ip_set"));

        assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
        assertThat(finding.evidence()).extracting(Evidence::origin).containsExactly("/sys/module/ip_set");
    }

    @Test
    void a_match_that_the_kernel_lists_is_there() {
        TestHost host =
                TestHost.withKernel(KERNEL).texts("kernel.xtables.ipv4.matches", "/proc/net/ip_tables_matches", "set");

        assertThat(judge("xt_set", host).outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void a_match_that_the_kernel_does_not_list_now_may_still_be_there() {
        TestHost host =
                TestHost.withKernel(KERNEL).texts("kernel.xtables.ipv4.matches", "/proc/net/ip_tables_matches", "tcp");

        assertThat(judge("xt_set", host).outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void a_builtin_of_the_list_is_there() {
        TestHost host =
                TestHost.withKernel(KERNEL).tree(NOTHING, Map.of("ip_set", "kernel/net/netfilter/ipset/ip_set.ko"));

        Finding finding = judge("ip_set", host);

        assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
        assertThat(finding.notes()).anyMatch(note -> note.startsWith("Stands on step 3 of 5"));
    }

    @Test
    void a_symbol_that_is_y_is_there() {
        Finding finding = judge("ip_set", TestHost.withKernel(KERNEL).config(Map.of("CONFIG_IP_SET", "y")));

        assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
        assertThat(finding.evidence())
                .containsExactly(new Evidence("kernel.config.CONFIG_IP_SET", "y", "/boot/config:1"));
    }

    @Test
    void a_module_file_can_be_loaded() {
        TestHost host =
                TestHost.withKernel(KERNEL).tree(Map.of("ip_set", "kernel/net/netfilter/ipset/ip_set.ko.xz"), NOTHING);

        Finding finding = judge("ip_set", host);

        assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
        assertThat(finding.reason()).isEqualTo("ip_set can be loaded: kernel/net/netfilter/ipset/ip_set.ko.xz");
        assertThat(finding.notes()).anyMatch(note -> note.startsWith("Stands on step 4 of 5"));
    }

    @Test
    void an_install_line_keeps_a_module_out() {
        TestHost host = TestHost.withKernel(KERNEL)
                .tree(Map.of("sctp", "kernel/net/sctp/sctp.ko"), NOTHING)
                .blocked("sctp", "install", "/etc/modprobe.d/sctp.conf:3");

        Finding finding = judge("sctp", host);

        assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(finding.reason())
                .isEqualTo("sctp is on disk but is kept from loading by install in /etc/modprobe.d/sctp.conf:3");
    }

    @Test
    void an_install_line_does_not_matter_for_a_module_that_is_loaded() {
        TestHost host = TestHost.withKernel(KERNEL)
                .table("kernel.modules.loaded", "/proc/modules", Map.of("sctp", ""))
                .tree(Map.of("sctp", "kernel/net/sctp/sctp.ko"), NOTHING)
                .blocked("sctp", "install", "/etc/modprobe.d/sctp.conf:3");

        assertThat(judge("sctp", host).outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void nothing_can_be_loaded_once_loading_is_switched_off() {
        TestHost host = TestHost.withKernel(KERNEL)
                .tree(Map.of("ip_set", "kernel/net/netfilter/ipset/ip_set.ko"), NOTHING)
                .flag("kernel.modules.disabled", true, "/proc/sys/kernel/modules_disabled");

        assertThat(judge("ip_set", host).outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void a_blacklist_line_is_a_reservation_where_the_kernel_asks_by_an_alias() {
        TestHost host = TestHost.withKernel(KERNEL)
                .tree(Map.of("ipip", "kernel/net/ipv4/ipip.ko"), NOTHING)
                .blocked("ipip", "blacklist", "/etc/modprobe.d/tunnels.conf:1");

        Finding finding = judge("ipip", host);

        assertThat(finding.outcome()).isEqualTo(Outcome.WARN);
        assertThat(finding.reason()).endsWith("because of blacklist in /etc/modprobe.d/tunnels.conf:1");
    }

    @Test
    void a_blacklist_line_does_not_matter_where_the_kernel_asks_by_the_name_itself() {
        TestHost host = TestHost.withKernel(KERNEL)
                .tree(
                        Map.of(
                                "ipt_REJECT", "kernel/net/ipv4/netfilter/ipt_REJECT.ko",
                                "nf_reject_ipv4", "kernel/net/ipv4/netfilter/nf_reject_ipv4.ko"),
                        X_TABLES)
                .blocked("ipt_REJECT", "blacklist", "/etc/modprobe.d/odd.conf:1");

        assertThat(judge("ipt_REJECT", host).outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void a_module_that_was_only_configured_may_not_be_installed() {
        Finding finding = judge("ip_set", TestHost.withKernel(KERNEL).completeConfig(Map.of("CONFIG_IP_SET", "m")));

        assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(finding.notes()).anyMatch(note -> note.startsWith("Stands on step 5 of 5"));
    }

    @Test
    void a_module_that_was_configured_but_is_not_in_the_tree_is_not_installed() {
        TestHost host = TestHost.withKernel("6.12.0-144.el10.x86_64")
                .completeConfig(Map.of("CONFIG_IP_SET", "m"))
                .tree(Map.of("xt_set", "kernel/net/netfilter/xt_set.ko.xz"), NOTHING);

        Finding finding = judge("ip_set", host);

        assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(finding.reason()).contains("was built with this kernel but is not installed");
    }

    @Test
    void a_symbol_that_is_not_set_is_not_there() {
        assertThat(judge("ipip", TestHost.withKernel(KERNEL).completeConfig(Map.of("CONFIG_NET_IPIP", "not set")))
                        .outcome())
                .isEqualTo(Outcome.FAIL);
    }

    @Test
    void a_symbol_that_a_complete_configuration_does_not_mention_is_not_there() {
        assertThat(judge("xt_ipvs", TestHost.withKernel(KERNEL).completeConfig(NOTHING))
                        .outcome())
                .isEqualTo(Outcome.FAIL);
    }

    @Test
    void a_symbol_that_a_fragment_does_not_mention_may_be_there() {
        Finding finding = judge("xt_ipvs", TestHost.withKernel(KERNEL).config(Map.of("CONFIG_IP_SET", "y")));

        assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(finding.reason()).contains("not complete");
    }

    @Test
    void a_file_counts_though_the_configuration_does_not_know_it() {
        // Ubuntu shipped wireguard.ko as a backport for kernels whose configuration has no such symbol.
        TestHost host = TestHost.withKernel("5.4.0-150-generic")
                .completeConfig(NOTHING)
                .tree(Map.of("wireguard", "kernel/wireguard/wireguard.ko"), NOTHING);

        assertThat(judge("wireguard", host).outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void a_tree_with_its_list_of_builtins_shows_what_is_not_there() {
        TestHost host = TestHost.withKernel(KERNEL).tree(Map.of("xt_set", "xt_set.ko"), Map.of("ext4", "ext4.ko"));

        assertThat(judge("ip_set", host).outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void a_tree_without_its_list_of_builtins_does_not_show_what_is_not_there() {
        TestHost host = TestHost.withKernel(KERNEL)
                .table("kernel.modules.files", "/lib/modules/RELEASE", Map.of("xt_set", "xt_set.ko"));

        assertThat(judge("ip_set", host).outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void no_evidence_at_all_is_unknown_and_never_a_failure() {
        Finding finding = judge("ip_set", TestHost.unseen());

        assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(finding.evidence()).isNotEmpty();
    }

    @Test
    void a_running_kernel_whose_modules_were_removed_fails_until_the_next_start() {
        TestHost host = TestHost.withKernel(KERNEL)
                .completeConfig(Map.of("CONFIG_IP_SET", "m"))
                .absent("kernel.modules.files", "/lib/modules/" + KERNEL)
                .texts("kernel.modules.releases", "/lib/modules", "6.1.0-51-amd64");

        Finding finding = judge("ip_set", host);

        assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(finding.reason()).contains("start the host anew");
    }

    @Test
    void code_inside_another_module_is_worth_no_more_than_that_module() {
        Map<String, String> symbols = Map.of("CONFIG_NF_CT_PROTO_SCTP", "y", "CONFIG_NF_CONNTRACK", "m");
        Map<String, String> parent = Map.of("nf_conntrack", "kernel/net/netfilter/nf_conntrack.ko");

        assertThat(judge("nf_conntrack_proto_sctp", TestHost.withKernel(KERNEL).completeConfig(symbols))
                        .outcome())
                .isEqualTo(Outcome.UNKNOWN);
        assertThat(judge(
                                "nf_conntrack_proto_sctp",
                                TestHost.withKernel(KERNEL)
                                        .completeConfig(symbols)
                                        .tree(parent, NOTHING))
                        .outcome())
                .isEqualTo(Outcome.PASS);
        assertThat(judge(
                                "nf_conntrack_proto_sctp",
                                TestHost.withKernel(KERNEL)
                                        .completeConfig(symbols)
                                        .tree(NOTHING, NOTHING))
                        .outcome())
                .isEqualTo(Outcome.FAIL);
    }

    @Test
    void code_inside_another_module_shows_in_no_file() {
        TestHost host = TestHost.withKernel(KERNEL).tree(Map.of("nf_conntrack", "nf_conntrack.ko"), NOTHING);

        assertThat(judge("nf_conntrack_proto_sctp", host).outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void the_kernel_of_rhel_7_has_sctp_tracking_inside_conntrack_though_its_version_is_older() {
        Map<String, String> symbols = Map.of("CONFIG_NF_CT_PROTO_SCTP", "y", "CONFIG_NF_CONNTRACK", "m");
        TestHost host = TestHost.withKernel("3.10.0-1127.el7.x86_64")
                .completeConfig(symbols)
                .tree(Map.of("nf_conntrack", "nf_conntrack.ko.xz"), NOTHING);

        Finding finding = judge("nf_conntrack_proto_sctp", host);

        assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
        assertThat(finding.reason()).contains("is part of nf_conntrack");
    }

    @Test
    void what_a_kernel_of_the_train_configures_as_a_module_is_a_file_of_its_own() {
        Map<String, String> symbols = Map.of("CONFIG_NF_CT_PROTO_SCTP", "m", "CONFIG_NF_CONNTRACK", "m");
        TestHost host = TestHost.withKernel("3.10.0-123.el7.x86_64")
                .completeConfig(symbols)
                .tree(Map.of("nf_conntrack", "nf_conntrack.ko"), NOTHING);

        Finding finding = judge("nf_conntrack_proto_sctp", host);

        assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(finding.reason()).contains("was built with this kernel but is not installed");
    }

    @Test
    void before_4_10_sctp_tracking_is_a_file_of_its_own() {
        TestHost host =
                TestHost.withKernel("4.4.0-210-generic").tree(Map.of("nf_conntrack", "nf_conntrack.ko"), NOTHING);

        assertThat(judge("nf_conntrack_proto_sctp", host).outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void from_6_9_on_the_symbol_of_ip_tables_alone_builds_nothing() {
        Map<String, String> symbols = Map.of("CONFIG_IP_NF_IPTABLES", "y");

        assertThat(judge("ip_tables", TestHost.withKernel("6.8.12").completeConfig(symbols))
                        .outcome())
                .isEqualTo(Outcome.PASS);
        assertThat(judge("ip_tables", TestHost.withKernel("6.18.45").completeConfig(symbols))
                        .outcome())
                .isEqualTo(Outcome.FAIL);
    }

    @Test
    void a_name_without_a_file_is_judged_by_what_provides_it() {
        TestHost old = TestHost.withKernel("6.1.0")
                .tree(Map.of("ip_tables", "ip_tables.ko", "xt_set", "xt_set.ko", "ip_set", "ip_set.ko"), X_TABLES);
        TestHost recent = TestHost.withKernel("6.4.0").tree(Map.of("ip_tables", "ip_tables.ko"), X_TABLES);

        assertThat(judge("ipt_set", old).outcome()).isEqualTo(Outcome.PASS);
        assertThat(judge("xt_icmp", old).outcome()).isEqualTo(Outcome.PASS);
        assertThat(judge("xt_icmp", old).notes()).anyMatch(note -> note.contains("No kernel has a file named xt_icmp"));
        assertThat(judge("xt_icmp", recent).outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void a_name_that_stands_for_one_module_per_family_needs_that_of_each_family_in_use() {
        TestHost onlyIpv4 = TestHost.withKernel(KERNEL).tree(Map.of("ipt_rpfilter", "ipt_rpfilter.ko"), X_TABLES);

        assertThat(judge("xt_rpfilter", onlyIpv4, IpFamily.IPV4).outcome()).isEqualTo(Outcome.PASS);
        assertThat(judge("xt_rpfilter", onlyIpv4, IpFamily.DUAL).outcome()).isEqualTo(Outcome.FAIL);
        assertThat(judge("xt_rpfilter", onlyIpv4, IpFamily.IPV6).reason()).startsWith("ip6t_rpfilter is neither");
    }

    @Test
    void without_the_kernel_version_a_name_that_moved_is_judged_only_where_all_versions_agree() {
        TestHost both = TestHost.unseen().tree(Map.of("ip_tables", "a.ko", "xt_tcpudp", "b.ko"), NOTHING);
        TestHost one = TestHost.unseen().tree(Map.of("ip_tables", "a.ko"), NOTHING);

        assertThat(judge("xt_icmp", both).outcome()).isEqualTo(Outcome.PASS);
        assertThat(judge("xt_icmp", one).outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void a_hyphen_equals_an_underscore() {
        TestHost host =
                TestHost.withKernel(KERNEL).tree(Map.of("vfio_pci", "kernel/drivers/vfio/pci/vfio-pci.ko"), NOTHING);

        assertThat(judge("vfio-pci", host).outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void another_name_of_a_file_counts() {
        TestHost host = TestHost.withKernel(KERNEL)
                .tree(Map.of("newname", "kernel/newname.ko"), NOTHING)
                .table("kernel.modules.aliases", "/lib/modules/RELEASE/modules.alias", Map.of("oldname", "newname"));

        assertThat(judge("oldname", host).outcome()).isEqualTo(Outcome.PASS);
    }

    private static Finding judge(String module, TestHost host) {
        return judge(module, host, IpFamily.IPV4);
    }

    private static Finding judge(String module, TestHost host, IpFamily family) {
        return TestPack.ofModule(module).judge(family, host.facts());
    }
}
