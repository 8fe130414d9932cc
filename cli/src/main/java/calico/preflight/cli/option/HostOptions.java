package calico.preflight.cli.option;

import calico.preflight.cli.console.UserException;
import calico.preflight.facts.remote.SshSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which host is looked at, and what the user knows of it that the source lacks. */
public final class HostOptions {

    @Option(
            names = {"-s", "--source"},
            paramLabel = "SOURCE",
            description =
                    "live: this host; ssh://[user@]host[:port]: another one; a directory or an archive: a root, a "
                            + "sosreport or what calicoctl node diags gathered; a file: a capture, or a kernel configuration "
                            + "(default: live)")
    private Optional<String> source = Optional.empty();

    @Option(
            names = "--facts",
            paramLabel = "FILE",
            description = "facts that collect wrote; - reads them from standard input")
    private List<String> facts = new ArrayList<>();

    @Option(
            names = "--kernel-release",
            paramLabel = "RELEASE",
            description = "the kernel to judge, where the source holds none or several")
    private Optional<String> kernelRelease = Optional.empty();

    @Option(
            names = "--arch",
            paramLabel = "NAME",
            description = "the architecture, where the source does not show it: x86_64, aarch64, ppc64le, s390x")
    private Optional<String> architecture = Optional.empty();

    /** Is the host the machine that this runs on, as it is now? */
    public boolean isLive() {
        return facts.isEmpty() && source.map("live"::equals).orElse(true);
    }

    @Option(
            names = "--ssh-sudo",
            description = "look at a host of ssh:// by sudo -n, which must not ask for a password")
    private boolean sshSudo;

    @Option(
            names = "--ssh-config",
            paramLabel = "FILE",
            description = "the configuration of ssh, in the place of your own")
    private Optional<String> sshConfiguration = Optional.empty();

    /** How hosts of {@code ssh://} are reached. */
    public SshSettings ssh() {
        return new SshSettings(
                sshSudo, sshConfiguration, SshSettings.USUAL.connectLimit(), SshSettings.USUAL.timeLimit());
    }

    /** What {@code HostSources} opens; nothing: live. */
    public Optional<String> source() {
        return source;
    }

    /**
     * The file of collected facts, {@code -} for standard input.
     *
     * @throws UserException where several are given
     */
    public Optional<String> facts() {
        if (facts.size() > 1) {
            throw new UserException(
                    "--facts stands here " + facts.size() + " times, but this judges one host; matrix takes several.");
        }
        return facts.stream().findFirst();
    }

    /** All files of collected facts, and folders of them. */
    public List<String> allFacts() {
        return List.copyOf(facts);
    }

    /** The kernel release to be judged. */
    public Optional<String> kernelRelease() {
        return kernelRelease;
    }

    /** The machine as {@code uname -m} names it. */
    public Optional<String> architecture() {
        return architecture;
    }
}
