package calico.preflight.engine;

import calico.preflight.catalog.pack.ResolvedPack.RuleFile;
import calico.preflight.catalog.requirement.Check;
import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.catalog.target.Target;
import calico.preflight.engine.inference.FactParts;
import calico.preflight.engine.inference.FactView;
import calico.preflight.engine.inference.Inference;
import calico.preflight.engine.inference.Inference.Conclusion;
import calico.preflight.engine.inference.Places;
import calico.preflight.engine.report.Evidence;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Report;
import calico.preflight.facts.FactSelection;
import calico.preflight.facts.HostFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges many hosts for one target. The hosts of a fleet are much alike, so the rules conclude of each requirement only once
 * from the same: what a requirement looks at is taken from the host's facts without the places where they stand ({@link
 * FactView}), and where the rules met it before, their conclusions are told again with this host's places.
 *
 * <p>That holds for rules which conclude of each requirement by itself and know nothing of places. The installation's own do;
 * tests hold them to it. With rules from elsewhere each host is judged as if it were the only one.
 */
public final class ReusingJudge {

    /** Conclusions that are kept, of all requirements together; a few kilobytes each. */
    private static final int MOST_KEPT = 4_000;

    /** Begins what stands in a derivation for that of another requirement; no rule is called so. */
    private static final String REFERENCE = "\u0001requirement ";

    private static final String MET = "PASS";

    private static final Pattern PLACE = Pattern.compile("\\borigin\\b");

    private final Judge judge;
    private final Target target;
    private final Advice advice;
    private final List<Requirement> asked;
    private final List<Asked> single = new ArrayList<>();
    private final List<Asked> claims = new ArrayList<>();
    private final Map<String, Finding> unasked;
    private final boolean reuses;
    private final FactParts parts = new FactParts();
    private final Set<String> looked = new TreeSet<>();
    private final AtomicInteger kept = new AtomicInteger();

    /**
     * What is asked, what of a host that looks at, and what came of it so far.
     *
     * @param about the requirements that it is about, where it is a claim about others
     */
    private record Asked(
            Requirement requirement, FactParts.View view, List<String> about, Map<List<?>, Concluded> before) {}

    /**
     * What came of a requirement, with numbers in the stead of places.
     *
     * @param references what is told of it to a claim that rests on it
     * @param shortfalls what is told of it to a claim that it is met
     * @param placed the finding has such numbers
     */
    private record Concluded(
            Finding finding, List<Conclusion> references, List<Conclusion> shortfalls, boolean placed) {}

    ReusingJudge(Judge judge, Target target) {
        this.judge = judge;
        this.target = target;
        this.advice = Advice.on(target, judge.pack().advisories());
        this.asked = judge.asked(target);
        this.reuses = judge.pack().inference().stream().allMatch(ReusingJudge::concludesSingly);
        this.unasked = judge.pack().requirements(target.profile()).stream()
                .filter(requirement -> !requirement.holdsFor(target))
                .collect(Collectors.toUnmodifiableMap(Requirement::id, Judge::notApplicable));
        for (Requirement requirement : asked) {
            FactView view = FactView.of(requirement.check(), judge.knowledge());
            looked.addAll(view.names());
            Asked one = new Asked(requirement, parts.add(view), about(requirement), new ConcurrentHashMap<>());
            (requirement.check() instanceof Check.DistributionSatisfies ? claims : single).add(one);
        }
    }

    /**
     * The facts that it takes to judge a host.
     *
     * @param further what else is asked of the hosts
     */
    public FactSelection selection(Set<String> further) {
        Set<String> names = new TreeSet<>(further);
        if (reuses) {
            names.addAll(looked);
            return FactView.selection(names);
        }
        names.addAll(Judge.factNames(judge.pack(), target, judge.knowledge()));
        return FactSelection.of(names);
    }

    private static boolean concludesSingly(RuleFile file) {
        return file.trusted() && !PLACE.matcher(file.text()).find();
    }

    /**
     * Judges one host, to the same report as {@link Judge#judge}. Several threads may call it.
     *
     * @throws RuleException as there
     */
    public Report judge(HostFacts facts) {
        if (!reuses) {
            return judge.judge(target, facts);
        }
        Map<String, Finding> letter = new LinkedHashMap<>();
        Map<String, Concluded> concludedOf = new LinkedHashMap<>();
        FactParts.Look look = parts.lookAt(facts);
        Places places = look.places();
        for (Asked one : single) {
            Concluded concluded = concluded(one, look);
            String id = one.requirement().id();
            concludedOf.put(id, concluded);
            letter.put(id, concluded.placed() ? placed(concluded.finding(), places) : concluded.finding());
        }
        for (Asked claim : claims) {
            letter.put(claim.requirement().id(), claim(claim, concludedOf, letter));
        }
        return judge.report(target, facts, advice, letter, requirement -> finding(unasked, requirement.id()));
    }

