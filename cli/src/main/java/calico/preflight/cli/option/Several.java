package calico.preflight.cli.option;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;

/**
 * An option that is given any number of times, or an argument of which there may be several.
 *
 * @param <T> each of its values
 */
public final class Several<T> {

    private final ArgSpec description;

    Several(ArgSpec description) {
        this.description = description;
    }

    /** What was given, in that order. */
    public List<T> values() {
        return Optional.ofNullable(description.<List<T>>getValue())
                .map(List::copyOf)
                .orElse(List.of());
    }
}
