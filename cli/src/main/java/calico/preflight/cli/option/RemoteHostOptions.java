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
import java.util.stream.Stream;

/** Many hosts that are reached through ssh. */
public final class RemoteHostOptions extends OptionGroup {

    private static final int MOST_HOSTS = 1_000_000;
    private static final int MOST_RETRIES = 10;

    private final Single<Path> file = path(
            "--hosts",
            "FILE",
            "hosts to reach through ssh, one a line: [user@]host[:port], with or without ssh:// before it; "
                    + "lines that begin with # are left out");

    private final Flag sudo =
            flag("--ssh-sudo", "look at hosts of ssh:// by sudo -n, which must not ask for a password");

    private final Single<String> configuration =
            text("--ssh-config", "FILE", "the configuration of ssh, in the place of your own");

    private final Single<Integer> retries = one(
            Integer.class,
            option(
                            "--retries",
                            "NUMBER",
                            "how often a host that cannot be reached by ssh is tried again, after a pause that doubles each time "
                                    + "(default: ${DEFAULT-VALUE})")
                    .defaultValue("1"));

    private final Single<Path> captures = path(
            "--captures",
            "DIR",
            "keep the capture of each host that is reached by ssh there as it arrives; a later run takes what is "
                    + "there, and reaches only the others");

    private final Flag refresh = flag("--refresh", "with --captures: reach all hosts, and take what is there anew");

    /** None is given yet. */
    public RemoteHostOptions() {
        super(Section.HOSTS);
    }

    /** How they give their captures. */
    public RemoteHosts remote(Console console) {
        if (retries.certain() < 0 || retries.certain() > MOST_RETRIES) {
            throw new UserException(
                    "--retries " + retries.certain() + ": a number from 0 to " + MOST_RETRIES + " is allowed.");
        }
        if (refresh.isGiven() && captures.value().isEmpty()) {
            throw new UserException("--refresh takes anew what is in the directory of --captures: name that too.");
        }
        SshSettings usual = SshSettings.USUAL;
        return new RemoteHosts(
                new SshSettings(sudo.isGiven(), configuration.value(), usual.connectLimit(), usual.timeLimit()),
                retries.certain(),
                captures.value().map(directory -> new KeptCaptures(directory, console, refresh.isGiven())));
    }

    /**
     * The hosts of the file, as {@code ssh://} names.
     *
     * @throws UserException with every line that is no host
     */
    public List<String> hosts() {
        if (file.value().isEmpty()) {
            return List.of();
        }
        List<String> hosts = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        int number = 0;
        for (String line : lines(file.value().get())) {
            number++;
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            String name = text.startsWith(SshAddress.SCHEME) ? text : SshAddress.SCHEME + text;
            try {
                hosts.add(SshAddress.parse(name).toString());
            } catch (UnusableSourceException e) {
                wrong.add(file.value().get() + ":" + number + ": " + e.why() + ".");
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
