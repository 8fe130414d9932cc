package calico.preflight.engine.drl;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSession;

/** Drools' network of some rules, of which any number of sessions can be made. It may still be on its way. */
public final class RuleNetwork {

    private final Future<KieBase> base;

    private RuleNetwork(Future<KieBase> base) {
        this.base = base;
    }

    /** One that is there. */
    static RuleNetwork of(KieBase base) {
        return new RuleNetwork(CompletableFuture.completedFuture(base));
    }

    /** One that is being built. */
    static RuleNetwork underway(Future<KieBase> base) {
        return new RuleNetwork(base);
    }

    /** A session without facts; waits for the network where that is not there yet. */
    public KieSession newSession() {
        try {
            return base.get().newKieSession();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RuleLimitException("the run was interrupted while the rules were made ready");
        } catch (ExecutionException e) {
            throw new IllegalStateException("the rules could not be made ready: " + e.getCause(), e);
        }
    }
}
