package calico.preflight.facts;

import java.util.Objects;

/**
 * What the configuration of a network manager makes of the interfaces that a name or pattern stands for.
 *
 * @param state are they left alone?
 * @param why one clause for the reader that says which setting decides, or why none does
 * @param origin the file and line of the setting that decides; the manager's configuration as a whole where no setting speaks
 *     of these interfaces
 */
public record InterfaceManagement(State state, String why, Origin origin) {
    public InterfaceManagement {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(why, "why");
        Objects.requireNonNull(origin, "origin");
    }

    /** The three answers. */
    public enum State {
        /** All of them are unmanaged. */
        LEFT_ALONE,
        /** At least some of them are managed as far as the configuration goes. */
        MANAGED,
        /** It depends on something that the configuration does not say, such as an interface's address. */
        UNDECIDED
    }
}
