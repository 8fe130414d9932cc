package calico.preflight.facts.probe.flow;

/** The length of packets was not found out. */
final class NotMeasuredException extends Exception {
    private static final long serialVersionUID = 1L;

    NotMeasuredException(String message) {
        super(message);
    }
}
