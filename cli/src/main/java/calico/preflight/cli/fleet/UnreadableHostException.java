package calico.preflight.cli.fleet;

/** A host that cannot be judged because of what there is of it; the message says why in one line. */
public final class UnreadableHostException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnreadableHostException(String message) {
        super(message);
    }

    public UnreadableHostException(String message, Throwable cause) {
        super(message, cause);
    }
}
