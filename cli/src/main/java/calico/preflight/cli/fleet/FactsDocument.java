package calico.preflight.cli.fleet;

import calico.preflight.facts.FactSelection;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.json.FactsFile;
import calico.preflight.facts.json.InvalidFactsException;

/** A document that {@code collect} wrote, or that somebody says it did. */
@SuppressWarnings("ArrayRecordComponent")
record FactsDocument(String place, byte[] bytes) implements HostEvidence {
    @Override
    public int weight() {
        return bytes.length;
    }

    @Override
    public HostFacts read(FactSelection wanted) throws UnreadableHostException {
        try {
            return FactsFile.read(place, bytes, wanted).facts();
        } catch (InvalidFactsException e) {
            String[] problems = String.valueOf(e.getMessage()).split("\n", -1);
            String first =
                    problems[0].startsWith(place + ":") ? problems[0].substring(place.length() + 1) : problems[0];
            String more = problems.length > 1 ? " (and " + (problems.length - 1) + " more)" : "";
            throw new UnreadableHostException(first.strip() + more, e);
        }
    }
}
