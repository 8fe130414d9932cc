package calico.preflight.engine;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.catalog.requirement.Check;
import calico.preflight.catalog.requirement.Level;
import calico.preflight.catalog.target.IpFamily;
import calico.preflight.engine.report.Evidence;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Outcome;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Features that a kernel can provide in several ways, that are part of its image, or that moved with its version. */
class KernelFeatureTest {

    private static final String KERNEL = "6.1.0-50-amd64";
    private static final Map<String, String> NOTHING = Map.of();
    private static final Map<String, String> X_TABLES = Map.of("x_tables", "kernel/net/netfilter/x_tables.ko");

    // ---- several ways ----

    @Test
    void one_way_is_enough() {
        TestHost legacy = TestHost.withKernel(KERNEL).tree(Map.of("ip_tables", "ip_tables.ko"), X_TABLES);
        TestHost nft = TestHost.withKernel(KERNEL)
                .tree(Map.of("nf_tables", "nf_tables.ko", "nft_compat", "nft_compat.ko"), X_TABLES);

        assertThat(judge("iptables-base", legacy).outcome()).isEqualTo(Outcome.PASS);
        assertThat(judge("iptables-base", legacy).reason()).isEqualTo("legacy: ip_tables can be loaded: ip_tables.ko");
        assertThat(judge("iptables-base", nft).outcome()).isEqualTo(Outcome.PASS);
        assertThat(judge("iptables-base", nft).derivation())
                .contains("a module file that nothing blocks can be loaded");
    }

    @Test
    void a_way_needs_all_its_code_and_a_kernel_with_no_way_fails_with_a_word_on_each() {
        TestHost half = TestHost.withKernel(KERNEL).tree(Map.of("nf_tables", "nf_tables.ko"), NOTHING);

        Finding finding = judge("iptables-base", half);

        assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(finding.reason())
                .startsWith("legacy: ip_tables is neither a file nor a builtin")
                .contains("; nft: nft_compat is neither a file nor a builtin")
                .doesNotContain("nf_tables is");
    }

    @Test
    void while_one_way_is_open_to_doubt_nothing_is_settled() {
        TestHost host = TestHost.withKernel("6.12.0-144.el10.x86_64")
                .completeConfig(Map.of(
                        "CONFIG_IP_NF_IPTABLES_LEGACY", "not set",
                        "CONFIG_NF_TABLES", "m",
                        "CONFIG_NFT_COMPAT", "m"));

        Finding finding = judge("iptables-base", host);

        assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(finding.reason()).startsWith("nft: ").doesNotContain("legacy");
    }

    @Test
    void a_way_without_reservation_is_better_than_one_with_one() {
        TestHost both = TestHost.withKernel(KERNEL)
                .tree(
                        Map.of("ip_tables", "ip_tables.ko", "nf_tables", "nf_tables.ko", "nft_compat", "nft_compat.ko"),
                        X_TABLES)
                .blocked("nf_tables", "blacklist", "/etc/modprobe.d/a.conf:1");
        TestHost reserved = TestHost.withKernel(KERNEL)
                .tree(Map.of("nf_tables", "nf_tables.ko", "nft_compat", "nft_compat.ko"), X_TABLES)
                .blocked("nf_tables", "blacklist", "/etc/modprobe.d/a.conf:1");

        assertThat(judge("iptables-base", both).outcome()).isEqualTo(Outcome.PASS);
        assertThat(judge("iptables-base", reserved).outcome()).isEqualTo(Outcome.WARN);
        assertThat(judge("iptables-base", reserved).reason()).startsWith("nft: nf_tables is on disk, but");
    }

    // ---- code that other code needs ----

    @Test
    void a_file_is_worth_nothing_where_the_code_that_it_needs_was_built_but_is_not_installed() {
        TestHost host = TestHost.withKernel(KERNEL)
                .completeConfig(Map.of("CONFIG_NET_IPIP", "m", "CONFIG_NET_IP_TUNNEL", "m", "CONFIG_INET_TUNNEL", "m"))
                .tree(Map.of("ipip", "kernel/ipip.ko", "tunnel4", "kernel/tunnel4.ko"), NOTHING);

        Finding finding = judge("ipip", host);

        assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(finding.reason())
                .startsWith("ipip cannot be loaded without ip_tunnel; ip_tunnel was built with this kernel but is not");
    }

    @Test
    void a_file_whose_needed_code_is_in_no_list_settles_nothing_for_that_may_be_in_a_builtin_of_another_name() {
        TestHost host = TestHost.withKernel(KERNEL)
                .tree(Map.of("ipip", "kernel/ipip.ko", "tunnel4", "kernel/tunnel4.ko"), NOTHING);

        Finding finding = judge("ipip", host);

        assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(finding.reason())
                .isEqualTo("ipip is on disk, but what it needs is neither a file nor a builtin: ip_tunnel");
    }

