package calico.preflight.engine.inference;

import calico.preflight.engine.report.Evidence;

/**
 * A value that hosts of a fleet have.
 *
 * @param id the comparison
 * @param group as in {@link ComparedHosts}
 * @param value the value as text
 * @param hosts how many have it
 * @param percent of the hosts of the group whose value is known, rounded down
 * @param fact what is compared
 * @param names the hosts, or the first of them
 */
public record SharedValue(String id, String group, String value, int hosts, int percent, String fact, String names)
        implements Evident {
    @Override
    public Evidence evidence() {
        return new Evidence(fact, value, names);
    }
}
