package calico.preflight.cli.fleet;

import calico.preflight.facts.FactSelection;
import calico.preflight.facts.HostFacts;

/**
 * What there is of one host, found but not yet read: a document in a file of facts, a directory, whatever else becomes a
 * host. It is read by the worker that judges it, so that finding hosts stays cheap.
 */
public interface HostEvidence {

    /** Where it was found, such as {@code fleet.ndjson:17}. */
    String place();

    /** How many bytes of memory it holds until it is read. */
    int weight();

    /**
     * The facts.
     *
     * @param wanted those that will be asked for; others may be left out
     * @throws UnreadableHostException where there is no host in it, or not the whole of one
     */
    HostFacts read(FactSelection wanted) throws UnreadableHostException;
}
