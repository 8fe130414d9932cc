package calico.preflight.engine.inference;

/**
 * The check kind {@code datastore}.
 *
 * @param type {@code etcd} or {@code kubernetes}
 * @param reachable the fact that tells in one word whether it answers
 * @param asked endpoints that were asked
 * @param usable those of them that do not fail
 */
public record DatastoreDemand(String id, String type, String reachable, int asked, int usable) implements Demand {}
