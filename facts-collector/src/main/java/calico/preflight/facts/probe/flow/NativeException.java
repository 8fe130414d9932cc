package calico.preflight.facts.probe.flow;

import java.io.IOException;

/** The system refused a call. */
final class NativeException extends IOException {

    static final int NOT_PERMITTED = 1;
    static final int MESSAGE_TOO_LONG = 90;

    private static final long serialVersionUID = 1L;

    private final int number;

    /**
     * A refusal.
     *
     * @param number {@code errno} of Linux; 0 where the call could not even be made
     */
    NativeException(int number, String message) {
        super(message);
        this.number = number;
    }

    int number() {
        return number;
    }
}
