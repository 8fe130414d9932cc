package calico.preflight.facts.probe;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.facts.probe.Trial.Result;
import calico.preflight.facts.source.ProbeCommand;
import calico.preflight.facts.source.ProbeCommand.Kind;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A refusal by the kernel is told apart from trouble with the tools. */
class TrialReadingTest {

    private static final TrialReading READING = new TrialReading(true, true);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SET    | ipset v7.1: Kernel error received: set type not supported",
                "SUBSYSTEM | ipset v7.1: Kernel error received: Invalid argument",
                "RULE   | iptables: No chain/target/match by that name.",
                "TABLE  | iptables v1.8.7 (legacy): can't initialize iptables table `filter': Table does not exist (do you need to insmod?)",
                "TABLE  | iptables v1.8.9 (legacy): can't initialize iptables table `filter': iptables who? (do you need to insmod?)",
                "DEVICE | Error: Unknown device type.",
                "DEVICE | RTNETLINK answers: Operation not supported",
                "CONNTRACK | conntrack v1.4.6 (conntrack-tools): Operation failed: invalid parameters",
                "TRAFFIC_CONTROL | Error: Specified qdisc kind is unknown.",
                "TRAFFIC_CONTROL | Error: TC classifier not found.",
                "NFT    | Error: Could not process rule: Operation not supported",
                "NFT_RULE | Error: Could not process rule: No such file or directory",
                "NFT_RULE | iptables v1.8.7 (nf_tables):  RULE_APPEND failed (No such file or directory): rule in chain INPUT"
            })
    void a_refusal_by_the_kernel_is_a_failure(Kind kind, String output) {
        Trial trial = READING.read(kind, 1, output + "\n");

        assertThat(trial.result()).isEqualTo(Result.FAILS);
        assertThat(trial.reason()).isEqualTo(output);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RULE   | iptables v1.8.7 (legacy): Couldn't load match `u32':No such file or directory",
                "RULE   | iptables v1.8.7 (legacy): Couldn't load target `REJECT':No such file or directory",
                "RULE   | iptables v1.8.7 (legacy): can't initialize iptables table `raw': Table does not exist (do you need to insmod?)",
                "RULE   | iptables v1.8.7 (legacy): unknown option \"--icmp-type\"",
                "RULE   | iptables v1.8.7 (legacy): Set preflight-ip doesn't exist.",
                "RULE   | Another app is currently holding the xtables lock. Perhaps you want to use the -w option?",
                "RULE   | iptables: Invalid argument. Run `dmesg' for more information.",
                "TABLE  | iptables v1.8.7 (legacy): can't initialize iptables table `filter': Permission denied (you must be root)",
                "TABLE  | ip6tables v1.8.7 (legacy): can't initialize ip6tables table `filter': Address family not supported by protocol",
                "SET    | ipset v7.1: Kernel error received: Operation not permitted",
                "SET    | ipset v7.1: Kernel support protocol versions 6-6 while userspace supports protocol versions 7-7",
                "DEVICE | RTNETLINK answers: Operation not permitted",
                "TRAFFIC_CONTROL | Error: Exclusivity flag on, cannot modify.",
                "SETTINGS | Unable to access interface: Protocol not supported",
                "BPF_XDP | Error: missing CAP_SYS_ADMIN, required for full feature probing; run as root",
                "DEVICE | Error: either \"dev\" is duplicate, or \"foo\" is a garbage.",
                "CONNTRACK | conntrack v1.4.6 (conntrack-tools): Operation failed: sorry, you must be root or get CAP_NET_ADMIN capability to do this"
            })
    void trouble_with_a_tool_leaves_it_open(Kind kind, String output) {
        assertThat(READING.read(kind, 2, output).result()).isEqualTo(Result.OPEN);
    }

    @Test
    void a_missing_extension_is_said_to_be_no_matter_of_the_kernel() {
        String output = "iptables v1.8.7 (legacy): Couldn't load match `bpf':No such file or directory\n\nTry help\n";

        assertThat(READING.read(Kind.RULE, 2, output))
                .hasToString("open: this iptables lacks the extension, which says nothing of the kernel: "
                        + "iptables v1.8.7 (legacy): Couldn't load match `bpf':No such file or directory");
    }

    @Test
    void a_table_that_no_modprobe_could_have_loaded_is_open() {
        String output = "iptables v1.8.7 (legacy): can't initialize iptables table `filter': Table does not exist";

        assertThat(new TrialReading(true, false).read(Kind.TABLE, 3, output).result())
                .isEqualTo(Result.OPEN);
        assertThat(new TrialReading(false, false).read(Kind.TABLE, 3, output).result())
                .as("a kernel without modules")
                .isEqualTo(Result.FAILS);
    }

    @Test
    void connection_tracking_that_has_settings_for_tcp_has_them_for_sctp_or_lacks_it() {
        String tcp = "nf_conntrack_max\nnf_conntrack_tcp_timeout_established\n";

        assertThat(READING.read(Kind.CONNTRACK_SETTINGS, 0, tcp).result()).isEqualTo(Result.FAILS);
        assertThat(READING.read(Kind.CONNTRACK_SETTINGS, 0, tcp + "nf_conntrack_sctp_timeout_established\n"))
                .isEqualTo(Trial.WORKS);
        assertThat(READING.read(Kind.CONNTRACK_SETTINGS, 0, "nf_log\n").result())
                .as("not loaded")
                .isEqualTo(Result.OPEN);
    }

    @Test
    void that_sctp_is_no_protocol_now_proves_nothing_where_modules_can_be_loaded() {
        String header = "protocol  size sockets  memory press\n";

        assertThat(READING.read(Kind.PROTOCOL, 0, header + "SCTPv6    1616      0\nSCTP      1456      0\n"))
                .isEqualTo(Trial.WORKS);
        assertThat(READING.read(Kind.PROTOCOL, 0, header + "TCP       2304      0\n")
                        .result())
                .isEqualTo(Result.OPEN);
        assertThat(new TrialReading(false, false)
                        .read(Kind.PROTOCOL, 0, header + "TCP       2304      0\n")
                        .result())
                .isEqualTo(Result.FAILS);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void any_output_is_read(Kind kind) {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            byte[] bytes = new byte[random.nextInt(2000)];
            random.nextBytes(bytes);
            String output = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);

            assertThat(READING.read(kind, random.nextInt(3), output).reason()).hasSizeLessThan(400);
        }
    }

    @Test
    void what_a_try_builds_on_runs_before_it() {
        for (ProbeCommand command : ProbeCommand.values()) {
            command.buildsOn().ifPresent(base -> assertThat(base).isLessThan(command));
        }
    }

    @Test
    void of_each_type_of_program_bpftool_says_whether_the_kernel_took_it() {
        String output = """
                Scanning system call availability...
                bpf() syscall is available

                Scanning eBPF program types...
                eBPF program_type sched_cls is available
                eBPF program_type xdp is NOT available
                """;

        assertThat(READING.read(Kind.BPF_CLASSIFIER, 0, output)).isEqualTo(Trial.WORKS);
        assertThat(READING.read(Kind.BPF_XDP, 0, output))
                .isEqualTo(Trial.fails("eBPF program_type xdp is NOT available"));
        assertThat(READING.read(Kind.BPF_XDP, 0, "").result()).isEqualTo(Result.OPEN);
    }

    @Test
    void what_modprobe_says_does_not_hide_what_the_tool_says() {
        String output = """
                modprobe: ERROR: could not insert 'ip_tables': Unknown symbol in module, or unknown parameter (see dmesg)
                iptables v1.8.9 (legacy): can't initialize iptables table `filter': Permission denied
                """;

        assertThat(READING.read(Kind.RULE, 3, output).reason()).startsWith("iptables v1.8.9");
    }
}
