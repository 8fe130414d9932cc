package calico.preflight.engine.drl;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.drools.core.common.ReteEvaluator;
import org.kie.api.event.rule.BeforeMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;
import org.kie.api.event.rule.DefaultRuleRuntimeEventListener;
import org.kie.api.event.rule.MatchCreatedEvent;
import org.kie.api.event.rule.ObjectInsertedEvent;
import org.kie.api.runtime.KieSession;

/**
 * Fires the rules of a session, but not for ever. The language of our rules cannot harm the host, yet rules can feed each
 * other without end, or combine so many facts that nothing fires for hours.
 *
 * <p>The rules run on another thread, taken from a pool of daemons (about 20 microseconds): an evaluation between two
 * firings cannot be stopped from outside, so where its time is over the thread is interrupted, for facts that listen to
 * that, and left to itself; it ends at its next match or with the process. Until then it may take all the memory there is
 * (Drools holds every step of a join but the last), so the process should not go on to other hosts.
 */
public final class BoundedRun {

    private static final AtomicInteger THREADS = new AtomicInteger();
    private static final ExecutorService RUNNERS = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), BoundedRun::daemon);

    private BoundedRun() {}

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "rules-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Fires all rules.
     *
     * @return how many fired
     * @throws RuleLimitException if they did not end within the limits, memory among them; the session must then not be
     *     used again, not even disposed of, since a thread may still be working in it
     */
    public static int fire(KieSession session, Limits limits) {
        Watch watch = new Watch(limits);
        session.addEventListener(watch.agenda);
        session.addEventListener(watch.memory);
        Future<Integer> run = RUNNERS.submit(() -> session.fireAllRules());
        try {
            int fired = run.get(limits.time().toNanos(), TimeUnit.NANOSECONDS);
            session.removeEventListener(watch.agenda);
            session.removeEventListener(watch.memory);
            return fired;
        } catch (TimeoutException e) {
            watch.stop("the rules did not end within " + seconds(limits));
            String evaluated = underEvaluation(session);
            run.cancel(true);
            throw new RuleLimitException(watch.message() + evaluated);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            watch.stop("the run was interrupted");
            run.cancel(true);
            throw new RuleLimitException(watch.message());
        } catch (ExecutionException e) {
            throw failure(watch, e.getCause() == null ? e : e.getCause());
        }
    }

    private static RuntimeException failure(Watch watch, Throwable cause) {
        if (watch.isStopped()) {
            return new RuleLimitException(watch.message());
        }
        if (cause instanceof OutOfMemoryError) {
            watch.stop("the rules need more memory than there is");
            return new RuleLimitException(watch.message());
        }
        if (cause instanceof StackOverflowError) {
            watch.stop("the rules are nested too deeply");
            return new RuleLimitException(watch.message());
        }
        return new IllegalStateException("the rules failed" + watch.lastRule() + ": " + cause.getMessage(), cause);
    }

    private static String seconds(Limits limits) {
        return limits.time().toMillis() / 1000.0 + " seconds";
    }

    /** The rule whose conditions Drools is trying; read while it works, so it may be missing. */
    private static String underEvaluation(KieSession session) {
        if (!(session instanceof ReteEvaluator evaluator)) {
            return "";
        }
        try {
            return Optional.ofNullable(evaluator
                            .getActivationsManager()
                            .getAgendaGroupsManager()
                            .peekNextRule())
                    .map(item -> "; being matched was \"" + item.getRule().getName() + "\"")
                    .orElse("");
        } catch (RuntimeException changedMeanwhile) {
            return "";
        }
    }

    /** Counts, and stops the run from within by an exception. */
    private static final class Watch {

        private final Limits limits;
        private int fired;
        private int matched;
        private int inserted;
        private volatile String lastFired = "";
        private volatile String lastMatched = "";
        private volatile String stopped = "";

        final DefaultAgendaEventListener agenda = new DefaultAgendaEventListener() {
            @Override
            public void matchCreated(MatchCreatedEvent event) {
                lastMatched = event.getMatch().getRule().getName();
                check(
                        ++matched > limits.matches(),
                        "the rules match more than " + limits.matches() + " combinations of facts");
            }

            @Override
            public void beforeMatchFired(BeforeMatchFiredEvent event) {
                lastFired = event.getMatch().getRule().getName();
                check(++fired > limits.rulesFired(), "the rules fire more than " + limits.rulesFired() + " times");
            }
        };

        final DefaultRuleRuntimeEventListener memory = new DefaultRuleRuntimeEventListener() {
            @Override
            public void objectInserted(ObjectInsertedEvent event) {
                check(
                        ++inserted > limits.factsInserted(),
                        "the rules insert more than " + limits.factsInserted() + " facts");
            }
        };

        Watch(Limits limits) {
            this.limits = limits;
        }

        private void check(boolean tooMuch, String limit) {
            if (tooMuch) {
                stop(limit);
            }
            if (isStopped()) {
                throw new RuleLimitException(message());
            }
        }

        /** The first reason stays. */
        void stop(String reason) {
            if (stopped.isEmpty()) {
                stopped = reason;
            }
        }

        boolean isStopped() {
            return !stopped.isEmpty();
        }

        String message() {
            return stopped + lastRule();
        }

        String lastRule() {
            return (lastFired.isEmpty() ? "; no rule has fired" : "; the last rule that fired is \"" + lastFired + "\"")
                    + (lastMatched.isEmpty() ? "" : ", the last that matched \"" + lastMatched + "\"");
        }
    }
}
