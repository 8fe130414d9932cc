package calico.preflight.facts.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.FactValue.Flag;
import calico.preflight.facts.FactValue.Rows;
import calico.preflight.facts.FactValue.Table;
import calico.preflight.facts.FactValue.Text;
import calico.preflight.facts.FactValue.Texts;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.source.ConfigurationFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class KernelFactsTest {

    private static final String REL = "6.1.0-50-amd64";
    private static final String CONFIG = "# Linux/x86 6.1.119 Kernel Configuration\nCONFIG_NET=y\nCONFIG_NET_IPIP=m\n";

    @TempDir
    Path temp;

    private Root root;

    @BeforeEach
    void start_with_an_empty_root() {
        root = new Root(temp).withDirectory("/etc").withDirectory("/lib");
    }

    @AfterEach
    void take_the_links_away() throws IOException {
        try (Stream<Path> files = Files.walk(temp)) {
            for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    // which kernel

    @Test
    void the_running_kernel_is_that_of_proc() throws Exception {
        root.with("/proc/sys/kernel/osrelease", REL + "\n");

        assertThat(root.facts().get("kernel.release"))
                .isEqualTo(Observed.known(new Text(REL), Origin.of("/proc/sys/kernel/osrelease")));
    }

    @Test
    void the_banner_tells_release_and_build() throws Exception {
        root.with("/proc/version", "Linux version " + REL + " (a@b) (gcc) #1 SMP Debian\n");

        HostFacts facts = root.facts();

        assertThat(facts.get("kernel.release"))
                .isEqualTo(Observed.known(new Text(REL), new Origin("/proc/version", 1)));
        assertThat(facts.get("kernel.version"))
                .isEqualTo(Observed.known(new Text("#1 SMP Debian"), new Origin("/proc/version", 1)));
    }

    @Test
    void the_only_module_tree_tells_the_release() throws Exception {
        root.with("/lib/modules/" + REL + "/modules.builtin", "")
                // what a package of headers leaves behind is no module tree
                .withLink("/lib/modules/6.1.0-49-amd64/build", "/usr/src/linux-headers-6.1.0-49-amd64");

        assertThat(root.facts().get("kernel.release"))
                .isEqualTo(Observed.known(new Text(REL), Origin.of("/lib/modules/" + REL)));
        assertThat(root.facts().get("kernel.modules.releases").known()).contains(new Texts(List.of(REL)));
    }

    @Test
    void several_module_trees_and_no_proc_ask_for_a_release() throws Exception {
        root.with("/lib/modules/6.1.0-49/modules.dep", "").with("/usr/lib/modules/6.1.0-50/modules.dep", "");

        assertThatThrownBy(root::facts)
                .isInstanceOfSatisfying(AmbiguousKernelException.class, e -> assertThat(e.releases())
                        .containsExactly("6.1.0-49", "6.1.0-50"))
                .hasMessageContaining("6.1.0-49, 6.1.0-50")
                .hasMessageContaining("--kernel-release");
        assertThat(root.facts(Root.OPTIONS.withKernelRelease("6.1.0-50")).get("kernel.release"))
                .isEqualTo(Observed.known(new Text("6.1.0-50"), Origin.of("--kernel-release")));
        assertThat(new HostCollector()
                        .collect(root.host(), Root.OPTIONS, name -> name.startsWith("os."))
                        .facts())
                .containsOnlyKeys("os.id", "os.release", "os.version");
    }

    @Test
    void a_release_that_would_be_a_path_is_not_taken() throws Exception {
        root.with("/proc/version", "Linux version ../../etc (a@b)\n");

        assertThat(root.facts().get("kernel.release").isUnknown()).isTrue();
        assertThat(root.facts(Root.OPTIONS.withKernelRelease(".."))
                        .get("kernel.release")
                        .isUnknown())
                .isTrue();
    }

    @Test
    void what_another_kernel_has_in_use_says_nothing() throws Exception {
        root.with("/proc/sys/kernel/osrelease", REL).with("/proc/modules", "ipip 20480 0 - Live 0x0\n");

        HostFacts facts = root.facts(Root.OPTIONS.withKernelRelease("6.12.0"));

        assertThat(facts.get("kernel.modules.loaded").isUnknown()).isTrue();
        assertThat(facts.get("kernel.xtables.ipv4.tables").isUnknown()).isTrue();
        assertThat(facts.get("kernel.version").isUnknown()).isTrue();
    }

    // its configuration

    @Test
    void the_running_kernels_configuration_comes_first() throws Exception {
        root.with("/proc/sys/kernel/osrelease", REL)
                .with("/proc/config.gz", gzip("CONFIG_A=y\n"))
                .with("/boot/config-" + REL, "CONFIG_A=m\n");

        assertThat(root.facts().get("kernel.config.CONFIG_A"))
                .isEqualTo(Observed.known(new Text("y"), new Origin("/proc/config.gz", 1)));
        assertThat(root.facts().get("kernel.config.CONFIG_B")).isEqualTo(Observed.absent(Origin.of("/proc/config.gz")));
    }

    @Test
    void the_running_kernels_configuration_says_nothing_of_another_kernel() throws Exception {
        root.with("/proc/sys/kernel/osrelease", REL).with("/proc/config.gz", gzip("CONFIG_A=y\n"));

        assertThat(root.facts(Root.OPTIONS.withKernelRelease("6.12.0"))
                        .get("kernel.config")
                        .isUnknown())
                .isTrue();
    }

    @Test
    void a_damaged_configuration_makes_way_for_the_next() throws Exception {
        root.with("/proc/sys/kernel/osrelease", REL)
                .with("/proc/config.gz", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0})
                .with("/usr/lib/modules/" + REL + "/config.xz", xz("CONFIG_A=m\n"));

        assertThat(root.facts().get("kernel.config").origin())
                .isEqualTo(Origin.of("/usr/lib/modules/" + REL + "/config.xz"));
        Files.delete(temp.resolve("usr/lib/modules/" + REL + "/config.xz"));
        assertThat(root.facts().get("kernel.config"))
                .isEqualTo(Observed.unknown(
                        "/proc/config.gz: is damaged and cannot be unpacked", Origin.of("/boot/config-" + REL)));
    }

    @Test
    void a_configuration_without_a_release_in_its_name_counts_only_for_its_version() throws Exception {
        root.with("/proc/sys/kernel/osrelease", "6.1.119-custom").with("/boot/config", CONFIG);

        assertThat(root.facts().get("kernel.config.CONFIG_NET_IPIP").known()).contains(new Text("m"));
        assertThat(root.facts(Root.OPTIONS.withKernelRelease("6.1.120"))
                        .get("kernel.config")
                        .isUnknown())
                .isTrue();
    }

    @Test
    void no_configuration_is_unknown_and_so_is_each_of_its_symbols() throws Exception {
        root.with("/proc/sys/kernel/osrelease", REL);

        assertThat(root.facts().get("kernel.config.CONFIG_NET").isUnknown()).isTrue();
    }

    @Test
    void a_bare_configuration_tells_of_one_kernel_and_of_nothing_else() throws Exception {
        Path file = Files.write(temp.resolve("some.config.gz"), gzip(CONFIG));

        HostFacts facts = new HostCollector().collect(ConfigurationFile.of(file), Root.OPTIONS);

        assertThat(facts.source()).isEqualTo("config:" + file);
        assertThat(facts.get("kernel.release"))
                .isEqualTo(Observed.known(new Text("6.1.119"), new Origin(file.toString(), 1)));
        assertThat(facts.get("kernel.config.CONFIG_NET"))
                .isEqualTo(Observed.known(new Text("y"), new Origin(file.toString(), 2)));
        assertThat(facts.facts()).allSatisfy((name, fact) -> {
            if (!name.equals("kernel.config") && !name.equals("kernel.release")) {
                assertThat(fact.observed())
                        .isEqualTo(
                                Observed.unknown("only a kernel configuration was given", Origin.of(facts.source())));
            }
        });
        assertThat(new HostCollector()
                        .collect(ConfigurationFile.of(file), Root.OPTIONS.withArchitecture("s390x"))
                        .get("host.architecture")
                        .known())
                .contains(new Text("s390x"));
    }

    // its modules

    @Test
    void module_files_are_found_by_looking_and_not_by_modules_dep() throws Exception {
        root.with("/lib/modules/" + REL + "/kernel/net/ipv4/ipip.ko.xz", "")
                .with("/lib/modules/" + REL + "/modules.dep", "kernel/net/gone.ko:\n")
                .with("/lib/modules/6.1.0-49/extra/sctp.ko", "")
                .withLink("/lib/modules/" + REL + "/weak-updates/sctp.ko", "/lib/modules/6.1.0-49/extra/sctp.ko")
                .with("/proc/sys/kernel/osrelease", REL);

        HostFacts facts = root.facts();

        assertThat(facts.get("kernel.modules.files.ipip").known()).contains(new Text("kernel/net/ipv4/ipip.ko.xz"));
        assertThat(facts.get("kernel.modules.files.sctp").known()).contains(new Text("weak-updates/sctp.ko"));
        assertThat(facts.get("kernel.modules.files.gone")).isEqualTo(Observed.absent(Origin.of("/lib/modules/" + REL)));
    }

    @Test
    void a_module_is_incomplete_where_a_file_that_modules_dep_names_for_it_is_neither_there_nor_built_in()
            throws Exception {
        root.with("/lib/modules/" + REL + "/kernel/ipip.ko.xz", "")
                .with("/lib/modules/" + REL + "/kernel/tunnel4.ko.xz", "")
                .with("/lib/modules/" + REL + "/kernel/vxlan.ko.xz", "")
                .with("/lib/modules/" + REL + "/modules.builtin", "kernel/net/ipv4/udp_tunnel.ko\n")
                .with("/lib/modules/" + REL + "/modules.dep", """
                        kernel/tunnel4.ko.xz:
                        kernel/ipip.ko.xz: kernel/ip_tunnel.ko.xz kernel/tunnel4.ko.xz
                        kernel/vxlan.ko.xz: kernel/udp_tunnel.ko.xz
                        """)
                .with("/proc/sys/kernel/osrelease", REL);

        HostFacts facts = root.facts();

        assertThat(facts.get("kernel.modules.incomplete").known())
                .contains(new Table(Map.of("ipip", Entry.at(2, "kernel/ip_tunnel.ko.xz"))));
    }

    @Test
    void a_tree_below_usr_is_seen_once_where_lib_is_a_link(@TempDir Path other) throws Exception {
        Root merged = new Root(other)
                .withDirectory("/etc")
                .withLink("/lib", "usr/lib")
                .with("/usr/lib/modules/" + REL + "/kernel/net/ipip.ko", "")
                .with("/usr/lib/modules/" + REL + "/modules.builtin", "kernel/net/ipv4/tunnel4.ko\n");

        HostFacts facts = merged.facts();

        assertThat(facts.get("kernel.modules.files").origin()).isEqualTo(Origin.of("/lib/modules/" + REL));
        assertThat(facts.get("kernel.modules.builtin.tunnel4").known())
                .contains(new Text("kernel/net/ipv4/tunnel4.ko"));
    }

    @Test
    void no_tree_of_this_kernel_is_absence_only_where_one_could_look(@TempDir Path other) throws Exception {
        root.with("/proc/sys/kernel/osrelease", REL).with("/lib/modules/6.1.0-49/modules.dep", "");

        assertThat(root.facts().get("kernel.modules.files"))
                .isEqualTo(Observed.absent(Origin.of("/lib/modules/" + REL)));
        // without modules.builtin there is no telling what is built in
        assertThat(root.facts().get("kernel.modules.builtin").isUnknown()).isTrue();
        assertThat(new Root(other)
                        .with("/proc/sys/kernel/osrelease", REL)
                        .facts()
                        .get("kernel.modules.files"))
                .isEqualTo(Observed.unknown(
                        "neither /lib nor /usr/lib is there to look in", Origin.of("/lib/modules/" + REL)));
    }

    @Test
    void a_container_without_modules_says_nothing_of_its_host() throws Exception {
        root.with("/proc/sys/kernel/osrelease", REL).with("/.dockerenv", "");

        HostFacts facts = root.facts();

        assertThat(facts.get("host.container").known()).contains(new Text("docker"));
        assertThat(facts.get("kernel.modules.files").isUnknown()).isTrue();
        assertThat(facts.get("kernel.modules.releases").isUnknown()).isTrue();
    }

    @Test
    void lists_of_modules_without_the_modules_are_no_tree() throws Exception {
        root.with("/lib/modules/" + REL + "/modules.dep", "kernel/net/ipv4/ipip.ko: kernel/net/ipv4/tunnel4.ko\n");

        assertThat(root.facts().get("kernel.modules.files.ipip").isUnknown()).isTrue();
    }

    @Test
    void an_empty_tree_is_known_to_be_empty() throws Exception {
        root.with("/lib/modules/" + REL + "/modules.dep", "");

        assertThat(root.facts().get("kernel.modules.files").known()).contains(new Table(Map.of()));
    }

    @Test
    void aliases_come_from_modules_and_builtins() throws Exception {
        root.with("/lib/modules/" + REL + "/modules.alias", "alias ipt_set xt_set\n")
                .with("/lib/modules/" + REL + "/modules.builtin.modinfo", "nf_nat.alias=ip-nat\0");

        assertThat(root.facts().get("kernel.modules.aliases.ipt_set"))
                .isEqualTo(Observed.known(new Text("xt_set"), new Origin("/lib/modules/" + REL + "/modules.alias", 1)));
        assertThat(root.facts().get("kernel.modules.aliases.ip_nat"))
                .isEqualTo(Observed.known(
                        new Text("nf_nat"), Origin.of("/lib/modules/" + REL + "/modules.builtin.modinfo")));
    }

    @Test
    void what_is_loaded_is_known_by_proc_only() throws Exception {
        root.with("/proc/modules", "ipip 20480 0 - Live 0x0\n").with("/proc/1/net/ip_tables_names", "nat\nfilter\n");

        HostFacts facts = root.facts();

        assertThat(facts.get("kernel.modules.loaded.ipip"))
                .isEqualTo(Observed.known(new Text("Live"), new Origin("/proc/modules", 1)));
        assertThat(facts.get("kernel.xtables.ipv4.tables").known()).contains(new Texts(List.of("nat", "filter")));
        // a copy of a /proc may just lack them
        assertThat(facts.get("kernel.xtables.ipv6.tables").isUnknown()).isTrue();
        assertThat(facts.get("kernel.modules.disabled").isUnknown()).isTrue();
    }

    @Test
    void a_file_of_modprobe_d_hides_its_namesakes() throws Exception {
        root.with("/etc/modprobe.d/a.conf", "blacklist ipip\n")
                .with("/usr/lib/modprobe.d/a.conf", "blacklist sctp\n")
                .with("/lib/modprobe.d/b.conf", "# nothing\ninstall ip-vs /bin/false\n")
                .withLink("/etc/modprobe.d/c.conf", "/dev/null")
                .with("/lib/modprobe.d/c.conf", "install xt_set /bin/false\n")
                .with("/etc/modprobe.d/README", "blacklist dummy\n")
                .with("/run/modprobe.d/0.conf", "install dccp /sbin/modprobe -i dccp\n")
                .with("/run/modprobe.d/1.conf", "install dccp /bin/false\n")
                .with("/proc/cmdline", "quiet module_blacklist=wireguard\n");

        assertThat(root.facts().get("kernel.modules.blocked").known())
                .contains(new Rows(List.of(
                        Map.of("module", "ipip", "how", "blacklist", "origin", "/etc/modprobe.d/a.conf:1"),
                        Map.of("module", "ip_vs", "how", "install", "origin", "/lib/modprobe.d/b.conf:2"),
                        Map.of("module", "wireguard", "how", "module_blacklist", "origin", "/proc/cmdline:1"))));
    }

    // its settings

    @Test
    void settings_have_dotted_names_and_no_keys_are_among_them() throws Exception {
        root.with("/proc/sys/net/ipv4/ip_forward", "1\n")
                .with("/proc/sys/net/ipv4/ip_local_port_range", "1024\t65000\n")
                .with("/proc/sys/net/ipv4/conf/all/rp_filter", "2\n")
                .with("/proc/sys/net/ipv4/conf/eth0/rp_filter", "2\n")
                .with("/proc/sys/net/ipv6/conf/all/stable_secret", "a:b\n")
                .with("/proc/sys/kernel/modules_disabled", "1\n");

        HostFacts facts = root.facts();

        assertThat(facts.get("sysctl.net.ipv4.ip_forward"))
                .isEqualTo(Observed.known(new Text("1"), Origin.of("/proc/sys/net/ipv4/ip_forward")));
        assertThat(facts.get("sysctl")
                        .known()
                        .map(FactValue.Table.class::cast)
                        .orElseThrow()
                        .entries())
                .containsOnlyKeys(
                        "net.ipv4.ip_forward",
                        "net.ipv4.ip_local_port_range",
                        "net.ipv4.conf.all.rp_filter",
                        "kernel.modules_disabled");
        assertThat(facts.get("kernel.modules.disabled").known()).contains(new Flag(true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kernel.modprobe",
                "kernel.unprivileged_bpf_disabled",
                "net.core.bpf_jit_enable",
                "net.ipv4.ip_forward",
                "net.ipv4.conf.all.forwarding",
                "net.ipv4.conf.all.rp_filter",
                "net.ipv4.conf.default.rp_filter",
                "net.ipv6.conf.all.disable_ipv6",
                "net.ipv6.conf.all.forwarding",
                "net.netfilter.nf_conntrack_max"
            })
    void settings_that_documents_name_are_among_those_that_are_collected(String setting) throws Exception {
        String path = "/proc/sys/" + setting.replace('.', '/');
        root.with(path, "1\n");

        assertThat(root.facts().get("sysctl." + setting)).isEqualTo(Observed.known(new Text("1"), Origin.of(path)));
    }

    @Test
    void a_setting_that_cannot_be_read_is_unknown_and_not_absent() throws Exception {
        root.with("/proc/sys/net/core/bpf_jit_limit", "x".repeat(100_000));

        HostFacts facts = root.facts();

        assertThat(facts.get("sysctl.net.core.bpf_jit_limit"))
                .isEqualTo(
                        Observed.unknown("is larger than 65536 bytes", Origin.of("/proc/sys/net/core/bpf_jit_limit")));
        assertThat(facts.get("sysctl.net.core.somaxconn")).isEqualTo(Observed.absent(Origin.of("/proc/sys")));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] xz(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new XZOutputStream(bytes, new LZMA2Options())) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
