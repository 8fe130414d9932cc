package calico.preflight.engine.inference;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.knowledge.Knowledge;
import calico.preflight.catalog.pack.ResolvedPack.RuleFile;
import calico.preflight.catalog.requirement.Check;
import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.catalog.target.Target;
import calico.preflight.engine.drl.BoundedRun;
import calico.preflight.engine.drl.Limits;
import calico.preflight.engine.drl.PreparedRules;
import calico.preflight.engine.drl.RuleCompiler;
import calico.preflight.engine.drl.RuleNetwork;
import calico.preflight.engine.drl.RuleSource;
import calico.preflight.engine.drl.RulesAhead;
import calico.preflight.engine.drl.SecondOpinion;
import calico.preflight.engine.report.Evidence;
import calico.preflight.facts.HostFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.kie.api.runtime.KieSession;

/** The rules of a pack, compiled once; they can judge any number of hosts. */
public final class Inference {

    private final RuleNetwork rules;
    private final Knowledge knowledge;

    private Inference(RuleNetwork rules, Knowledge knowledge) {
        this.rules = rules;
        this.knowledge = knowledge;
    }

    /**
     * Checks and compiles the rules.
     *
     * @throws InvalidRulesException with everything that is wrong with any of the files, where something is
     */
    public static Inference compile(List<RuleFile> files, Knowledge knowledge) throws InvalidRulesException {
        return new Inference(RuleCompiler.compile(sources(files), SessionWords.vocabulary()), knowledge);
    }

    /** As they were prepared when the program was built, or else as {@link #compile(List, Knowledge)} does. */
    public static Inference of(List<RuleFile> files, Knowledge knowledge, Path prepared) throws InvalidRulesException {
        return new Inference(RuleCompiler.compile(sources(files), SessionWords.vocabulary(), prepared), knowledge);
    }

    /**
     * As Drools by itself reads and compiles the rules.
     *
     * @throws InvalidRulesException also where it reads them otherwise than this program does
     */
    public static Inference secondOpinion(List<RuleFile> files, Knowledge knowledge) throws InvalidRulesException {
        return new Inference(SecondOpinion.compile(sources(files), SessionWords.vocabulary()), knowledge);
    }

    /**
     * Compiles the rules, and keeps what they come to.
     *
     * @param lists the rule files of packs, each list once
     * @throws InvalidRulesException with everything that is wrong with the first list that cannot be used
     * @throws IOException if the file cannot be written
     */
    public static void prepare(Path file, List<List<RuleFile>> lists) throws InvalidRulesException, IOException {
        PreparedRules.write(file, lists.stream().map(Inference::sources).toList(), SessionWords.vocabulary());
    }

    /** Begins to make prepared rules ready, while something else is done before they are asked for. */
    public static void begin(Path prepared, Path folder) {
        RulesAhead.begin(prepared, folder, SessionWords::vocabulary);
    }

    static List<RuleSource> sources(List<RuleFile> files) {
        return files.stream()
                .map(file -> new RuleSource(file.name(), file.text()))
                .toList();
    }

    /** The names of the facts that judging this check needs; entries of tables by their own names. */
    public static Set<String> factsFor(Check check, Knowledge knowledge) {
        return SessionFacts.factsFor(check, knowledge);
    }

    /** What the reader should know of a kernel capability's name; empty where there is nothing to say. */
    public static String noteOn(Check.KernelCapability capability, Knowledge knowledge) {
        return KernelClues.noteOn(knowledge.kernel(), capability.name());
    }

    /** What a session starts with, for tests that let the rules fire on their own. */
    static List<Object> session(Target target, List<Requirement> requirements, HostFacts facts, Knowledge knowledge) {
        return SessionFacts.of(target, requirements, facts, knowledge);
    }

    /**
     * Lets the rules conclude.
     *
     * @param requirements those that hold for the target
     * @return what the rules concluded of each requirement, by its id; a requirement that no rule spoke of is not in it
     */
    public Map<String, List<Conclusion>> conclude(Target target, List<Requirement> requirements, HostFacts facts) {
        return conclude(rules, session(target, requirements, facts, knowledge));
    }

