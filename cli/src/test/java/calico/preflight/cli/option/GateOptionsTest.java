package calico.preflight.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import calico.preflight.cli.Reports;
import calico.preflight.cli.console.ExitCode;
import calico.preflight.cli.console.UserException;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Outcome;
import calico.preflight.engine.report.Report;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class GateOptionsTest {

    private static final Finding PASSED = Reports.module("ip_set", Outcome.PASS);
    private static final Finding FAILED = Reports.module("ipip", Outcome.FAIL);
    private static final Finding UNKNOWN = Reports.port("bgp", Outcome.UNKNOWN);
    private static final Finding WARNED = Reports.distribution(Outcome.WARN);
    private static final Finding UNSURE = Reports.distribution(Outcome.UNKNOWN);
    private static final Finding FOREIGN = Reports.module("ip6_tables", Outcome.NOT_APPLICABLE);

    @Test
    void what_passes_and_what_only_warns_succeeds() {
        assertThat(gate().judge(Reports.of(PASSED, FOREIGN))).isEqualTo(ExitCode.OK);
        assertThat(gate().judge(Reports.of(PASSED, WARNED, UNSURE))).isEqualTo(ExitCode.OK);
    }

    @Test
    void a_fail_comes_before_an_unknown_and_that_before_a_warning() {
        GateOptions strict = gate("--fail-on", "warn");

        assertThat(strict.judge(Reports.of(WARNED, UNKNOWN, FAILED))).isEqualTo(ExitCode.FAILED);
        assertThat(strict.judge(Reports.of(WARNED, UNKNOWN))).isEqualTo(ExitCode.UNKNOWN);
        assertThat(strict.judge(Reports.of(WARNED, PASSED))).isEqualTo(ExitCode.WARNED);
        assertThat(strict.judge(Reports.of(PASSED))).isEqualTo(ExitCode.OK);
    }

    @Test
    void an_unknown_that_is_no_must_counts_as_a_warning() {
        assertThat(gate().judge(Reports.of(UNSURE))).isEqualTo(ExitCode.OK);
        assertThat(gate("--fail-on=warn").judge(Reports.of(UNSURE))).isEqualTo(ExitCode.WARNED);
    }

    @Test
    void unknowns_are_waived_by_what_settles_them_and_by_id() {
        Report report = Reports.of(UNKNOWN, Reports.module("ip_set", Outcome.UNKNOWN));

        assertThat(gate("--allow-unknown").judge(report)).isEqualTo(ExitCode.OK);
        assertThat(gate("--allow-unknown=network").judge(report)).isEqualTo(ExitCode.UNKNOWN);
        assertThat(gate("--allow-unknown=network,image").judge(report)).isEqualTo(ExitCode.OK);
        assertThat(gate("--allow-unknown=port/*,kernel-module/ip_set").judge(report))
                .isEqualTo(ExitCode.OK);
        assertThat(gate("--allow-unknown=port/*").waived(report)).containsExactly(UNKNOWN);
    }

    @Test
    void a_waiver_lets_no_failure_pass() {
        assertThat(gate("--allow-unknown").judge(Reports.of(FAILED, UNKNOWN))).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void a_waiver_that_means_nothing_is_refused() {
        assertThatThrownBy(() -> gate("--allow-unknown=netwrok").check(Reports.of(UNKNOWN)))
                .isInstanceOf(UserException.class)
                .hasMessage("--allow-unknown \"netwrok\" is none of image, host, network, datastore and no id in"
                        + " calico-3.16. Did you mean \"network\"?");
    }

    @Test
    void a_report_in_which_nothing_was_judged_is_no_success() {
        assertThatThrownBy(() -> gate().judge(Reports.of(FOREIGN)))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("there is nothing to check");
    }

    private static GateOptions gate(String... args) {
        CommandSpec command = CommandSpec.create();
        GateOptions gate = new GateOptions();
        gate.describeTo(command);
        new CommandLine(command).parseArgs(args);
        return gate;
    }
}
