package calico.preflight.facts.collect;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Something that is made when it is first asked for, by whichever thread that is, and kept.
 *
 * @param <T> what is made
 */
final class Once<T> {

    private final Supplier<T> making;
    private Optional<T> made = Optional.empty();

    Once(Supplier<T> making) {
        this.making = making;
    }

    /** The same thing each time. Where making it fails, the next who asks tries again. */
    synchronized T get() {
        if (made.isEmpty()) {
            made = Optional.of(making.get());
        }
        return made.get();
    }
}
