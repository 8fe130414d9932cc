package calico.preflight.facts.remote;

import java.time.Duration;
import java.util.Optional;

/**
 * How hosts are reached through ssh; all else is said by the user's own configuration of ssh.
 *
 * @param sudo is the script run by {@code sudo -n} there?
 * @param configuration the file that is the configuration of ssh; nothing: the usual ones
 * @param connectLimit for the connection
 * @param timeLimit for all of it
 */
public record SshSettings(boolean sudo, Optional<String> configuration, Duration connectLimit, Duration timeLimit) {

    /** As the user that ssh logs in as; ten seconds to connect, two minutes for all. */
    public static final SshSettings USUAL =
            new SshSettings(false, Optional.empty(), Duration.ofSeconds(10), Duration.ofMinutes(2));
}
