package calico.preflight.facts.collect;

import java.util.List;

/** The source holds several kernels, and nothing says which of them is meant: the user has to name one. */
public final class AmbiguousKernelException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<String> releases;

    AmbiguousKernelException(String source, List<String> releases) {
        super(source + " holds several kernels, and none of them runs there: " + String.join(", ", releases)
                + ". Choose one with --kernel-release.");
        this.releases = List.copyOf(releases);
    }

    /** The releases to choose from, sorted. */
    public List<String> releases() {
        return releases;
    }
}