    @Test
    void a_file_is_worth_nothing_where_the_list_of_modules_names_a_needed_file_that_is_gone() {
        TestHost host = TestHost.withKernel(KERNEL)
                .tree(Map.of("ipip", "kernel/ipip.ko"), NOTHING)
                .table(
                        "kernel.modules.incomplete",
                        "/lib/modules/RELEASE/modules.dep",
                        Map.of("ipip", "kernel/net/ipv4/ip_tunnel.ko"));

        assertThat(judge("ipip", host).outcome()).isEqualTo(Outcome.FAIL);
        assertThat(judge("ipip", host).reason())
                .isEqualTo("ipip is on disk, but what it needs is gone: kernel/net/ipv4/ip_tunnel.ko");
    }

    @Test
    void a_file_is_worth_nothing_where_the_code_that_it_needs_is_blocked() {
        TestHost host = TestHost.withKernel(KERNEL)
                .tree(Map.of("ipip", "ipip.ko", "tunnel4", "tunnel4.ko", "ip_tunnel", "ip_tunnel.ko"), NOTHING)
                .blocked("ip_tunnel", "install", "/etc/modprobe.d/no.conf:3");

        assertThat(judge("ipip", host).outcome()).isEqualTo(Outcome.FAIL);
        assertThat(judge("ipip", host).reason()).contains("ip_tunnel is on disk but is kept from loading by install");
    }

