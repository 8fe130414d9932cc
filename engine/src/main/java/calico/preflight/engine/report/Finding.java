package calico.preflight.engine.report;

import calico.preflight.catalog.requirement.Requirement;
import java.util.List;

/**
 * A requirement, its outcome and why.
 *
 * @param reason one plain sentence, without a final period
 * @param expected what the requirement asks for, in a few words
 * @param notes contradictions and defects of documents that matter here
 * @param derivation the names of the rules that led to the outcome, in the order in which they fired
 */
public record Finding(
        Requirement requirement,
        Outcome outcome,
        String reason,
        String expected,
        List<Evidence> evidence,
        List<String> notes,
        List<String> derivation) {
    public Finding {
        evidence = List.copyOf(evidence);
        notes = List.copyOf(notes);
        derivation = List.copyOf(derivation);
    }

    public String id() {
        return requirement.id();
    }
}
