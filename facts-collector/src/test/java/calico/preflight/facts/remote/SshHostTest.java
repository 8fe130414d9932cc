package calico.preflight.facts.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import calico.preflight.facts.capture.CaptureHost;
import calico.preflight.facts.source.Content.Present;
import calico.preflight.facts.source.LiveHost;
import calico.preflight.facts.source.UnusableSourceException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts behind a real sshd on this machine. */
class SshHostTest {

    @TempDir
    private static Path directory;

    private static Optional<TestSshd> sshd = Optional.empty();

    @BeforeAll
    static void start() throws Exception {
        sshd = Optional.of(TestSshd.start(directory));
    }

    @AfterAll
    static void stop() throws Exception {
        if (sshd.isPresent()) {
            sshd.get().close();
        }
    }

    private static CaptureHost collect(String host, Duration limit) throws Exception {
        return SshHost.collect(
                SshAddress.parse("ssh://" + host), sshd.orElseThrow().settings(limit));
    }

    @ParameterizedTest
    @ValueSource(strings = {"good", "bannered"})
    void aHostGivesItsCaptureThroughSshAndABannerDoesNotHarmIt(String host) throws Exception {
        CaptureHost captured = collect(host, Duration.ofMinutes(2));
        assertThat(captured.name()).isEqualTo("ssh://" + host);
        assertThat(captured.read("/proc/sys/kernel/osrelease", 100))
                .isInstanceOfSatisfying(Present.class, content -> assertThat((byte[]) content.value())
                        .isEqualTo(
                                new LiveHost().read("/proc/sys/kernel/osrelease", 100) instanceof Present<byte[]> live
                                        ? live.value()
                                        : new byte[0]));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "broken   | the connection broke off after 3000 bytes",
                "garbage  | what came back is no capture: it begins with \"This host is not for you\"",
                "silent   | nothing came back",
                "failing  | the shell there ended with status 7: cannot fork",
                "refused  | it refused the login; keys, agent and user are those of ssh, and passwords are not asked for",
                "unknown  | its host key is not known: connect once with ssh, or add it to known_hosts",
                "changed  | its host key is not the one that is known: see ssh -v",
                "away     | it cannot be reached: ssh: connect to host 127.0.0.1 port 1: Connection refused"
            })
    void aHostThatGivesNoCaptureSaysWhy(String host, String why) {
        assertThatThrownBy(() -> collect(host, Duration.ofMinutes(2)))
                .isInstanceOf(UnusableSourceException.class)
                .hasMessageStartingWith(why);
    }

    @Test
    void aHostThatHangsIsGivenUpAfterTheTimeLimit() {
        assertThatThrownBy(() -> collect("hanging", Duration.ofSeconds(2)))
                .isInstanceOf(UnusableSourceException.class)
                .hasMessage("it did not end within 2 s");
    }

    @Test
    void whereSudoAsksForAPasswordItIsSaid() {
        SshSettings usual = sshd.orElseThrow().settings(Duration.ofMinutes(1));
        SshSettings sudo = new SshSettings(true, usual.configuration(), usual.connectLimit(), usual.timeLimit());
        assertThatThrownBy(() -> SshHost.collect(SshAddress.parse("ssh://nosudo"), sudo))
                .hasMessage("sudo does not run sh there without a password: sudo: a password is required");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssh://-oProxyCommand=id",
                "ssh://user@-oProxyCommand=id",
                "ssh://-l@host",
                "ssh://",
                "ssh://a b",
                "ssh://host;id",
                "ssh://$(id)",
                "ssh://host/path",
                "ssh://host\nother",
                "ssh://host:port",
                "ssh://host:0",
                "ssh://host:65536",
                "ssh://user@",
                "ssh://fe80::1",
                "ssh://[fe80::1%eth0;id]",
                "ssh://[::1]x",
                "http://host"
            })
    void aNameThatIsNoHostIsRefusedBeforeSshIsStarted(String name) {
        assertThatThrownBy(() -> SshAddress.parse(name)).isInstanceOf(UnusableSourceException.class);
    }

    @Test
    void theHostComesAfterTheEndOfOptions() throws Exception {
        assertThat(SshHost.command(SshAddress.parse("ssh://me@[fe80::1%eth0]:2222"), SshSettings.USUAL))
                .containsSubsequence("ssh", "BatchMode=yes", "-l", "me", "-p", "2222")
                .endsWith("--", "fe80::1%eth0", "sh -s");
        assertThat(List.of("ssh://me@[fe80::1%eth0]:2222", "ssh://node_1.example", "ssh://10.0.0.1:22"))
                .allSatisfy(name -> assertThat(SshAddress.parse(name)).hasToString(name));
    }
}
