package calico.preflight.facts.firewall;

/** A listing of rules is none, or not whole. */
public final class MalformedRulesException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param message one clause for the reader */
    MalformedRulesException(String message) {
        super(message);
    }
}
