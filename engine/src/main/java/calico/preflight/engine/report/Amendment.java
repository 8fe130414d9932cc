package calico.preflight.engine.report;

import calico.preflight.catalog.requirement.Source;

/**
 * A change that an advisory made to an outcome, in the practical profile.
 *
 * @param advisory its id
 * @param title what it says, in a few words
 * @param from the outcome before it: that of the document's letter, if no other advisory came first
 * @param because why
 * @param source where that is known from
 * @param note what else the reader should know; may be empty
 */
public record Amendment(
        String advisory, String title, Outcome from, Outcome to, String because, Source source, String note) {}
