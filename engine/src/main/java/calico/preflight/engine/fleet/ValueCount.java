package calico.preflight.engine.fleet;

import java.util.List;

/** Counts the values that one comparison takes of hosts. What it keeps is bounded, whatever the hosts have. */
interface ValueCount {

    /** How many values of a group are told at the end; the rest is only counted. */
    int MOST_TOLD = 20;

    /** How many groups, and how many values in all, are told apart; what comes after that is not compared. */
    int MOST_APART = 2_000;

    /**
     * A value and the hosts that have it.
     */
    record Shared(String value, SomeHosts hosts) {}

    /**
     * What came of counting, for one group.
     *
     * @param values how many different values the shared ones stand for
     * @param differing hosts that differ from most, or share what they should not
     * @param shared the most frequent values, at most {@link #MOST_TOLD}
     */
    record Total(String group, int known, int unknown, int values, int differing, List<Shared> shared) {}

    /** Counts a host. */
    void add(int host, HostValue value);

    /** What came of it, by group. */
    List<Total> totals();

    /** All hosts that differ from most of their group, or share what they should not. */
    SomeHosts differing();
}
