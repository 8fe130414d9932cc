package calico.preflight.packaging;

/** Something in a class file that is better left as it is. */
final class UnusualException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What it is. */
    UnusualException(String what) {
        super(what);
    }
}
