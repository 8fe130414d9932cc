package calico.preflight.engine.inference;

import calico.preflight.engine.report.Evidence;

/**
 * What an endpoint of a datastore answered.
 *
 * @param id the requirement
 * @param number its place among them, counted from 0
 * @param endpoint its address
 * @param way how it is reached from the judged host: {@code network}, {@code local} or {@code elsewhere}
 * @param state what it is good for, in the words of the fact
 * @param usable it may serve Calico in that state
 * @param cluster the number of its cluster; empty where it has or tells none
 * @param why what the endpoint is or does: a verb and what follows it
 * @param value what was seen
 * @param fact the fact that shows it
 * @param origin where
 */
public record DatastoreEndpoint(
        String id,
        int number,
        String endpoint,
        String way,
        String state,
        boolean usable,
        String cluster,
        String why,
        String value,
        String fact,
        String origin)
        implements Evident {
    @Override
    public Evidence evidence() {
        return new Evidence(fact, value, origin);
    }
}
