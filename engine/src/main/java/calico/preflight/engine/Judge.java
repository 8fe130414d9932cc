package calico.preflight.engine;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.knowledge.Knowledge;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.requirement.Check;
import calico.preflight.catalog.requirement.Level;
import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.catalog.target.Target;
import calico.preflight.engine.drl.RuleLimitException;
import calico.preflight.engine.inference.Inference;
import calico.preflight.engine.inference.Inference.Conclusion;
import calico.preflight.engine.report.Evidence;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Outcome;
import calico.preflight.engine.report.Report;
import calico.preflight.facts.HostFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges hosts against one pack. The rules are compiled once; after that any number of hosts can be judged.
 *
 * <p>What the rules conclude becomes a finding here: the level of the requirement decides what an unmet demand means, the
 * worst conclusion holds, and a PASS that nothing was seen for is none. In the practical profile the advisories of the pack
 * have the last word.
 */
public final class Judge {

    private static final String NOBODY_SPOKE = "no rule of the pack speaks of this requirement on such facts";
    private static final String NOTHING_SEEN =
            "a rule says that it is met, but nothing was seen on the host that shows it";

    private final ResolvedPack pack;
    private final Knowledge knowledge;
    private final Inference inference;

    Judge(ResolvedPack pack, Knowledge knowledge, Inference inference) {
        this.pack = pack;
        this.knowledge = knowledge;
        this.inference = inference;
    }

    /**
     * A judge for this pack alone. Throws as {@link Judges#of} does, which shares rules among the judges of several.
     */
    public static Judge of(ResolvedPack pack, Knowledge knowledge, RuleTrust trust) throws InvalidRulesException {
        return new Judges(knowledge, trust).of(pack);
    }

    /** The names of the facts that judging this pack for this target needs; entries of tables by their own names. */
    public static Set<String> factNames(ResolvedPack pack, Target target, Knowledge knowledge) {
        Set<String> names = new TreeSet<>();
        for (Requirement requirement : pack.requirements(target.profile())) {
            if (requirement.holdsFor(target)) {
                names.addAll(Inference.factsFor(requirement.check(), knowledge));
            }
        }
        for (Requirement presupposed : Advice.on(target, pack.advisories()).presupposed()) {
            names.addAll(Inference.factsFor(presupposed.check(), knowledge));
        }
        return names;
    }

    /**
     * Judges one host.
     *
     * @throws RuleException where the rules come to no end, or give an outcome that is none; after the former this judge must
     *     not be used again
     */
    public Report judge(Target target, HostFacts facts) {
        List<Requirement> asked = asked(target);
        Map<String, List<Conclusion>> conclusions = conclude(target, asked, facts);
        Map<String, Finding> letter = new LinkedHashMap<>();
        asked.forEach(requirement -> letter.put(
                requirement.id(), finding(requirement, conclusions.getOrDefault(requirement.id(), List.of()))));
        return report(target, facts, Advice.on(target, pack.advisories()), letter, Judge::notApplicable);
    }

    /** A judge of many hosts for one target, who concludes only once from the same. */
    public ReusingJudge reusing(Target target) {
        return new ReusingJudge(this, target);
    }

    /** What is put to the rules: what holds for the target, and what the advisories presuppose. */
    List<Requirement> asked(Target target) {
        return Stream.concat(
                        pack.requirements(target.profile()).stream()
                                .filter(requirement -> requirement.holdsFor(target)),
                        Advice.on(target, pack.advisories()).presupposed().stream())
                .toList();
    }

    ResolvedPack pack() {
        return pack;
    }

    Knowledge knowledge() {
        return knowledge;
    }

    /**
     * The report of what was found by the letter.
     *
     * @param letter the findings on what was asked, by their ids
     * @param unasked those on what was not
     */
    Report report(
            Target target,
            HostFacts facts,
            Advice advice,
            Map<String, Finding> letter,
            Function<Requirement, Finding> unasked) {
        List<Finding> findings = new ArrayList<>();
        for (Requirement requirement : pack.requirements(target.profile())) {
            Finding finding =
                    Optional.ofNullable(letter.get(requirement.id())).orElseGet(() -> unasked.apply(requirement));
            findings.add(advice.apply(finding, letter));
        }
        return new Report(target, pack.calico(), pack.id(), pack.digest(), facts, findings);
    }

    Map<String, List<Conclusion>> conclude(Target target, List<Requirement> applicable, HostFacts facts) {
        try {
            return inference.conclude(target, applicable, facts);
        } catch (RuleLimitException e) {
            throw new RuleException("the rules of " + pack.id() + " were stopped: " + e.getMessage());
        }
    }

    /** What the rules conclude of a claim about other requirements from what was concluded of these. */
    List<Conclusion> concludeClaim(
            Requirement claim, List<Requirement> requirements, Map<String, List<Conclusion>> others) {
        try {
            return inference.concludeClaim(claim, requirements, others);
        } catch (RuleLimitException e) {
            throw new RuleException("the rules of " + pack.id() + " were stopped: " + e.getMessage());
        }
    }

