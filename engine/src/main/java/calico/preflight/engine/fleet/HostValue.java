package calico.preflight.engine.fleet;

import java.util.List;

/**
 * What a comparison takes of one host.
 *
 * @param state whether it is there
 * @param group the values that hosts must have in common to be compared, as text; empty: all are compared
 * @param values one or more where it is known, otherwise none
 */
record HostValue(State state, String group, List<String> values) {

    /** Is the value there? */
    enum State {
        KNOWN,
        /** Looked for and not there: the host takes no part. */
        ABSENT,
        UNKNOWN
    }

    static final HostValue ABSENT = new HostValue(State.ABSENT, "", List.of());
    static final HostValue UNKNOWN = new HostValue(State.UNKNOWN, "", List.of());
}
