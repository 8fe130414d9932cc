package calico.preflight.facts.datastore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Asks several at a time, and no longer than a time limit: a name that is not resolved for minutes holds nobody up. */
record Parallel(Duration timeLimit) {

    /** As long as a person waits. */
    static final Parallel USUAL = new Parallel(Duration.ofSeconds(20));

    private static final int AT_A_TIME = 16;

    /** What came of each, in their order; of those that did not come to an end, what the last function makes of them. */
    <T, R> List<R> ask(List<T> all, Function<T, R> question, Function<T, R> unfinished) {
        if (all.isEmpty()) {
            return List.of();
        }
        ExecutorService executor = Executors.newFixedThreadPool(Math.min(all.size(), AT_A_TIME), task -> {
            Thread thread = new Thread(task, "datastore");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Callable<R>> questions = all.stream()
                    .<Callable<R>>map(one -> () -> question.apply(one))
                    .toList();
            List<Future<R>> asked = executor.invokeAll(questions, timeLimit.toMillis(), TimeUnit.MILLISECONDS);
            List<R> answers = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                answers.add(answer(asked.get(i), all.get(i), unfinished));
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return all.stream().map(unfinished).toList();
        } finally {
            executor.shutdownNow();
        }
    }

    private static <T, R> R answer(Future<R> asked, T one, Function<T, R> unfinished) throws InterruptedException {
        try {
            return asked.get();
        } catch (CancellationException e) {
            return unfinished.apply(one);
        } catch (ExecutionException e) {
            throw new IllegalStateException("asking a datastore failed", e);
        }
    }
}
