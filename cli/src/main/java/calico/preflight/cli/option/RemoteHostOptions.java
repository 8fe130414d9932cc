package calico.preflight.cli.option;

import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.UserException;
import calico.preflight.cli.fleet.KeptCaptures;
import calico.preflight.cli.fleet.RemoteHosts;
import calico.preflight.facts.remote.SshAddress;
import calico.preflight.facts.remote.SshSettings;
import calico.preflight.facts.source.UnusableSourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Many hosts that are reached through ssh. */
public final class RemoteHostOptions {

    private static final int MOST_HOSTS = 1_000_000;
    private static final int MOST_RETRIES = 10;

    @Option(
            names = "--hosts",
            paramLabel = "FILE",
            description =
                    "hosts to reach through ssh, one a line: [user@]host[:port], with or without ssh:// before it; "
                            + "lines that begin with # are left out")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--ssh-sudo", description = "look at hosts of ssh:// by sudo -n, which must not ask for a password")
    private boolean sudo;

    @Option(
            names = "--ssh-config",
            paramLabel = "FILE",
            description = "the configuration of ssh, in the place of your own")
    private Optional<String> configuration = Optional.empty();

    @Option(
            names = "--retries",
            paramLabel = "NUMBER",
            description =
                    "how often a host that cannot be reached by ssh is tried again, after a pause that doubles each time "
                            + "(default: ${DEFAULT-VALUE})",
            defaultValue = "1")
    private int retries;

    @Option(
            names = "--captures",
            paramLabel = "DIR",
            description =
                    "keep the capture of each host that is reached by ssh there as it arrives; a later run takes what is "
                            + "there, and reaches only the others")
    private Optional<Path> captures = Optional.empty();

    @Option(names = "--refresh", description = "with --captures: reach all hosts, and take what is there anew")
    private boolean refresh;

    /** How they give their captures. */
    public RemoteHosts remote(Console console) {
        if (retries < 0 || retries > MOST_RETRIES) {
            throw new UserException("--retries " + retries + ": a number from 0 to " + MOST_RETRIES + " is allowed.");
        }
        if (refresh && captures.isEmpty()) {
            throw new UserException("--refresh takes anew what is in the directory of --captures: name that too.");
        }
        SshSettings usual = SshSettings.USUAL;
        return new RemoteHosts(
                new SshSettings(sudo, configuration, usual.connectLimit(), usual.timeLimit()),
                retries,
                captures.map(directory -> new KeptCaptures(directory, console, refresh)));
    }

    /**
     * The hosts of the file, as {@code ssh://} names.
     *
     * @throws UserException with every line that is no host
     */
    public List<String> hosts() {
        if (file.isEmpty()) {
            return List.of();
        }
        List<String> hosts = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        int number = 0;
        for (String line : lines(file.get())) {
            number++;
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            String name = text.startsWith(SshAddress.SCHEME) ? text : SshAddress.SCHEME + text;
            try {
                hosts.add(SshAddress.parse(name).toString());
            } catch (UnusableSourceException e) {
                wrong.add(file.get() + ":" + number + ": " + e.why() + ".");
            }
        }
        if (!wrong.isEmpty()) {
            throw new UserException(String.join("\n", wrong));
        }
        return hosts;
    }

    private static List<String> lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.limit(MOST_HOSTS).toList();
        } catch (IOException e) {
            throw new UserException("--hosts " + file + ": " + Console.reason(e) + ".", e);
        } catch (java.io.UncheckedIOException e) {
            throw new UserException("--hosts " + file + ": is no text.", e);
        }
    }
}
