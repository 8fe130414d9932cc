package calico.preflight.facts.json;

import java.util.List;

/** A facts file cannot be used: its mistakes, each as {@code FILE:line:column: what is wrong; what is allowed}. */
public final class InvalidFactsException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    InvalidFactsException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** The mistakes in the order of the file, at most twenty. */
    public List<String> problems() {
        return problems;
    }
}
