package calico.preflight.facts.probe.flow;

/**
 * How an end listens.
 *
 * @param mode how
 * @param why why it cannot; otherwise empty
 */
record Readiness(Mode mode, String why) {

    /** The ways of listening. */
    enum Mode {
        /** On a socket of its own. */
        BOUND,
        /** Beside what holds the port: it gets a copy of what comes in, after the firewall. */
        WATCHING,
        /** Not itself: a program that takes connections holds the port. */
        TAKEN,
        /** Not at all. */
        CANNOT
    }

    static Readiness of(Mode mode) {
        return new Readiness(mode, "");
    }

    static Readiness cannot(String why) {
        return new Readiness(Mode.CANNOT, why);
    }
}
