package calico.preflight.facts.datastore;

/** What was given to reach a datastore with cannot be used: an address, or a file with certificates or a key. */
public final class InvalidAccessException extends Exception {

    private static final long serialVersionUID = 1L;

    /** The message is for the reader, a sentence with its period, and holds nothing secret. */
    public InvalidAccessException(String message) {
        super(message);
    }

    /** The same, after something else went wrong. */
    public InvalidAccessException(String message, Throwable cause) {
        super(message, cause);
    }
}
