package calico.preflight.facts.probe.flow;

/** Which of the two ends of a probe. */
enum Side {
    /** The one that asks. */
    RUN,
    /** The one that waits to be asked. */
    SERVE;

    Side other() {
        return this == RUN ? SERVE : RUN;
    }
}
