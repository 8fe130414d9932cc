package calico.preflight.facts.source;

import java.util.Objects;

/**
 * What a host source answers when it is asked for something: the thing itself, or why not.
 *
 * @param <T> bytes of a file, names in a directory, output of a command
 */
public sealed interface Content<T> {

    /** It is there, and here it is. */
    record Present<T>(T value) implements Content<T> {
        public Present {
            Objects.requireNonNull(value, "value");
        }
    }

    /** There is no such thing on the host. */
    record Missing<T>() implements Content<T> {}

    /** It may be there, but this user may not read it. */
    record Denied<T>(String why) implements Content<T> {}

    /** This source cannot answer such a question: a directory runs no command, an image has no {@code /proc}. */
    record Unsupported<T>(String why) implements Content<T> {}

    /** Reading was tried and went wrong: too large, an input-output error, a command that timed out. */
    record Failed<T>(String why) implements Content<T> {}
}
