package calico.preflight.engine.report;

import calico.preflight.catalog.requirement.Level;
import calico.preflight.catalog.requirement.Requirement;
import java.util.List;
import java.util.Optional;

/**
 * A requirement, its outcome and why.
 *
 * @param reason one plain sentence, without a final period
 * @param expected what the requirement asks for, in a few words
 * @param notes contradictions and defects of documents that matter here
 * @param derivation the names of the rules that led to the outcome, in the order in which they fired
 * @param amendedBy what advisories changed, in order; empty in the documented profile
 * @param addedBy the advisory that the requirement comes from; nothing where a document asks for it
 */
public record Finding(
        Requirement requirement,
        Outcome outcome,
        String reason,
        String expected,
        List<Evidence> evidence,
        List<String> notes,
        List<String> derivation,
        List<Amendment> amendedBy,
        Optional<String> addedBy) {
    public Finding {
        evidence = List.copyOf(evidence);
        notes = List.copyOf(notes);
        derivation = List.copyOf(derivation);
        amendedBy = List.copyOf(amendedBy);
    }

    /** A finding by the letter of the documents. */
    public Finding(
            Requirement requirement,
            Outcome outcome,
            String reason,
            String expected,
            List<Evidence> evidence,
            List<String> notes,
            List<String> derivation) {
        this(requirement, outcome, reason, expected, evidence, notes, derivation, List.of(), Optional.empty());
    }

    public String id() {
        return requirement.id();
    }

    /** What it counts for in the outcome of the whole: UNKNOWN on anything weaker than a must is no more than WARN. */
    public Outcome weight() {
        return outcome == Outcome.UNKNOWN && requirement.level() != Level.MUST ? Outcome.WARN : outcome;
    }
}
