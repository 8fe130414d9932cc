package calico.preflight.catalog.prepared;

import java.io.Serial;

/** A prepared file is not of this program, or damaged; what it was made of is still there and is read instead. */
public final class StaleException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    StaleException(String message) {
        super(message);
    }
}