    @Test
    void what_is_needed_may_be_a_builtin() {
        TestHost host = TestHost.withKernel(KERNEL)
                .tree(
                        Map.of("ipip", "ipip.ko", "tunnel4", "tunnel4.ko"),
                        Map.of("ip_tunnel", "kernel/net/ipv4/ip_tunnel.ko"));

        assertThat(judge("ipip", host).outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void what_is_in_use_needs_no_proof_of_what_it_needs() {
        TestHost host = TestHost.withKernel(KERNEL)
                .tree(Map.of("ipip", "ipip.ko"), NOTHING)
                .table("kernel.modules.loaded", "/proc/modules", Map.of("ipip", ""));

        assertThat(judge("ipip", host).outcome()).isEqualTo(Outcome.PASS);
    }

    // ---- a part of the image ----

    @Test
    void what_can_be_no_module_shows_in_the_configuration_whatever_the_module_directory_holds() {
        TestHost configured = TestHost.withKernel(KERNEL)
                .completeConfig(Map.of("CONFIG_CGROUP_BPF", "y"))
                .tree(NOTHING, NOTHING);
        TestHost without = TestHost.withKernel(KERNEL).completeConfig(Map.of()).tree(NOTHING, NOTHING);
        TestHost onlyTree = TestHost.withKernel(KERNEL).tree(NOTHING, NOTHING);

        assertThat(judge("cgroup-bpf", configured).outcome()).isEqualTo(Outcome.PASS);
        assertThat(judge("cgroup-bpf", without).outcome()).isEqualTo(Outcome.FAIL);
        assertThat(judge("cgroup-bpf", onlyTree).outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(judge("cgroup-bpf", onlyTree).reason())
                .isEqualTo("cgroup_bpf shows in no file; only the kernel configuration tells whether it is in vmlinux");
    }

    @Test
    void what_the_running_kernel_offers_shows_what_it_was_built_with() {
        TestHost host = TestHost.withKernel(KERNEL).texts("kernel.filesystems", "/proc/filesystems", "ext4", "bpf");

        Finding finding = judge("ebpf", host);

        assertThat(finding.reason()).doesNotContain("bpf_syscall").contains("sch_ingress");
    }

    @Test
    void a_program_that_the_kernel_took_shows_the_system_call_but_one_that_it_refused_shows_nothing() {
        TestHost took = TestHost.withKernel(KERNEL).table("kernel.probe", "probe kernel", Map.of("bpf-xdp", "works"));
        TestHost refused = TestHost.withKernel(KERNEL)
                .completeConfig(Map.of("CONFIG_BPF_SYSCALL", "y"))
                .table("kernel.probe", "probe kernel", Map.of("bpf-classifier", "fails: it is NOT available"));

        assertThat(judge("xdp", took).outcome()).isEqualTo(Outcome.PASS);
        assertThat(judge("ebpf", refused).reason()).doesNotContain("bpf_syscall was tried");
    }

    @Test
    void a_kernel_without_networking_has_nothing_though_its_configuration_mentions_nothing_of_it() {
        TestHost host = TestHost.withKernel(KERNEL).config(Map.of("CONFIG_NET", "not set"));

        assertThat(judge("ipset", host).outcome()).isEqualTo(Outcome.FAIL);
    }

    // ---- kernels of distributions ----

    @Test
    void ubuntu_shipped_wireguard_before_linux_had_a_symbol_for_it() {
        Map<String, String> none = Map.of();

        assertThat(judge("wireguard", TestHost.withKernel("5.4.0-150-generic").completeConfig(none))
                        .outcome())
                .isEqualTo(Outcome.UNKNOWN);
        assertThat(judge(
                                "wireguard",
                                TestHost.withKernel("4.18.0-553.el8_10.x86_64").completeConfig(none))
                        .outcome())
                .isEqualTo(Outcome.FAIL);
        assertThat(judge("wireguard", TestHost.withKernel("5.15.0-25-generic").completeConfig(none))
                        .outcome())
                .isEqualTo(Outcome.FAIL);
        assertThat(judge(
                                "wireguard",
                                TestHost.withKernel("5.4.0-150-generic")
                                        .completeConfig(none)
                                        .tree(Map.of("wireguard", "kernel/wireguard.ko"), NOTHING))
                        .outcome())
                .isEqualTo(Outcome.PASS);
    }

    @Test
    void an_older_kernel_whose_configuration_mentions_a_newer_symbol_is_judged_by_that() {
        Map<String, String> ported = Map.of("CONFIG_IP_NF_IPTABLES", "y", "CONFIG_IP_NF_IPTABLES_LEGACY", "not set");

        Finding finding = judge("ip_tables", TestHost.withKernel("6.6.99").completeConfig(ported));

        assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(finding.evidence())
                .extracting(Evidence::fact)
                .containsExactly("kernel.config.CONFIG_IP_NF_IPTABLES_LEGACY");
    }

    @Test
    void what_was_built_but_is_not_installed_is_in_a_package_of_the_distribution() {
        Map<String, String> built = Map.of("CONFIG_IP_SET", "m");
        TestHost rhel = TestHost.withKernel("6.12.0-144.el10.x86_64")
                .completeConfig(built)
                .tree(NOTHING, NOTHING);
        TestHost raspi =
                TestHost.withKernel("5.15.0-1005-raspi").completeConfig(built).tree(NOTHING, NOTHING);
        TestHost own = TestHost.withKernel("6.12.0-mine").completeConfig(built).tree(NOTHING, NOTHING);
        TestHost notBuilt = TestHost.withKernel("6.12.0-144.el10.x86_64")
                .completeConfig(Map.of("CONFIG_IP_SET", "not set"))
                .tree(NOTHING, NOTHING);

        assertThat(judge("ipset", rhel).requirement().remedy())
                .contains(
                        "dnf install kernel-modules-6.12.0-144.el10.x86_64 kernel-modules-extra-6.12.0-144.el10.x86_64");
        assertThat(judge("ipset", raspi).requirement().remedy()).contains("linux-modules-extra-5.15.0-1005-raspi");
        assertThat(judge("ipset", own).requirement().remedy()).isEqualTo("Do something.");
        assertThat(judge("ipset", notBuilt).requirement().remedy()).isEqualTo("Do something.");
    }

    // ---- a version that is not known ----

    @Test
    void without_the_version_a_symbol_that_another_replaced_settles_nothing() {
        TestHost host = TestHost.unseen().completeConfig(Map.of("CONFIG_IP_NF_IPTABLES", "y"));

        Finding finding = judge("ip_tables", host);

        assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(finding.reason())
                .contains("depends on the version of the kernel")
                .contains("--kernel-release");
    }

    @Test
    void without_the_version_the_configuration_settles_what_it_says_alike_for_all_versions() {
        TestHost neither = TestHost.unseen().completeConfig(Map.of());
        TestHost newer = TestHost.unseen()
                .completeConfig(Map.of("CONFIG_IP_NF_IPTABLES", "y", "CONFIG_IP_NF_IPTABLES_LEGACY", "y"));
        TestHost sctp =
                TestHost.unseen().completeConfig(Map.of("CONFIG_NF_CT_PROTO_SCTP", "y", "CONFIG_NF_CONNTRACK", "m"));

        assertThat(judge("ip_tables", neither).outcome()).isEqualTo(Outcome.FAIL);
        assertThat(judge("ip_tables", newer).outcome()).isEqualTo(Outcome.PASS);
        assertThat(judge("nf_conntrack_proto_sctp", sctp).outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    private static Finding judge(String feature, TestHost host) {
        return TestPack.of(Level.MUST, new Check.KernelFeature(feature)).judge(IpFamily.IPV4, host.facts());
    }
}