    private Concluded concluded(Asked one, FactParts.Look look) {
        Optional<List<Integer>> key = look.of(one.view());
        Optional<Concluded> before =
                key.flatMap(shown -> Optional.ofNullable(one.before().get(shown)));
        if (before.isPresent()) {
            return before.get();
        }
        Concluded now = conclude(one.requirement(), look.facts(one.view()));
        key.ifPresent(shown -> keep(one.before(), shown, now));
        return now;
    }

    private Concluded conclude(Requirement requirement, HostFacts facts) {
        List<Conclusion> conclusions =
                judge.conclude(target, List.of(requirement), facts).getOrDefault(requirement.id(), List.of());
        Finding finding = judge.finding(requirement, conclusions);
        boolean placed = Places.stands(finding.reason())
                || finding.evidence().stream()
                        .anyMatch(evidence -> Places.stands(evidence.origin()) || Places.stands(evidence.value()));
        List<Conclusion> references = conclusions.stream()
                .map(conclusion -> reference(requirement.id(), conclusion))
                .distinct()
                .toList();
        // What is met says nothing for the claim or against it, so it need not tell hosts apart.
        List<Conclusion> shortfalls = references.stream()
                .filter(reference -> !reference.outcome().equals(MET))
                .toList();
        return new Concluded(finding, references, shortfalls, placed);
    }

    /**
     * A claim is about other requirements, and concluded from what these came to. What led to that is told as these findings
     * tell it.
     */
    private Finding claim(Asked claim, Map<String, Concluded> concludedOf, Map<String, Finding> letter) {
        Requirement requirement = claim.requirement();
        List<List<Conclusion>> key = new ArrayList<>(claim.about().size());
        for (String id : claim.about()) {
            Concluded other = concludedOf.get(id);
            if (other == null) {
                key.add(List.of());
            } else {
                key.add(isSupport(requirement, id) ? other.references() : other.shortfalls());
            }
        }
        Concluded concluded = claim.before().get(key);
        if (concluded == null) {
            Map<String, List<Conclusion>> others = new LinkedHashMap<>();
            for (int i = 0; i < key.size(); i++) {
                others.put(claim.about().get(i), key.get(i));
            }
            List<Conclusion> own = judge.concludeClaim(requirement, asked, others);
            concluded = keep(
                    claim.before(), key, new Concluded(judge.finding(requirement, own), List.of(), List.of(), true));
        }
        Finding finding = concluded.finding();
        return new Finding(
                finding.requirement(),
                finding.outcome(),
                finding.reason(),
                finding.expected(),
                finding.evidence().stream()
                        .flatMap(reference -> finding(letter, reference.fact()).evidence().stream())
                        .distinct()
                        .toList(),
                finding.notes(),
                finding.derivation().stream()
                        .flatMap(step -> step.startsWith(REFERENCE)
                                ? finding(letter, step.substring(REFERENCE.length())).derivation().stream()
                                : Stream.of(step))
                        .distinct()
                        .toList());
    }

    private List<String> about(Requirement claim) {
        return claim.check() instanceof Check.DistributionSatisfies check
                ? Inference.claimed(check, asked).stream().map(Requirement::id).toList()
                : List.of();
    }

    /** Does the claim rest on this requirement? */
    private static boolean isSupport(Requirement claim, String id) {
        return claim.check() instanceof Check.DistributionSatisfies check
                && check.listedBy().equals(id);
    }

    private static Finding finding(Map<String, Finding> letter, String id) {
        return Optional.ofNullable(letter.get(id)).orElseThrow();
    }

    /** A conclusion without what led to it, but for a reference to the requirement. */
    private static Conclusion reference(String id, Conclusion conclusion) {
        return new Conclusion(
                conclusion.outcome(),
                "",
                List.of(new Evidence(id, "", "")),
                List.of(REFERENCE + id),
                conclusion.step(),
                Optional.empty());
    }

    private Concluded keep(Map<List<?>, Concluded> before, List<?> key, Concluded concluded) {
        if (kept.incrementAndGet() <= MOST_KEPT) {
            before.put(key, concluded);
        }
        return concluded;
    }

    private static Finding placed(Finding finding, Places places) {
        List<Evidence> evidence = new ArrayList<>(finding.evidence().size());
        for (Evidence seen : finding.evidence()) {
            Evidence here = places.in(seen);
            if (!evidence.contains(here)) {
                evidence.add(here);
            }
        }
        return new Finding(
                finding.requirement(),
                finding.outcome(),
                places.in(finding.reason()),
                finding.expected(),
                evidence,
                finding.notes(),
                finding.derivation(),
                finding.amendedBy(),
                finding.addedBy());
    }
}
