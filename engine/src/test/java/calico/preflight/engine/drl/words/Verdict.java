package calico.preflight.engine.drl.words;

import java.util.List;

/** What follows. MVEL chooses a constructor by the number of arguments, so each has a number of its own. */
public record Verdict(Demand demand, String outcome, String reason, Object first, Object second) {

    /** Without values. */
    public Verdict(Demand demand, String outcome, String reason) {
        this(demand, outcome, reason, List.of(), List.of());
    }
}