    /**
     * Concludes of a claim about other requirements from what was concluded of these.
     *
     * @param requirements all that hold for the target
     * @param others what was concluded of each, in the order in which they are to be told
     */
    public List<Conclusion> concludeClaim(
            Requirement claim, List<Requirement> requirements, Map<String, List<Conclusion>> others) {
        KieSession session = rules.newSession();
        Provenance provenance = Provenance.of(session);
        IdentityHashMap<Object, Conclusion> given = new IdentityHashMap<>();
        others.forEach((id, conclusions) -> conclusions.forEach(conclusion -> {
            Verdict verdict = new Verdict(id, conclusion.outcome(), conclusion.reason());
            given.put(verdict, conclusion);
            session.insert(verdict);
        }));
        SessionFacts.ofClaim(claim, requirements).forEach(session::insert);
        BoundedRun.fire(session, Limits.DEFAULT);
        session.dispose();
        return provenance.verdicts().stream()
                .filter(verdict -> verdict.id().equals(claim.id()))
                .map(verdict -> {
                    List<Conclusion> before = provenance.inferred(verdict, Verdict.class).stream()
                            .flatMap(other -> Optional.ofNullable(given.get(other)).stream())
                            .toList();
                    Set<String> derivation = new LinkedHashSet<>();
                    before.forEach(other -> derivation.addAll(other.derivation()));
                    derivation.addAll(provenance.derivation(verdict));
                    return new Conclusion(
                            verdict.outcome(),
                            verdict.reason(),
                            before.stream()
                                    .flatMap(other -> other.evidence().stream())
                                    .distinct()
                                    .toList(),
                            List.copyOf(derivation),
                            before.stream()
                                    .flatMap(other -> other.step().stream())
                                    .min(Integer::compare),
                            Optional.empty());
                })
                .toList();
    }

    /** The requirements that a claim is about: the one that says whether it holds, and those that are claimed to be met. */
    public static List<Requirement> claimed(Check.DistributionSatisfies claim, List<Requirement> requirements) {
        return Stream.concat(
                        requirements.stream()
                                .filter(requirement -> requirement.id().equals(claim.listedBy())),
                        SessionFacts.claimed(claim, requirements).stream())
                .toList();
    }

    /** Lets rules conclude from what a session starts with. */
    static Map<String, List<Conclusion>> conclude(RuleNetwork rules, List<Object> start) {
        KieSession session = rules.newSession();
        Provenance provenance = Provenance.of(session);
        start.forEach(session::insert);
        // A run that goes beyond its limits may still be at work in the session, which is then left alone.
        BoundedRun.fire(session, Limits.DEFAULT);
        session.dispose();
        Map<String, List<Conclusion>> conclusions = new LinkedHashMap<>();
        for (Verdict verdict : provenance.verdicts()) {
            conclusions
                    .computeIfAbsent(verdict.id(), id -> new ArrayList<>())
                    .add(new Conclusion(
                            verdict.outcome(),
                            verdict.reason(),
                            provenance.evidence(verdict),
                            provenance.derivation(verdict),
                            provenance.inferred(verdict, Standing.class).stream()
                                    .map(Standing::step)
                                    .min(Integer::compare),
                            provenance.remedy(verdict.id())));
        }
        return conclusions;
    }

    /**
     * What one rule concluded, and how it came to that.
     *
     * @param outcome as in {@link Verdict}
     * @param evidence what was seen on the way
     * @param derivation the names of the rules, in the order in which they fired
     * @param step the step of the ladder of kernel evidence on which it stands, where it speaks of the kernel
     * @param remedy a command that would help on this very host, where the rules found one
     */
    public record Conclusion(
            String outcome,
            String reason,
            List<Evidence> evidence,
            List<String> derivation,
            Optional<Integer> step,
            Optional<String> remedy) {}
}
