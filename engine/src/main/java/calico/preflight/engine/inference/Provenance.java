package calico.preflight.engine.inference;

import calico.preflight.engine.report.Evidence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kie.api.event.rule.AfterMatchFiredEvent;
import org.kie.api.event.rule.BeforeMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;
import org.kie.api.event.rule.ObjectDeletedEvent;
import org.kie.api.event.rule.ObjectInsertedEvent;
import org.kie.api.event.rule.ObjectUpdatedEvent;
import org.kie.api.event.rule.RuleRuntimeEventListener;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.Match;

/**
 * Remembers for each object that a rule inserted which rule that was and what it had matched, so that the way to a verdict
 * can be followed back to what was seen on the host.
 */
final class Provenance {

    /** The rule that inserted an object, and the objects that it had matched. */
    private record Step(String rule, List<Object> matched, int number) {}

    private final IdentityHashMap<Object, Step> steps = new IdentityHashMap<>();
    private final List<Verdict> verdicts = new ArrayList<>();
    private final Map<String, String> remedies = new HashMap<>();
    private Optional<Match> firing = Optional.empty();
    private int fired;

    /** Listens to a session that has not fired yet. */
    static Provenance of(KieSession session) {
        Provenance provenance = new Provenance();
        session.addEventListener(provenance.new Agenda());
        session.addEventListener(provenance.new Memory());
        return provenance;
    }

    /** The verdicts in the order in which the rules gave them. */
    List<Verdict> verdicts() {
        return List.copyOf(verdicts);
    }

    /** The command that would help with the requirement on this host, where a rule found one: the first. */
    Optional<String> remedy(String id) {
        return Optional.ofNullable(remedies.get(id));
    }

    /** The names of the rules that led to the object, in the order in which they fired. */
    List<String> derivation(Object object) {
        return stepsTo(object).stream().map(Step::rule).distinct().toList();
    }

    /** Everything that was seen on the host on the way to the object. */
    List<Evidence> evidence(Object object) {
        Set<Evidence> evidence = new LinkedHashSet<>();
        for (Step step : stepsTo(object)) {
            for (Object matched : step.matched()) {
                if (matched instanceof Evident evident) {
                    evidence.add(evident.evidence());
                }
            }
        }
        return List.copyOf(evidence);
    }

    /** The objects of a type that the rules inferred on the way to the object. */
    <T> List<T> inferred(Object object, Class<T> type) {
        Set<T> inferred = new LinkedHashSet<>();
        for (Step step : stepsTo(object)) {
            step.matched().stream().filter(type::isInstance).map(type::cast).forEach(inferred::add);
        }
        return List.copyOf(inferred);
    }

    private List<Step> stepsTo(Object object) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Step> path = new ArrayList<>();
        follow(object, seen, path);
        path.sort(Comparator.comparingInt(Step::number));
        return path;
    }

    private void follow(Object object, Set<Object> seen, List<Step> path) {
        Step step = steps.get(object);
        if (step == null || !seen.add(object)) {
            return;
        }
        path.add(step);
        step.matched().forEach(matched -> follow(matched, seen, path));
    }

    private final class Agenda extends DefaultAgendaEventListener {
        @Override
        public void beforeMatchFired(BeforeMatchFiredEvent event) {
            firing = Optional.of(event.getMatch());
            fired++;
        }

        @Override
        public void afterMatchFired(AfterMatchFiredEvent event) {
            firing = Optional.empty();
        }
    }

    private final class Memory implements RuleRuntimeEventListener {
        @Override
        public void objectInserted(ObjectInsertedEvent event) {
            if (firing.isEmpty()) {
                return;
            }
            Match match = firing.get();
            Object object = event.getObject();
            steps.put(object, new Step(match.getRule().getName(), List.copyOf(match.getObjects()), fired));
            if (object instanceof Verdict verdict) {
                verdicts.add(verdict);
            } else if (object instanceof Remedy remedy) {
                remedies.putIfAbsent(remedy.id(), remedy.text());
            }
        }

        @Override
        public void objectUpdated(ObjectUpdatedEvent event) {
            throw new IllegalStateException("rules only insert");
        }

        @Override
        public void objectDeleted(ObjectDeletedEvent event) {
            throw new IllegalStateException("rules only insert");
        }
    }
}
