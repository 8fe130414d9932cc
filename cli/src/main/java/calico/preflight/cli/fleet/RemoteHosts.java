package calico.preflight.cli.fleet;

import calico.preflight.facts.capture.CaptureHost;
import calico.preflight.facts.remote.ConnectionException;
import calico.preflight.facts.remote.SshAddress;
import calico.preflight.facts.remote.SshHost;
import calico.preflight.facts.remote.SshSettings;
import calico.preflight.facts.source.UnusableSourceException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * How the hosts of {@code ssh://} give their captures.
 *
 * @param retries how often one that could not be reached is tried again
 * @param kept where captures are kept
 */
public record RemoteHosts(SshSettings ssh, int retries, Optional<KeptCaptures> kept) {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** Need it not be reached? */
    boolean isKept(String name) {
        try {
            SshAddress address = SshAddress.parse(name);
            return kept.filter(captures -> captures.has(address)).isPresent();
        } catch (UnusableSourceException e) {
            return false;
        }
    }

    /**
     * The capture that is kept of a host, or that it gives now.
     *
     * @throws UnusableSourceException if there is none, why
     */
    CaptureHost open(String name) throws IOException {
        SshAddress address = SshAddress.parse(name);
        if (kept.isEmpty()) {
            return reached(address);
        }
        if (kept.get().has(address)) {
            return kept.get().read(address);
        }
        CaptureHost host = reached(address);
        kept.get().keep(address, host.capture());
        return host;
    }

    private CaptureHost reached(SshAddress address) throws IOException {
        Duration pause = FIRST_PAUSE;
        for (int left = retries; left > 0; left--) {
            try {
                return SshHost.collect(address, ssh);
            } catch (ConnectionException e) {
                pause(pause);
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
        return SshHost.collect(address, ssh);
    }

    private static void pause(Duration time) throws UnusableSourceException {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnusableSourceException("was interrupted", e);
        }
    }
}
