package calico.preflight.facts.probe.flow;

import java.io.IOException;

/** The other end of a control connection did not say what it should, or does not have the key. */
public final class ProbeException extends IOException {

    private static final long serialVersionUID = 1L;

    ProbeException(String message) {
        super(message);
    }
}
