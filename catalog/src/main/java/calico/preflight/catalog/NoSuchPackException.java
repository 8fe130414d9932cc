package calico.preflight.catalog;

/** There are no requirements for the version, the pack id or the platform that was asked for; the message names what there is. */
public final class NoSuchPackException extends Exception {

    private static final long serialVersionUID = 1L;

    public NoSuchPackException(String message) {
        super(message);
    }
}
