package calico.preflight.facts;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What came of looking for something on a host. The three cases are never mixed up: absent means that somebody looked
 * and it is not there, unknown means that nobody could look.
 *
 * @param <T> what was looked for
 */
public sealed interface Observed<T> {

    /** Where it was seen, or looked for. */
    Origin origin();

    /** It is there. */
    record Known<T>(T value, Origin origin) implements Observed<T> {
        public Known {
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(origin, "origin");
        }
    }

    /** Somebody looked at the origin, and it is not there. */
    record Absent<T>(Origin origin) implements Observed<T> {
        public Absent {
            Objects.requireNonNull(origin, "origin");
        }
    }

    /**
     * Nobody could look.
     *
     * @param why one clause for the reader, such as {@code permission denied}
     */
    record Unknown<T>(String why, Origin origin) implements Observed<T> {
        public Unknown {
            Objects.requireNonNull(why, "why");
            Objects.requireNonNull(origin, "origin");
        }
    }

    static <T> Observed<T> known(T value, Origin origin) {
        return new Known<>(value, origin);
    }

    static <T> Observed<T> absent(Origin origin) {
        return new Absent<>(origin);
    }

    static <T> Observed<T> unknown(String why, Origin origin) {
        return new Unknown<>(why, origin);
    }

    /** The value where it is known; nothing where it is absent or unknown. */
    default Optional<T> known() {
        return this instanceof Known<T> known ? Optional.of(known.value()) : Optional.empty();
    }

    default boolean isUnknown() {
        return this instanceof Unknown<T>;
    }

    /** The same observation of something that is computed from the value. */
    default <R> Observed<R> map(Function<? super T, ? extends R> function) {
        if (this instanceof Known<T> known) {
            return new Known<>(function.apply(known.value()), known.origin());
        }
        if (this instanceof Unknown<T> unknown) {
            return new Unknown<>(unknown.why(), unknown.origin());
        }
        return new Absent<>(origin());
    }
}
