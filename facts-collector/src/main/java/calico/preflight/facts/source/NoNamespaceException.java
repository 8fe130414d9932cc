package calico.preflight.facts.source;

/** No throw-away network namespace can be made here, which says nothing on the kernel's other capabilities. */
public final class NoNamespaceException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * With one clause for the reader.
     *
     * @param message such as {@code only root can make a network namespace}
     */
    public NoNamespaceException(String message) {
        super(message);
    }
}
