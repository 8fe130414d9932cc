package calico.preflight.facts.probe.flow;

import java.io.IOException;

/**
 * Looks for the longest packet that passes.
 *
 * @param carrier what the packets are of, for the reader
 * @param deadline after it no further length is tried
 */
record LengthSearch(String carrier, Trial trial, ControlChannel.Deadline deadline) {

    /** How many lengths are tried. */
    static final int MOST_STEPS = 14;

    /** Tries one length. */
    interface Trial {

        /** Does a packet of so many bytes pass? */
        boolean passes(int bytes) throws IOException, NotMeasuredException;
    }

    /**
     * The greatest length, if it passes; otherwise by halves between that and what every path must carry.
     *
     * @throws NotMeasuredException if not even that passed, or the time was up before the length was found
     */
    int longest(int least, int most) throws IOException, NotMeasuredException {
        if (trial.passes(most)) {
            return most;
        }
        if (least >= most || !trial.passes(least)) {
            throw new NotMeasuredException("not even " + Math.min(least, most) + " bytes of " + carrier + " passed");
        }
        int passes = least;
        int fails = most;
        for (int step = 2; step < MOST_STEPS && fails - passes > 1; step++) {
            if (deadline.isOver()) {
                throw new NotMeasuredException("the time was up when " + passes + " bytes of " + carrier
                        + " had passed, and " + fails + " had not");
            }
            int between = (passes + fails) / 2;
            if (trial.passes(between)) {
                passes = between;
            } else {
                fails = between;
            }
        }
        return passes;
    }
}
