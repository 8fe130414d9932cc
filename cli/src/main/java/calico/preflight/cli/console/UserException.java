package calico.preflight.cli.console;

/**
 * The run cannot go on, and the user can do something about it. Ends with {@link ExitCode#USAGE}; the message says what is
 * wrong and what is allowed.
 */
public final class UserException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UserException(String message) {
        super(message);
    }

    public UserException(String message, Throwable cause) {
        super(message, cause);
    }
}
