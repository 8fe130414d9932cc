package calico.preflight.engine;

import calico.preflight.catalog.pack.Advisory;
import calico.preflight.catalog.requirement.Level;
import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.catalog.requirement.SettledBy;
import calico.preflight.catalog.target.Profile;
import calico.preflight.catalog.target.Target;
import calico.preflight.engine.report.Amendment;
import calico.preflight.engine.report.Evidence;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The advisories that apply to a target. What an advisory presupposes of the host is put to the rules as a requirement of
 * its own, so that the same rules judge it. The outcome itself is exchanged here and not by rules: the outcome of the
 * letter comes into being only when the level and the worst of all verdicts have been weighed.
 */
final class Advice {

    private final List<Advisory> advisories;

    private Advice(List<Advisory> advisories) {
        this.advisories = advisories;
    }

    /** What to apply for a target: nothing but in the practical profile. */
    static Advice on(Target target, List<Advisory> advisories) {
        if (target.profile() == Profile.DOCUMENTED) {
            return new Advice(List.of());
        }
        return new Advice(advisories.stream()
                .filter(advisory -> advisory.amended()
                        .map(amends -> amends.holdsFor(target))
                        .orElse(true))
                .toList());
    }

    /** What must hold on the host, as requirements that no report shows. */
    List<Requirement> presupposed() {
        List<Requirement> presupposed = new ArrayList<>();
        for (Advisory advisory : advisories) {
            List<Advisory.Condition> conditions = advisory.provided();
            for (int i = 0; i < conditions.size(); i++) {
                if (conditions.get(i) instanceof Advisory.Met met) {
                    presupposed.add(new Requirement(
                            id(advisory, i),
                            Level.MUST,
                            advisory.title(),
                            SettledBy.IMAGE,
                            Map.of(),
                            met.check(),
                            advisory.source(),
                            List.of(),
                            ""));
                }
            }
        }
        return presupposed;
    }

    /**
     * The finding with what the advisories make of it.
     *
     * @param letter all findings by the letter, those on what is presupposed among them, by their ids
     */
    Finding apply(Finding finding, Map<String, Finding> letter) {
        Finding result = advisories.stream()
                .filter(advisory -> advisory.added()
                        .filter(requirement -> requirement.id().equals(finding.id()))
                        .isPresent())
                .findFirst()
                .map(advisory -> added(finding, advisory, letter))
                .orElse(finding);
        for (Advisory advisory : advisories) {
            Optional<Advisory.Amends> amends = advisory.amended().filter(effect -> effect.speaksOf(finding.id()));
            if (amends.isPresent()) {
                result = amended(result, advisory, amends.get(), letter);
            }
        }
        return result;
    }

    private static Finding added(Finding finding, Advisory advisory, Map<String, Finding> letter) {
        List<String> notes = new ArrayList<>(finding.notes());
        notes.add("No document asks for this; " + advisory.id() + " does: " + advisory.because());
        if (!advisory.note().isEmpty()) {
            notes.add(advisory.note());
        }
        Finding noted = new Finding(
                finding.requirement(),
                finding.outcome(),
                finding.reason(),
                finding.expected(),
                finding.evidence(),
                notes,
                finding.derivation(),
                List.of(),
                Optional.of(advisory.id()));
        boolean met = finding.outcome() == Outcome.PASS || finding.outcome() == Outcome.NOT_APPLICABLE;
        return met ? noted : whereItMatters(noted, advisory, letter);
    }

    /**
     * A demand that is not met, or not known to be, of which it must be seen whether it matters on this host: it does not
     * where one of the conditions fails, and nobody knows where one is unknown and none fails.
     */
    private static Finding whereItMatters(Finding finding, Advisory advisory, Map<String, Finding> letter) {
        Set<Evidence> evidence = new LinkedHashSet<>(finding.evidence());
        Set<String> derivation = new LinkedHashSet<>(finding.derivation());
        Optional<Finding> open = Optional.empty();
        for (int i = 0; i < advisory.provided().size(); i++) {
            Advisory.Condition condition = advisory.provided().get(i);
            Optional<Finding> judged = judged(advisory, condition, i, letter);
            if (condition(advisory, condition, i, letter).isPresent()) {
                evidence.addAll(judged.map(Finding::evidence).orElse(List.of()));
                derivation.addAll(judged.map(Finding::derivation).orElse(List.of()));
            } else if (judged.filter(seen -> seen.outcome() == Outcome.UNKNOWN).isPresent()) {
                open = open.or(() -> judged);
            } else {
                return with(
                        finding,
                        Outcome.NOT_APPLICABLE,
                        "does not matter here: "
                                + judged.map(Finding::reason).orElse("nothing of the kind is asked for this target"),
                        new LinkedHashSet<>(judged.map(Finding::evidence).orElse(List.of())),
                        new LinkedHashSet<>(judged.map(Finding::derivation).orElse(List.of())));
            }
        }
        if (open.isEmpty()) {
            return with(finding, finding.outcome(), finding.reason(), evidence, derivation);
        }
        evidence.addAll(open.get().evidence());
        derivation.addAll(open.get().derivation());
        return with(
                finding,
                Outcome.UNKNOWN,
                finding.reason() + "; whether that matters here cannot be told: "
                        + open.get().reason(),
                evidence,
                derivation);
    }