    /** What a requirement of the pack comes to. */
    Finding finding(Requirement requirement, List<Conclusion> conclusions) {
        return finding(requirement, conclusions, noteOn(requirement));
    }

    /** What the reader should know of the kernel capability that is asked for; empty where there is nothing to say. */
    private String noteOn(Requirement requirement) {
        return requirement.check() instanceof Check.KernelCapability capability
                ? Inference.noteOn(capability, knowledge)
                : "";
    }

    /**
     * What a requirement comes to by what the rules concluded of it.
     *
     * @param note goes with those of the requirement; may be empty
     */
    static Finding finding(Requirement requirement, List<Conclusion> conclusions, String note) {
        Outcome worst = conclusions.stream()
                .map(conclusion -> outcome(requirement.level(), conclusion))
                .reduce(Judge::worse)
                .orElse(Outcome.UNKNOWN);
        List<Conclusion> decisive = conclusions.stream()
                .filter(conclusion -> outcome(requirement.level(), conclusion) == worst)
                .toList();
        Set<String> reasons = new LinkedHashSet<>();
        Set<Evidence> evidence = new LinkedHashSet<>();
        Set<String> derivation = new LinkedHashSet<>();
        for (Conclusion conclusion : decisive) {
            reasons.add(conclusion.reason());
            evidence.addAll(conclusion.evidence());
            derivation.addAll(conclusion.derivation());
        }
        Outcome outcome = worst;
        if (decisive.isEmpty()) {
            reasons.add(NOBODY_SPOKE);
        } else if (worst == Outcome.PASS && evidence.isEmpty()) {
            outcome = Outcome.UNKNOWN;
            reasons = Set.of(NOTHING_SEEN);
        }
        Requirement remedied = decisive.stream()
                .flatMap(conclusion -> conclusion.remedy().stream())
                .findFirst()
                .map(requirement::withRemedy)
                .orElse(requirement);
        return new Finding(
                remedied,
                outcome,
                String.join("; ", reasons),
                Expectation.of(requirement.check()),
                List.copyOf(evidence),
                notes(requirement, outcome, decisive, note),
                List.copyOf(derivation));
    }

    private static List<String> notes(
            Requirement requirement, Outcome outcome, List<Conclusion> decisive, String note) {
        List<String> notes = new ArrayList<>(requirement.notes());
        if (!note.isEmpty()) {
            notes.add(note);
        }
        // Several pieces of code: the verdict stands no firmer than the weakest of them.
        decisive.stream()
                .flatMap(conclusion -> conclusion.step().stream())
                .max(Integer::compare)
                .map(step -> EvidenceLadder.describe(step, outcome))
                .ifPresent(notes::add);
        return notes;
    }

    static Finding notApplicable(Requirement requirement) {
        String condition = requirement.appliesTo().entrySet().stream()
                .map(entry -> entry.getKey() + " is " + String.join(" or ", entry.getValue()))
                .collect(Collectors.joining(", and "));
        return new Finding(
                requirement,
                Outcome.NOT_APPLICABLE,
                "holds only where " + condition,
                Expectation.of(requirement.check()),
                List.of(),
                requirement.notes(),
                List.of());
    }

    private static Outcome outcome(Level level, Conclusion conclusion) {
        boolean demands = level != Level.DEFAULT && level != Level.INFORMATIONAL;
        return switch (conclusion.outcome()) {
            case "PASS" -> Outcome.PASS;
            case "WARN" -> demands ? Outcome.WARN : Outcome.NOT_APPLICABLE;
            case "UNMET" -> unmet(level);
            case "UNKNOWN" -> demands ? Outcome.UNKNOWN : Outcome.NOT_APPLICABLE;
            case "NOT_APPLICABLE" -> Outcome.NOT_APPLICABLE;
            default ->
                throw new RuleException("the rule \"" + lastRule(conclusion) + "\" gave the outcome \""
                        + conclusion.outcome() + "\"; allowed: PASS, WARN, UNMET, UNKNOWN, NOT_APPLICABLE");
        };
    }

    private static String lastRule(Conclusion conclusion) {
        List<String> rules = conclusion.derivation();
        return rules.isEmpty() ? "" : rules.get(rules.size() - 1);
    }

    private static Outcome unmet(Level level) {
        return switch (level) {
            case MUST -> Outcome.FAIL;
            case RECOMMENDED, KNOWN_TO_WORK, TESTED -> Outcome.WARN;
            case DEFAULT, INFORMATIONAL -> Outcome.NOT_APPLICABLE;
        };
    }

    private static Outcome worse(Outcome one, Outcome other) {
        return rank(one) >= rank(other) ? one : other;
    }

    private static int rank(Outcome outcome) {
        return switch (outcome) {
            case NOT_APPLICABLE -> 0;
            case PASS -> 1;
            case WARN -> 2;
            case UNKNOWN -> 3;
            case FAIL -> 4;
        };
    }
}
