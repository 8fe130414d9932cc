package calico.preflight.cli.fleet;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Has hosts judged by as many workers as there are processors, more where hosts are reached through ssh, while one thread finds them and the caller takes the results
 * in the order of the input. Between the three there are never more than a few hosts, however slow any of them is.
 *
 * @param <R> what becomes of a host
 */
public final class FleetRun<R> {

    private static final int MOST_HOSTS = 32;

    /** So many hosts are asked through ssh at a time: whoever waits needs no processor. */
    private static final int REMOTE_AT_ONCE = 16;

    /** Bytes of evidence that wait or are being judged; one host may have more. */
    private static final int MOST_BYTES = 16 << 20;

    private final Function<HostEvidence, R> worker;
    private final BlockingQueue<Work<R>> started = new ArrayBlockingQueue<>(MOST_HOSTS);
    private final Semaphore room = new Semaphore(MOST_BYTES);

    /**
     * A run.
     *
     * @param worker judges a host; called by several threads
     */
    public FleetRun(Function<HostEvidence, R> worker) {
        this.worker = worker;
    }

    /** A host that is being judged; none: there are no more, or finding them failed. */
    private record Work<R>(FutureTask<R> task, int weight, boolean isLast) {}

    /**
     * Runs to the end of the input, or until the caller has enough.
     *
     * @param taker takes a result, and says whether it wants more
     * @throws RuntimeException what a worker or the search for hosts threw
     */
    public void over(FleetInputs inputs, Predicate<R> taker) {
        int processors = ForkJoinPool.getCommonPoolParallelism() + 1;
        ExecutorService workers = Executors.newFixedThreadPool(
                inputs.anyRemote() ? Math.max(REMOTE_AT_ONCE, processors) : processors, daemons("fleet-worker"));
        Thread finder = daemons("fleet-finder").newThread(() -> find(inputs, workers));
        finder.start();
        try {
            for (Work<R> work = started.take(); !work.isLast(); work = started.take()) {
                R result = result(work.task());
                room.release(work.weight());
                if (!taker.test(result)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            finder.interrupt();
            workers.shutdownNow();
        }
    }

    private void find(FleetInputs inputs, ExecutorService workers) {
        FutureTask<R> end = new FutureTask<>(() -> {
            throw new IllegalStateException("the end is no host");
        });
        try {
            inputs.forEach(host -> {
                int weight = Math.min(MOST_BYTES, host.weight());
                room.acquire(weight);
                FutureTask<R> task = new FutureTask<>(() -> worker.apply(host));
                workers.execute(task);
                started.put(new Work<>(task, weight, false));
            });
            started.put(new Work<>(end, 0, true));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    private void failed(Throwable e) {
        FutureTask<R> failure = new FutureTask<>(() -> {
            throw new IllegalStateException("the search for hosts failed: " + e, e);
        });
        failure.run();
        try {
            started.put(new Work<>(failure, 0, false));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private R result(FutureTask<R> task) throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
