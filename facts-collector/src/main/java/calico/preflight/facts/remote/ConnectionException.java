package calico.preflight.facts.remote;

import calico.preflight.facts.source.UnusableSourceException;

/** A host was not reached, or not long enough: the next time it may be. */
public final class ConnectionException extends UnusableSourceException {
    private static final long serialVersionUID = 1L;

    ConnectionException(String why) {
        super(why);
    }

    ConnectionException(String why, Throwable cause) {
        super(why, cause);
    }
}
