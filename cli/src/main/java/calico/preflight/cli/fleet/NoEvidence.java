package calico.preflight.cli.fleet;

import calico.preflight.facts.FactSelection;
import calico.preflight.facts.HostFacts;

/**
 * A place where a host should be and none can be read.
 *
 * @param why in one line
 */
record NoEvidence(String place, String why) implements HostEvidence {
    @Override
    public int weight() {
        return 0;
    }

    @Override
    public HostFacts read(FactSelection wanted) throws UnreadableHostException {
        throw new UnreadableHostException(why);
    }
}
