package calico.preflight.cli.option;

import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;

/**
 * An option or an argument that is given at most once.
 *
 * @param <T> its value
 */
public final class Single<T> {

    private final ArgSpec description;

    Single(ArgSpec description) {
        this.description = description;
    }

    /** What was given, or is usual where help says so. */
    public Optional<T> value() {
        return Optional.ofNullable(description.<T>getValue());
    }

    /** What was given, or else this. */
    public T or(T usual) {
        return value().orElse(usual);
    }

    /** The value of what no command runs without, since it must be given or has a usual value. */
    public T certain() {
        return value().orElseThrow();
    }
}
