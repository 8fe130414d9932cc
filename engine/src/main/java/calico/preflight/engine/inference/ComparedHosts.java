package calico.preflight.engine.inference;

import calico.preflight.engine.report.Evidence;

/**
 * The hosts that a comparison is about, counted.
 *
 * @param id the comparison
 * @param group what these hosts have in common where only such are compared; otherwise empty
 * @param where the same as the end of a sentence: empty, or {@code " of debian 12"}
 * @param known hosts whose value is known
 * @param unknown hosts whose value could not be seen
 * @param values different values where all should be alike; values of several hosts where each should have its own
 * @param differing hosts that have another value than most where all should be alike; hosts that share a value where each
 *     should have its own
 * @param fact what is compared
 */
public record ComparedHosts(
        String id, String group, String where, int known, int unknown, int values, int differing, String fact)
        implements Evident {
    @Override
    public Evidence evidence() {
        return new Evidence(fact, "seen on " + known + " of " + (known + unknown) + " hosts" + where, "");
    }
}
