package calico.preflight.facts.remote;

import calico.preflight.facts.capture.CaptureHost;
import calico.preflight.facts.capture.CaptureScript;
import calico.preflight.facts.source.UnusableSourceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Looks at one host through the system's own {@code ssh}: the script goes in on standard input, the capture comes back on
 * standard output, and nothing is left there. Keys, agents, jump hosts and host keys are those of the user's
 * configuration; nothing is ever asked. It may be used by many threads at once.
 */
public final class SshHost {

    /** What ssh exits with where it, and not the command on the other side, went wrong. */
    private static final int SSH_FAILED = 255;

    private static final int NO_SUCH_COMMAND = 127;

    private SshHost() {}

    /**
     * Collects a host.
     *
     * @throws UnusableSourceException why there is no capture of it, in a clause for the reader; a
     *     {@link ConnectionException} where trying again may help
     */
    public static CaptureHost collect(SshAddress address, SshSettings settings) throws IOException {
        CaptureScript.Run run = CaptureScript.run(command(address, settings), settings.timeLimit());
        if (!run.end().isEmpty()) {
            throw new UnusableSourceException(run.end());
        }
        if (run.isWithoutArchive()) {
            throw nothing(run, settings);
        }
        try {
            return CaptureHost.of(address.toString(), run.capture());
        } catch (UnusableSourceException e) {
            if (run.status() == 0) {
                throw new UnusableSourceException("what came back " + e.why(), e);
            }
            throw new ConnectionException(
                    "the connection broke off after " + run.size() + " bytes" + said(run.trouble()), e);
        }
    }

    static List<String> command(SshAddress address, SshSettings settings) {
        List<String> command = new ArrayList<>(List.of(
                "ssh",
                "-T",
                "-o",
                "BatchMode=yes",
                "-o",
                "ConnectTimeout=" + settings.connectLimit().toSeconds(),
                "-o",
                "ServerAliveInterval=15",
                "-o",
                "ForwardAgent=no",
                "-o",
                "ForwardX11=no",
                "-o",
                "ClearAllForwardings=yes"));
        settings.configuration().ifPresent(file -> command.addAll(List.of("-F", file)));
        address.user().ifPresent(user -> command.addAll(List.of("-l", user)));
        address.port().ifPresent(port -> command.addAll(List.of("-p", Integer.toString(port))));
        command.addAll(List.of("--", address.host(), settings.sudo() ? "sudo -n sh -s" : "sh -s"));
        return command;
    }

    private static UnusableSourceException nothing(CaptureScript.Run run, SshSettings settings) {
        String trouble = run.trouble();
        String lower = trouble.toLowerCase(Locale.ROOT);
        if (run.status() != SSH_FAILED) {
            return new UnusableSourceException(whyNothing(run, settings));
        }
        if (lower.contains("host key verification failed") || lower.contains("host identification has changed")) {
            return new UnusableSourceException(
                    lower.contains("has changed")
                            ? "its host key is not the one that is known: see ssh -v"
                            : "its host key is not known: connect once with ssh, or add it to known_hosts");
        }
        if (lower.contains("permission denied (")) {
            return new UnusableSourceException(
                    "it refused the login; keys, agent and user are those of ssh, and passwords are not asked for");
        }
        return new ConnectionException("it cannot be reached" + said(trouble));
    }

    private static String whyNothing(CaptureScript.Run run, SshSettings settings) {
        String trouble = run.trouble();
        if (settings.sudo() && trouble.toLowerCase(Locale.ROOT).contains("sudo")) {
            return run.status() == NO_SUCH_COMMAND
                    ? "sudo is not installed there; without --ssh-sudo it is looked at as the user who logs in"
                    : "sudo does not run sh there without a password" + said(trouble);
        }
        if (run.size() > 0) {
            return "what came back is no capture: it begins with \"" + run.firstLine() + "\"";
        }
        return run.status() == 0
                ? "nothing came back"
                : "the shell there ended with status " + run.status() + said(trouble);
    }

    private static String said(String trouble) {
        String line = CaptureScript.lastLine(trouble);
        return line.isEmpty() ? "" : ": " + line;
    }
}
