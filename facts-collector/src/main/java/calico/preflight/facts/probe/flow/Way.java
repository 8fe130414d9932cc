package calico.preflight.facts.probe.flow;

import java.util.Locale;

/** Which way packets go, as the host sees it that runs the probe. */
public enum Way {
    /** From this host to the peer. */
    OUT,
    /** From the peer to this host. */
    IN;

    /** As it stands in facts. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
