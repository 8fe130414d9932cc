package calico.preflight.engine.drl;

import java.time.Duration;

/**
 * How much one run of the rules over one host may do.
 *
 * @param rulesFired how often rules may fire in all
 * @param matches how many combinations of facts may satisfy the conditions of a rule, in all
 * @param factsInserted how many facts the rules may insert
 * @param time how long it may take by the clock on the wall
 */
public record Limits(int rulesFired, int matches, int factsInserted, Duration time) {

    /** Far above what any pack does on any host; far below what hurts. */
    public static final Limits DEFAULT = new Limits(100_000, 1_000_000, 200_000, Duration.ofSeconds(30));

    /** Refuses limits that nothing can keep. */
    public Limits {
        if (rulesFired < 1 || matches < 1 || factsInserted < 1 || time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("limits must be at least 1: " + rulesFired + " rules, " + matches
                    + " matches, " + factsInserted + " facts, " + time);
        }
    }
}
