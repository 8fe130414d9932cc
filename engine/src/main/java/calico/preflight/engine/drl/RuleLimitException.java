package calico.preflight.engine.drl;

/** The rules did not come to an end within their limits. The session they ran in must not be used again. */
public final class RuleLimitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message which limit, and the rules that were at work
     */
    public RuleLimitException(String message) {
        super(message);
    }
}