    private static Finding with(
            Finding finding, Outcome outcome, String reason, Set<Evidence> evidence, Set<String> derivation) {
        return new Finding(
                finding.requirement(),
                outcome,
                reason,
                finding.expected(),
                List.copyOf(evidence),
                finding.notes(),
                List.copyOf(derivation),
                finding.amendedBy(),
                finding.addedBy());
    }

    private static Finding amended(
            Finding finding, Advisory advisory, Advisory.Amends amends, Map<String, Finding> letter) {
        Optional<Outcome> changed = Optional.ofNullable(
                        amends.changes().get(finding.outcome().name()))
                .map(Outcome::valueOf);
        if (changed.isEmpty()) {
            return finding;
        }
        Outcome to = changed.get();
        Set<Evidence> evidence = new LinkedHashSet<>(finding.evidence());
        Set<String> derivation = new LinkedHashSet<>(finding.derivation());
        for (int i = 0; i < amends.provided().size(); i++) {
            Optional<Finding> condition = condition(advisory, amends.provided().get(i), i, letter);
            if (condition.isEmpty()) {
                return finding;
            }
            evidence.addAll(condition.get().evidence());
            derivation.addAll(condition.get().derivation());
        }
        // As everywhere: nothing passes without something that was seen.
        if (to == Outcome.PASS && evidence.isEmpty()) {
            return finding;
        }
        Amendment amendment = new Amendment(
                advisory.id(),
                advisory.title(),
                finding.outcome(),
                to,
                advisory.because(),
                advisory.source(),
                advisory.note());
        List<Amendment> amendments = new ArrayList<>(finding.amendedBy());
        amendments.add(amendment);
        List<String> notes = new ArrayList<>(finding.notes());
        notes.add(describe(amendment, finding.amendedBy().isEmpty()));
        if (!advisory.note().isEmpty()) {
            notes.add(advisory.note());
        }
        Requirement requirement = finding.requirement();
        return new Finding(
                amends.remedy().isEmpty() ? requirement : requirement.withRemedy(amends.remedy()),
                to,
                finding.reason() + "; in practice: " + advisory.title(),
                finding.expected(),
                List.copyOf(evidence),
                notes,
                List.copyOf(derivation),
                amendments,
                finding.addedBy());
    }

    /** The finding that a condition looks at; nothing where the target does not ask for it. */
    private static Optional<Finding> judged(
            Advisory advisory, Advisory.Condition condition, int number, Map<String, Finding> letter) {
        String id = condition instanceof Advisory.Came came ? came.requirement() : id(advisory, number);
        return Optional.ofNullable(letter.get(id));
    }

    /** The finding that shows that the condition holds; nothing where it does not. */
    private static Optional<Finding> condition(
            Advisory advisory, Advisory.Condition condition, int number, Map<String, Finding> letter) {
        List<String> wanted = condition instanceof Advisory.Came came ? came.outcomes() : List.of(Outcome.PASS.name());
        return judged(advisory, condition, number, letter)
                .filter(finding -> wanted.contains(finding.outcome().name()));
    }

    private static String describe(Amendment amendment, boolean first) {
        return amendment.from() + (first ? " by the letter of the document, " : " so far, ") + amendment.to()
                + " in practice (" + amendment.advisory() + "): " + amendment.because() + " Source: "
                + amendment.source().document() + ", " + amendment.source().url();
    }

    /** No requirement of a pack can have this id: theirs hold no colon. */
    private static String id(Advisory advisory, int condition) {
        return "advisory:" + advisory.id() + ":" + condition;
    }
}
