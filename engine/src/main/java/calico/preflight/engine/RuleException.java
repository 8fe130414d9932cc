package calico.preflight.engine;

/** The inference rules compiled, but misbehaved when they were let loose on a host. The fault is in the rules. */
public final class RuleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what they did and which rule it was, for its author
     */
    public RuleException(String message) {
        super(message);
    }
}
