package calico.preflight.facts.probe.flow;

/** Which of the two ends of a probe. */
enum Side {
    /** The one that asks. */
    RUN(0),
    /** The one that waits to be asked. */
    SERVE(1);

    private final int code;

    Side(int code) {
        this.code = code;
    }

    /** What stands for it in what both sides seal. */
    int code() {
        return code;
    }

    Side other() {
        return this == RUN ? SERVE : RUN;
    }
}
