package calico.preflight.engine.report;

/** What came of judging a requirement, or all of them. */
public enum Outcome {
    /** The requirement is met, and the evidence shows it. */
    PASS,
    /** It is not met, but the document only advises it; or it is met with a reservation. */
    WARN,
    /** It is needed and not met. */
    FAIL,
    /** The evidence does not settle it. */
    UNKNOWN,
    /** It does not hold for the target, or it demands nothing. */
    NOT_APPLICABLE
}
