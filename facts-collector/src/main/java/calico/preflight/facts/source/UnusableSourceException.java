package calico.preflight.facts.source;

import java.io.IOException;

/** A source of facts cannot be used; the message is a clause for the reader, without the name of the source. */
public class UnusableSourceException extends IOException {
    private static final long serialVersionUID = 1L;

    /** For this reason. */
    public UnusableSourceException(String why) {
        super(why);
    }

    /** For this reason, which something else brought about. */
    public UnusableSourceException(String why, Throwable cause) {
        super(why, cause);
    }

    /** The reason, as a clause. */
    public String why() {
        return String.valueOf(getMessage());
    }
}
