package calico.preflight.cli.option;

import calico.preflight.cli.console.UserException;
import calico.preflight.facts.remote.SshSettings;
import java.util.List;
import java.util.Optional;

/** Which host is looked at, and what the user knows of it that the source lacks. */
public final class HostOptions extends OptionGroup {

    private final Single<String> source = text(
            "-s, --source",
            "SOURCE",
            "live: this host; ssh://[user@]host[:port]: another one; a directory or an archive: a root, a "
                    + "sosreport or what calicoctl node diags gathered; a file: a capture, or a kernel configuration "
                    + "(default: live)");

    private final Several<String> facts =
            texts("--facts", "FILE", "facts that collect wrote; - reads them from standard input");

    private final Single<String> kernelRelease =
            text("--kernel-release", "RELEASE", "the kernel to judge, where the source holds none or several");

    private final Single<String> architecture = text(
            "--arch", "NAME", "the architecture, where the source does not show it: x86_64, aarch64, ppc64le, s390x");

    /** None is given yet. */
    public HostOptions() {
        super(Section.HOST);
    }

    /** Is the host the machine that this runs on, as it is now? */
    public boolean isLive() {
        return facts.values().isEmpty() && source.value().map("live"::equals).orElse(true);
    }

    private final Flag sshSudo =
            flag("--ssh-sudo", "look at a host of ssh:// by sudo -n, which must not ask for a password");

    private final Single<String> sshConfiguration =
            text("--ssh-config", "FILE", "the configuration of ssh, in the place of your own");

    /** How hosts of {@code ssh://} are reached. */
    public SshSettings ssh() {
        return new SshSettings(
                sshSudo.isGiven(),
                sshConfiguration.value(),
                SshSettings.USUAL.connectLimit(),
                SshSettings.USUAL.timeLimit());
    }

    /** What {@code HostSources} opens; nothing: live. */
    public Optional<String> source() {
        return source.value();
    }

    /**
     * The file of collected facts, {@code -} for standard input.
     *
     * @throws UserException where several are given
     */
    public Optional<String> facts() {
        if (facts.values().size() > 1) {
            throw new UserException("--facts stands here " + facts.values().size()
                    + " times, but this judges one host; matrix takes several.");
        }
        return facts.values().stream().findFirst();
    }

    /** All files of collected facts, and folders of them. */
    public List<String> allFacts() {
        return facts.values();
    }

    /** The kernel release to be judged. */
    public Optional<String> kernelRelease() {
        return kernelRelease.value();
    }

    /** The machine as {@code uname -m} names it. */
    public Optional<String> architecture() {
        return architecture.value();
    }
}
